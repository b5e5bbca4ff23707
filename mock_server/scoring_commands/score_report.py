"""The readable form of one score, as a report: the total and the categories first, then each category.

Every measurement set that was scored has its tables, also where another one counts: a reader wants to see why
it lost.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from client.messages.report import Blank, Cell, Fact, Report, ReportRow, ReportTable, Section, TableOutline
from mock_server.scoring.mips.nodes.root import code_of
from mock_server.scoring.mips.result import Result, ScoreTree
from mock_server.scoring.mips.rounding import rounded
from mock_server.scoring.mips.rules import Slot
from mock_server.scoring.mips.tree import walk
from mock_server.scoring_commands.activity_tables import activity_tables
from mock_server.scoring_commands.cells import column, percent, points, words
from mock_server.scoring_commands.cost_tables import cost_tables
from mock_server.scoring_commands.interoperability_tables import interoperability_tables
from mock_server.scoring_commands.quality_tables import METHODS, quality_tables
from mock_server.scoring_commands.result_line import SHOWN_ORDER, entity_of

NAMES: Final = {
    "quality": "Quality",
    "pi": "Promoting Interoperability",
    "aci": "Advancing Care Information",
    "ia": "Improvement Activities",
    "cost": "Cost",
}
ENTITIES: Final = {
    "individual": "Individual clinician",
    "group": "Group",
    "virtualGroup": "Virtual group",
    "apm": "APM entity",
}
STATUSES: Final = {
    "small_practice": "small practice",
    "rural": "rural",
    "hpsa": "health professional shortage area",
    "non_patient_facing": "non-patient facing",
    "hospital_based": "hospital-based",
    "asc_based": "ambulatory surgical center-based",
    "pi_reweight_clinician_type": "clinician type without Promoting Interoperability",
    "pi_hardship_approved": "approved hardship",
    "apm_participant": "APM participant",
    "scored_under_apm_standard": "APM scoring standard",
    "ia_study_participant": "study participant",
    "cms_known_pcmh": "patient-centered medical home",
    "voluntary": "voluntary",
}
"""Flags of a profile in words."""
_CATEGORIES: Final = [
    column("category", "Category", "text"),
    column("score", "Score", "percent"),
    column("weight", "Weight", "percent"),
    column("contribution", "Contribution", "points"),
    column("note", "Note", "text"),
]


def score_report(tree: ScoreTree) -> Report:
    """The whole score as a document."""
    result = tree.result
    submission = result.case.submission
    year = submission.performance_year
    warnings = dict.fromkeys(warning for node in walk(tree.root) for warning in node.warnings)
    return Report(
        id="score",
        catalogue_id=f"SCORE-MIPS-{year}",
        title=f"MIPS score, performance year {year}",
        year=year,
        synthetic=False,
        facts=list(_facts(result)),
        cautions=list(warnings),
        sections=[
            section("SCORE", "Score", [_category_table(result)]),
            *_quality(result),
            *_interoperability(result),
            *_activities(result),
            *_cost(result),
        ],
    )


def name_of(result: Result, slot: Slot) -> str:
    """The category's name in its year."""
    return NAMES[code_of(result, slot)]


def _facts(result: Result) -> Iterator[Fact]:
    submission = result.case.submission
    yield Fact(label=ENTITIES[submission.entity_type], value=entity_of(submission))
    statuses = [words for flag, words in STATUSES.items() if getattr(result.case.profile, flag)]
    if statuses:
        yield Fact(label="Special status", value=", ".join(statuses))
    yield Fact(label="Mode", value=result.case.mode)
    if result.final_score is None:
        total = rounded(result.total_score.value, 2)
        yield Fact(label="Total", value=f"{total} of {result.shown_maximum}")
        return
    yield Fact(label="Final score", value=str(result.final_score.value))
    if result.payment is None:
        yield Fact(label="Payment adjustment", value="none, reported voluntarily")
        return
    pay = result.payment
    parts = f"{pay.adjustment.value:+} and {pay.exceptional.value:+} for exceptional performance"
    year = submission.performance_year + 2
    yield Fact(label=f"Payment adjustment {year}", value=f"{pay.total.value:+} percent: {parts}, {pay.band}")


