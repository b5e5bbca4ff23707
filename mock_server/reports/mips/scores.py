"""The scores that apply to somebody, the one that counts, what it pays (M-GEN-05, section 12)."""

from typing import Any, Final

from mock_server.reports.document import Column, DataRow, SparseRow, TablePlan
from mock_server.reports.mips import cells
from mock_server.reports.mips.feedback import Feedback, NamedScore
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


def unseen_counts(entity: str) -> str:
    """That the score which counts is an APM entity's that may not be shown (M-GEN-05, PERM-P-10)."""
    return f"The score of {entity} counts, and decides the payment adjustment; it cannot be seen here."


def scores_table(feedback: Feedback) -> TablePlan[Any]:
    """The scores that apply to somebody, and the one that counts (M-GEN-05)."""
    scores, unseen = feedback.scores, feedback.unseen
    best = feedback.governing
    rows = [
        DataRow(one.tree.result.case.submission.entity_type, source_name(one), (one, one is best))
        for one in scores
    ]
    total = {
        "source": cells.words("Score that counts"),
        "whose": cells.words(unseen or "" if best is None else best.whose),
        "score": NOT_APPLICABLE if best is None else cells.points(governing_figure(scores), 2),
    }
    return TablePlan(
        id="O-SCORES",
        title="Scores that apply",
        short="Scores that apply",
        about=feedback.about,
        columns=_SCORES,
        rows=(*rows, SparseRow("counts", "total", "Score that counts", total)),
        source=source_of(feedback.year),
        notes=(
            "An APM entity's score comes before all others, then a virtual group's, then the higher of group "
            "and individual.",
            *(() if unseen is None else (unseen_counts(unseen),)),
        ),
    )


def payment_cell(score: NamedScore | None, exemption: str | None) -> SourcedCell:
    """The payment adjustment in percent, for the list of clinicians; `score`: None where it is not seen."""
    payment = None if score is None or exemption is not None else score.tree.result.payment
    return NOT_APPLICABLE if payment is None else cells.percent(payment.total)
