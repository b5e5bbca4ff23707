"""The scores that apply to somebody, the one that counts, what it pays (M-GEN-05, section 12)."""

from typing import Any, Final

from mock_server.reports.document import Column, DataRow, SparseRow, TablePlan
from mock_server.reports.mips import cells
from mock_server.reports.mips.feedback import NamedScore, governing_of
from mock_server.reports.mips.figures import (
    governing_score,
    shown_total,
)
from mock_server.reports.mips.words import ENTITIES, source_of
from mock_server.reports.sourced import NOT_APPLICABLE, SourcedCell, yes_no
from mock_server.scoring.computed import Computed
from mock_server.scoring.mips.result import Result


def total_figure(result: Result) -> Computed[Any]:
    """The final score, or the preliminary total, with two decimals."""
    return result.final_score or shown_total.of(total=result.total_score.value)


def source_name(score: NamedScore) -> str:
    """`Group`, `APM entity`, ..."""
    return ENTITIES[score.tree.result.case.submission.entity_type]


def governing_figure(scores: tuple[NamedScore, ...]) -> Computed[Any]:
    """The score that counts, of all that apply."""
    return governing_score.of(
        scores=tuple((source_name(one), total_figure(one.tree.result).value) for one in scores)
    )


_SCORES: Final[tuple[Column[tuple[NamedScore, bool]], ...]] = (
    Column(
        id="source",
        heading="Score of the",
        short="Score of the",
        kind="text",
        cell=lambda one: cells.words(source_name(one[0])),
    ),
    Column(id="whose", heading="Name", short="Name", kind="text", cell=lambda one: cells.words(one[0].whose)),
    Column(
        id="score",
        heading="Score",
        short="Score",
        kind="points",
        cell=lambda one: cells.points(total_figure(one[0].tree.result), 2),
    ),
    Column(id="counts", heading="Counts", short="Counts", kind="yes_no", cell=lambda one: yes_no(one[1])),
)


def scores_table(
    scores: tuple[NamedScore, ...], id_: str, title: str, about: str, year: int
) -> TablePlan[Any]:
    """The scores that apply to somebody, and the one that counts (M-GEN-05)."""
    best = governing_of(scores)
    rows = [
        DataRow(one.tree.result.case.submission.entity_type, source_name(one), (one, one is best))
        for one in scores
    ]
    total = {
        "source": cells.words("Score that counts"),
        "whose": cells.words(best.whose),
        "score": cells.points(governing_figure(scores), 2),
    }
    return TablePlan(
        id=id_,
        title=title,
        short="Scores that apply",
        about=about,
        columns=_SCORES,
        rows=(*rows, SparseRow("counts", "total", "Score that counts", total)),
        source=source_of(year),
        notes=(
            "An APM entity's score comes before all others, then a virtual group's, then the higher of group "
            "and individual.",
        ),
    )


def payment_cell(score: NamedScore, exemption: str | None) -> SourcedCell:
    """The payment adjustment in percent, for the list of clinicians."""
    payment = None if exemption is not None else score.tree.result.payment
    return NOT_APPLICABLE if payment is None else cells.percent(payment.total)
