"""Quality in tables: the measures with their figures, why each earns what it earns, and the sum."""

from decimal import Decimal
from typing import Final

from client.messages.report import Blank, Cell, Count, ReportTable
from mock_server.scoring.mips.nodes.quality import applicability_text
from mock_server.scoring.mips.nodes.quality_measure import contribution_of, messages_of
from mock_server.scoring.mips.quality.deciles import NO_DECILE, TOP_DECILE, DecilePoints
from mock_server.scoring.mips.quality.measure import MeasureScore
from mock_server.scoring.mips.quality.measurement_set import QualitySet
from mock_server.scoring.mips.quality.picking import Entry
from mock_server.scoring_commands.cells import column, count, name, percent, points, table, words

METHODS: Final = {
    "registry": "registry",
    "electronicHealthRecord": "EHR",
    "claims": "claims",
    "cmsWebInterface": "Web Interface",
    "certifiedSurveyVendor": "survey",
    "administrativeClaims": "admin. claims",
    "webAttestation": "manual entry",
}
"""Short words for submission methods."""
STATUSES: Final = {"PICKED": "counts", "SKIPPED": "not picked", "DUPLICATE": "duplicate"}

_FIGURES: Final = [
    column("measure", "Measure", "identifier"),
    column("method", "Method", "text"),
    column("rate", "Rate", "percent"),
    column("reported", "Reported", "percent"),
    column("cases", "Cases", "count"),
    column("decile", "Decile", "count"),
    column("points", "Points", "points"),
    column("bonus", "Bonus", "count"),
    column("status", "Status", "text"),
]
_REASONS: Final = [
    column("measure", "Measure", "identifier"),
    column("title", "Title", "text"),
    column("why", "Why", "text"),
]
_SUM: Final = [column("what", "What", "text"), column("points", "Points", "points")]


def all_entries(scored: QualitySet) -> list[Entry]:
    """Its measures as they count, the readmission measure among them."""
    readmission = scored.readmission
    return [*scored.entries, *([] if readmission is None else [Entry(score=readmission, status="PICKED")])]


def quality_tables(scored: QualitySet) -> list[ReportTable]:
    """The tables of one set."""
    entries = all_entries(scored)
    tables = [
        table("Q-MEASURES", "Measures", _FIGURES, [_figures(entry) for entry in entries]),
        table("Q-WHY", "Why", _REASONS, [_reasons(entry) for entry in entries]),
    ]
    notes = [f"{text}." for text in (_missing(scored), applicability_text(scored)) if text]
    return [*(tables if entries else ()), table("Q-SUM", "From points to percent", _SUM, _sum(scored), notes)]


def _figures(entry: Entry) -> list[Cell]:
    score = entry.score
    rates = None if score.evidence is None else score.evidence.rates
    place = place_of(score)
    return [
        name(score.measure_id),
        words(METHODS[score.method]),
        Blank() if rates is None else percent(rates.performance.value),
        Blank() if rates is None else percent(rates.reporting.value),
        Blank() if rates is None else count(rates.cases.value),
        Blank() if place is None or place.decile == NO_DECILE else Count(place.decile),
        points(score.points.value),
        Count(entry.own_bonus),
        words(STATUSES[entry.status]),
    ]


def place_of(score: MeasureScore) -> DecilePoints | None:
    """Where the measure stands on its benchmark; `None` if not on one."""
    if score.evidence is not None:
        return None if score.evidence.decile is None else score.evidence.decile.value
    return score.survey[0].decile.value if len(score.survey) == 1 else None


def _reasons(entry: Entry) -> list[Cell]:
    score = entry.score
    title = "" if score.measure is None else score.measure.title
    return [name(score.measure_id), words(title), words(why(entry))]


def why(entry: Entry) -> str:
    """Why the measure earns its points and bonus, and whether it counts, in sentences."""
    said = messages_of(entry)
    sentences = [_points_sentence(entry.score, said["decileScore"])]
    if entry.high_priority_bonus or entry.required:
        sentences.append(said["highPriorityBonus"])
    if entry.end_to_end_bonus:
        sentences.append(said["e2eBonusScore"])
    beside = entry.status == "PICKED" and entry.place is None
    sentences.append("Counts besides the other measures" if beside else said["measurementPicker"])
    return " ".join(f"{sentence}." for sentence in sentences)


def _points_sentence(score: MeasureScore, said: str) -> str:
    evidence = score.evidence
    if evidence is None:
        place = place_of(score)
        return said if place is None or place.decile == NO_DECILE else f"Decile {place.decile}"
    if evidence.benchmark is None or evidence.decile is None or score.suppressed:
        return said
    place, bounds = evidence.decile.value, evidence.benchmark.deciles
    rate = evidence.rates.performance.value
    direction = "" if evidence.higher_is_better and evidence.higher_is_better.value else ", lower is better"
    capped = "; at most 7 points, as the measure is topped out" if place.points > score.maximum else ""
    if place.decile == NO_DECILE:
        return f"{rate} does not reach decile 3, which starts at {bounds[1]}{direction}"
    start = f"{rate} is in decile {place.decile}, which starts at {bounds[place.decile - 2]}"
    if place.decile == TOP_DECILE:
        return f"{start}{direction}{capped}"
    return f"{start}, the next at {bounds[place.decile - 1]}{direction}{capped}"


def _missing(scored: QualitySet) -> str:
    return f"Not reported, counted with 0 points: {', '.join(scored.missing)}" if scored.missing else ""


def _sum(scored: QualitySet) -> list[list[Cell]]:
    """The steps from the measures' points to the percent of the set."""
    rows: list[tuple[str, Decimal | int]] = [
        ("Points of the measures that count", scored.total_decile_score.value),
        ("High-priority bonus, capped", scored.high_priority_bonus.value),
        ("End-to-end bonus, capped", scored.end_to_end_bonus.value),
    ]
    if scored.small_practice_bonus.value:
        rows.append(("Small practice bonus", scored.small_practice_bonus.value))
    rows.append(("Points that can be earned", scored.denominator.value))
    shown = [[words(what), points(value)] for what, value in rows]
    if scored.improvement is not None:
        shown.append([words("Improvement over last year, percent"), points(scored.improvement.value)])
    return [*shown, [words("Percent"), points(scored.percent.value)]]


def contribution(entry: Entry) -> Decimal:
    """Points and bonus that the measure adds to its set."""
    return contribution_of(entry).value
