"""Quality measures as rows: one set of columns for all views, and why each earns what it earns."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from client.messages.report import Count
from mock_server.reports.document import Column, DataRow
from mock_server.reports.mips import cells
from mock_server.reports.mips.figures import (
    end_to_end_bonus_of,
    high_priority_bonus_of,
    measure_bonus_of,
    measure_score_of,
)
from mock_server.reports.mips.words import METHODS
from mock_server.reports.sourced import SourcedCell, computed
from mock_server.scoring.computed import Computed
from mock_server.scoring.mips.nodes.quality_measure import messages_of
from mock_server.scoring.mips.quality.deciles import NO_DECILE, TOP_DECILE, DecilePoints
from mock_server.scoring.mips.quality.measure import MeasureScore
from mock_server.scoring.mips.quality.measurement_set import QualitySet
from mock_server.scoring.mips.quality.picking import Entry
from mock_server.scoring.mips.rules import YearRules
from mock_server.scoring.mips.submission import NonProportion

_FIRST_DECILE: Final = 3
"""The first that earns more than the floor (M-BM-04)."""
_FIRST_FROM_30TH_PERCENTILE: Final = 4
"""The first decile that earns more than the floor in the Web Interface and the ACOs' survey (M-WI-04)."""
STATUSES: Final = {"PICKED": "counts", "SKIPPED": "not picked", "DUPLICATE": "duplicate"}


class Line(NamedTuple):
    """A measure as a row."""

    entry: Entry
    collection: str
    """Collection type in the users' words (M-GEN-07)."""


def all_entries(scored: QualitySet) -> list[Entry]:
    """The measures of a set as they count, the readmission measure among them."""
    readmission = scored.readmission
    return [*scored.entries, *([] if readmission is None else [Entry(score=readmission, status="PICKED")])]


def place_of(score: MeasureScore) -> DecilePoints | None:
    """Where the measure stands on its benchmark; `None` if not on one."""
    figure = _place(score)
    return None if figure is None else figure.value


def why(entry: Entry) -> str:
    """Why the measure earns its points and bonus, and whether it counts, in sentences."""
    said = messages_of(entry)
    sentences = [_points_sentence(entry.score, said["decileScore"])]
    if entry.high_priority_bonus or entry.required:
        sentences.append(said["highPriorityBonus"])
    if entry.end_to_end_bonus:
        sentences.append(said["e2eBonusScore"])
    sentences.append(said["measurementPicker"])
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
        late = dict(evidence.decile.inputs)["from_30th_percentile"]
        first = _FIRST_FROM_30TH_PERCENTILE if late else _FIRST_DECILE
        return f"{rate} does not reach decile {first}, which starts at {bounds[first - 2]}{direction}"
    start = f"{rate} is in decile {place.decile}, which starts at {bounds[place.decile - 2]}"
    if place.decile == TOP_DECILE:
        return f"{start}{direction}{capped}"
    return f"{start}, the next at {bounds[place.decile - 1]}{direction}{capped}"


def _place(score: MeasureScore) -> Computed[DecilePoints] | None:
    if score.evidence is not None:
        return score.evidence.decile
    return score.survey[0].decile if len(score.survey) == 1 else None


def _decile(score: MeasureScore, absent: SourcedCell) -> SourcedCell:
    figure = _place(score)
    if figure is None or figure.value.decile == NO_DECILE:
        return absent
    return computed(figure, lambda place: Count(place.decile))


def _rate(score: MeasureScore, absent: SourcedCell) -> SourcedCell:
    if score.evidence is None:
        return absent
    figure = score.evidence.rates.performance
    return cells.points(figure) if isinstance(score.evidence.value, NonProportion) else cells.percent(figure)


def _label(score: MeasureScore) -> Computed[Any] | None:
    return None if score.evidence is None else score.evidence.measure_class


def columns(absent: SourcedCell) -> Mapping[str, Column[Line]]:
    """Every column of a measure by id; `absent` stands where a figure does not exist."""

    def of(id_: str, heading: str, kind: Any, cell: Any, short: str = "", note: str = "") -> Column[Line]:
        return Column(id=id_, heading=heading, short=short or heading, kind=kind, cell=cell, note=note)

    every = (
        of("measure", "Measure", "identifier", lambda line: cells.name(line.entry.score.measure_id)),
        of("title", "Title", "text", lambda line: cells.words_or_blank(_title(line.entry.score))),
        of("method", "Method", "text", lambda line: cells.words(METHODS[line.entry.score.method])),
        of("collection", "Collection type", "text", lambda line: cells.words(line.collection), "Collection"),
        of("rate", "Rate", "percent", lambda line: _rate(line.entry.score, absent)),
        of("reported", "Reported", "percent", lambda line: _reported(line.entry.score, absent)),
        of("cases", "Cases", "count", lambda line: _cases(line.entry.score, absent)),
        of("decile", "Decile", "count", lambda line: _decile(line.entry.score, absent)),
        of("points", "Points", "points", lambda line: _points(line.entry.score)),
        of("of", "Of", "count", lambda line: cells.given_count(line.entry.score.maximum)),
        of("bonus", "Bonus", "count", lambda line: cells.count(measure_bonus_of(line.entry))),
        of(
            "high_priority",
            "High-priority bonus",
            "count",
            lambda line: cells.count(high_priority_bonus_of(line.entry), line.entry.score.bonus_eligible),
            "High prio.",
            "1",
        ),
        of(
            "end_to_end",
            "End-to-end bonus",
            "count",
            lambda line: cells.count(end_to_end_bonus_of(line.entry)),
            "End-to-end",
            "1",
        ),
        of(
            "score",
            "Measure score",
            "points",
            lambda line: cells.points(measure_score_of(line.entry), 2),
            "Score",
            "2",
        ),
        of("status", "Status", "text", lambda line: cells.words(STATUSES[line.entry.status])),
        of("why", "Why", "text", lambda line: cells.words(why(line.entry))),
    )
    return {column.id: column for column in every}


def _title(score: MeasureScore) -> str:
    return "" if score.measure is None else score.measure.title


def _reported(score: MeasureScore, absent: SourcedCell) -> SourcedCell:
    return absent if score.evidence is None else cells.percent(score.evidence.rates.reporting)


def _cases(score: MeasureScore, absent: SourcedCell) -> SourcedCell:
    return absent if score.evidence is None else cells.count(score.evidence.rates.cases)


def _points(score: MeasureScore) -> SourcedCell:
    return cells.points(score.points, 4, _place(score), _label(score))


def rows_of(entries: Sequence[Entry], rules: YearRules) -> tuple[DataRow[Line], ...]:
    """The measures as rows, named by their ids; a measure that comes again gets a number."""
    seen: dict[str, int] = {}
    rows = []
    for entry in entries:
        id_ = entry.score.measure_id
        seen[id_] = seen.get(id_, 0) + 1
        qcdr = entry.score.measure is not None and entry.score.measure.is_registry_measure
        collection = rules.collection_type(entry.score.method, is_registry_measure=qcdr)
        row_id = id_ if seen[id_] == 1 else f"{id_}-{seen[id_]}"
        rows.append(DataRow(row_id, f"measure {id_}", Line(entry, collection)))
    return tuple(rows)
