"""The first page: the score, the payment adjustment, the categories with their weights and reasons (11.7)."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from mock_server.reports.document import Column, DataRow, TablePlan
from mock_server.reports.mips import cells
from mock_server.reports.mips.categories import (
    POINTS_FOOTNOTE,
    REPORT_COLUMNS,
    WEIGHT_COLUMNS,
    category_rows,
)
from mock_server.reports.mips.feedback import Feedback
from mock_server.reports.mips.figures import (
    preliminary_maximum_of,
)
from mock_server.reports.mips.scores import scores_table, source_name, total_figure, unseen_counts
from mock_server.reports.mips.texts import COST_LATER, FACILITY_LATER
from mock_server.reports.mips.words import source_of
from mock_server.reports.sourced import SourcedCell
from mock_server.scoring.mips.payment import payment_year
from mock_server.scoring.mips.result import Result, ScoreTree


class Line(NamedTuple):
    """A name with a figure."""

    what: str
    cell: SourcedCell


_POINTS: Final[tuple[Column[Line], ...]] = (
    Column(id="what", heading="What", short="What", kind="text", cell=lambda line: cells.words(line.what)),
    Column(id="points", heading="Points", short="Points", kind="points", cell=lambda line: line.cell),
)
_PERCENTS: Final[tuple[Column[Line], ...]] = (
    _POINTS[0],
    Column(id="percent", heading="Percent", short="Percent", kind="percent", cell=lambda line: line.cell),
)


def overview_tables(feedback: Feedback) -> Iterator[TablePlan[Any]]:
    """All tables of the first section."""
    about, year = feedback.about, feedback.year
    best = feedback.governing
    governs = best is not None and best.tree is feedback.tree
    if not governs or len(feedback.scores) > 1:
        yield scores_table(feedback)
    if feedback.tree is not None:
        yield _total_table(feedback, feedback.tree, governs=governs)
    if feedback.is_final:
        yield _payment_table(feedback)
    if feedback.tree is not None:
        result = feedback.tree.result
        rows = tuple(category_rows(result))
        yield TablePlan(
            id="O-CATEGORIES",
            title="Categories",
            short="Categories",
            about=about,
            columns=REPORT_COLUMNS,
            rows=rows,
            source=source_of(year),
            footnotes=POINTS_FOOTNOTE,
            notes=tuple(_category_notes(result)),
        )
        yield TablePlan(
            id="O-WEIGHTS",
            title="Category weights and why",
            short="Category weights",
            about=about,
            columns=WEIGHT_COLUMNS,
            rows=tuple(row for row in rows if isinstance(row, DataRow)),
            source=source_of(year),
        )


def _category_notes(result: Result) -> Iterator[str]:
    usual = result.case.rules.weights[frozenset()]
    if result.case.is_final or usual is None:
        return
    if usual.cost:
        yield COST_LATER.format(weight=usual.cost)
    if result.case.rules.facility_based:
        yield FACILITY_LATER


def _total_table(feedback: Feedback, tree: ScoreTree, *, governs: bool) -> TablePlan[Any]:
    result = tree.result
    payment = result.case.rules.payment
    name = "Final score" if feedback.is_final else "Preliminary total score"
    first = name if governs else f"{name} of these data"
    rows = [DataRow("total", first, Line(first, cells.points(total_figure(result), 2)))]
    if not feedback.is_final:
        out_of = Line("Out of", cells.points(preliminary_maximum_of(result), 0))
        rows.append(DataRow("maximum", "Out of", out_of))
    for id_, label, value in (
        ("threshold", "Performance threshold", payment.threshold),
        ("additional", "Threshold for exceptional performance", payment.additional_threshold),
    ):
        rows.append(DataRow(id_, label, Line(label, cells.given_points(value))))
    return TablePlan(
        id="O-TOTAL",
        title=name,
        short=name,
        about=feedback.about,
        columns=_POINTS,
        rows=tuple(rows),
        source=source_of(feedback.year),
        notes=() if governs else ("Another score counts for payment, see Scores that apply.",),
    )


def _payment_table(feedback: Feedback) -> TablePlan[Any]:
    """M-PAY-01 to M-PAY-08; `N/A` where no adjustment applies, or a score decides that is not seen here."""
    best = feedback.governing
    payment = None if best is None or feedback.exemption is not None else best.tree.result.payment
    parts = (
        ("adjustment", "Payment adjustment", None if payment is None else payment.adjustment, 4),
        (
            "exceptional",
            "Exceptional performance adjustment",
            None if payment is None else payment.exceptional,
            4,
        ),
        ("total", "Total", None if payment is None else payment.total, 2),
    )
    rows = [
        DataRow(id_, label, Line(label, cells.percent(figure, places)))
        for id_, label, figure, places in parts
    ]
    return TablePlan(
        id="O-PAYMENT",
        title=f"MIPS payment adjustment for payments in {payment_year(feedback.year)}",
        short="Payment adjustment",
        about=feedback.about,
        columns=_PERCENTS,
        rows=tuple(rows),
        source=source_of(feedback.year),
        notes=(_payment_note(feedback, band=None if payment is None else payment.band),),
    )


def _payment_note(feedback: Feedback, *, band: str | None) -> str:
    best = feedback.governing
    if feedback.exemption is not None:
        return f"No payment adjustment: {feedback.exemption}."
    if best is None:
        return unseen_counts(feedback.unseen or "")
    if band is None:
        return "No payment adjustment: these data were reported voluntarily."
    return f"{source_name(best)} score, which counts: {band}."
