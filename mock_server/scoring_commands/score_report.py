"""The readable form of one score, as a report: the total and the categories first, then each category.

Every measurement set that was scored has its tables, also where another one counts: a reader wants to see why
it lost.
"""

from collections.abc import Iterator, Sequence

from client.messages.report import Fact, Report, ReportTable, Section, TableOutline
from mock_server.reports.document import SparseRow
from mock_server.reports.mips.categories import CATEGORY_COLUMNS, category_rows
from mock_server.reports.mips.words import ENTITIES, STATUSES, methods_of, name_of
from mock_server.scoring.mips.payment import payment_year
from mock_server.scoring.mips.result import Result, ScoreTree
from mock_server.scoring.mips.rounding import rounded
from mock_server.scoring.mips.tree import walk
from mock_server.scoring_commands.activity_tables import activity_tables
from mock_server.scoring_commands.cells import planned
from mock_server.scoring_commands.cost_tables import cost_tables
from mock_server.scoring_commands.interoperability_tables import interoperability_tables
from mock_server.scoring_commands.quality_tables import quality_tables
from mock_server.scoring_commands.result_line import entity_of


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
    year = payment_year(submission.performance_year)
    yield Fact(label=f"Payment adjustment {year}", value=f"{pay.total.value:+} percent: {parts}, {pay.band}")


def section(id_: str, title: str, tables: list[ReportTable]) -> Section:
    """A section with its outline."""
    outline = [
        TableOutline(id=one.id, title=one.title, short=one.title[:30], rows=len(one.rows)) for one in tables
    ]
    return Section(id=id_, title=title, outline=outline, tables=tables)


def _category_table(result: Result) -> ReportTable:
    rows = tuple(
        row
        for row in category_rows(result)
        if isinstance(row, SparseRow) or result.weight(row.subject.slot) or result.is_shown(row.subject.slot)
    )
    return planned("CATEGORIES", "Categories", CATEGORY_COLUMNS, rows)


def _titles(name: str, methods: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Section titles of the sets of a category, best first."""
    for place, of_set in enumerate(methods):
        shown = f"{name}: {methods_of(of_set)}" if of_set else name
        yield f"{shown} (does not count)" if place else shown


def _quality(result: Result) -> Iterator[Section]:
    sets = result.quality.sets
    titles = _titles(name_of(result, "quality"), [one.methods for one in sets])
    for number, (title, scored) in enumerate(zip(titles, sets, strict=True), 1):
        yield section(f"QUALITY-{number}", title, quality_tables(scored, result.case.rules))


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