def section(id_: str, title: str, tables: list[ReportTable]) -> Section:
    """A section with its outline."""
    outline = [
        TableOutline(id=one.id, title=one.title, short=one.title[:30], rows=len(one.rows)) for one in tables
    ]
    return Section(id=id_, title=title, outline=outline, tables=tables)


def _category_table(result: Result) -> ReportTable:
    rows = [
        ReportRow(id=slot, cells=_category_row(result, slot))
        for slot in SHOWN_ORDER
        if result.weight(slot) or result.is_shown(slot)
    ]
    for bonus in result.bonuses:
        cells = [words(bonus.title), Blank(), Blank(), points(bonus.points.value, 2), Blank()]
        rows.append(ReportRow(id=bonus.name, cells=cells))
    total: list[Cell] = [
        words("Total"),
        Blank(),
        Blank(),
        points(result.total_score.value, 2),
        words("the performance threshold" if result.total.is_threshold else ""),
    ]
    rows.append(ReportRow(id="total", kind="total", cells=total))
    return ReportTable(id="CATEGORIES", title="Categories", columns=_CATEGORIES, rows=rows)


def _category_row(result: Result, slot: Slot) -> list[Cell]:
    return [
        words(name_of(result, slot)),
        percent(result.percent(slot)),
        percent(rounded(result.weight(slot), 0), 0),
        points(result.weighted(slot), 2),
        words(_note(result, slot)),
    ]


def _note(result: Result, slot: Slot) -> str:
    """What counts in the category, or why nothing does."""
    if result.total.facility is not None and slot in ("quality", "cost"):
        return "the facility's score"
    if not result.is_shown(slot):
        return "nothing submitted" if result.weight(slot) else "no weight"
    if not result.weight(slot):
        return "no weight"
    if slot == "quality":
        picked = result.quality.picked
        return "" if picked is None else _methods(picked.methods)
    if slot == "pi":
        return _pi_note(result)
    if slot == "ia":
        return f"{result.ia.points.value} of 40 points"
    scored = sum(one.decile is not None for one in result.cost.measures)
    return "1 measure" if scored == 1 else f"{scored} measures"


def _pi_note(result: Result) -> str:
    if result.pi.rollup is not None:
        return "mean of the participants"
    if result.pi.is_conflict:
        return "sets contradict each other"
    picked = result.pi.picked
    return "incomplete" if picked is not None and picked.missing else ""


def _methods(methods: tuple[str, ...]) -> str:
    return ", ".join(METHODS[method] for method in dict.fromkeys(methods))


def _titles(name: str, methods: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Section titles of the sets of a category, best first."""
    for place, of_set in enumerate(methods):
        shown = f"{name}: {_methods(of_set)}" if of_set else name
        yield f"{shown} (does not count)" if place else shown


def _quality(result: Result) -> Iterator[Section]:
    sets = result.quality.sets
    titles = _titles(name_of(result, "quality"), [one.methods for one in sets])
    for number, (title, scored) in enumerate(zip(titles, sets, strict=True), 1):
        yield section(f"QUALITY-{number}", title, quality_tables(scored))


def _interoperability(result: Result) -> Iterator[Section]:
    sets = result.pi.sets
    methods = [tuple(source.method for source in one.sources) for one in sets]
    titles = _titles(name_of(result, "pi"), methods)
    for number, (title, scored) in enumerate(zip(titles, sets, strict=True), 1):
        yield section(f"PI-{number}", title, interoperability_tables(scored, result.case.reference))


def _activities(result: Result) -> Iterator[Section]:
    if not result.is_shown("ia"):
        return
    sets = result.ia.sets
    name = name_of(result, "ia")
    if not sets:
        yield section("IA-1", name, activity_tables(result.ia, None))
    titles = _titles(name, [tuple(source.method for source in one.sources) for one in sets])
    for number, (title, scored) in enumerate(zip(titles, sets, strict=True), 1):
        yield section(f"IA-{number}", title, activity_tables(result.ia, scored))


def _cost(result: Result) -> Iterator[Section]:
    if result.cost.measures:
        yield section("COST", name_of(result, "cost"), cost_tables(result.cost))
