"""The score of one submission of many, as one line on the wire."""

from client.messages.score import CategoryResult, ScoreResult
from mock_server.reports.mips.words import SHOWN_ORDER
from mock_server.scoring.mips.result import Result
from mock_server.scoring.mips.rounding import rounded
from mock_server.scoring.mips.rules import Slot
from mock_server.scoring.mips.submission import Submission


def entity_of(submission: Submission) -> str:
    """Who it is, without a full TIN: `XXXXX6789`, with the NPI of an individual."""
    tin = f"XXXXX{submission.tin[-4:]}" if submission.tin else ""
    return " ".join(filter(None, (tin, submission.npi, submission.entity_id)))


def result_line(result: Result) -> ScoreResult:
    """The figures of a score without their reasons."""
    submission = result.case.submission
    return ScoreResult(
        performance_year=submission.performance_year,
        entity_type=submission.entity_type,
        entity=entity_of(submission),
        mode=result.case.mode,
        total=rounded(result.total_score.value, 4),
        maximum=result.shown_maximum,
        final_score=None if result.final_score is None else result.final_score.value,
        payment=None if result.payment is None else result.payment.total.value,
        categories=[_category(result, slot) for slot in SHOWN_ORDER],
    )


def _category(result: Result, slot: Slot) -> CategoryResult:
    return CategoryResult(
        name=result.case.rules.pi_code if slot == "pi" else slot,
        percent=rounded(result.percent(slot), 4),
        weight=result.weight(slot),
        contribution=rounded(result.weighted(slot), 4),
        has_data=result.is_shown(slot),
    )
