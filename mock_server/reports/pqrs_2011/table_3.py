"""Table 3: submission errors of a professional's individual measures by claims, one per period (6.6)."""

from collections.abc import Callable
from typing import Final

from client.messages.report import Percent
from mock_server.reference.pqrs_2011.measures import measure_title
from mock_server.reports.document import Column, DataRow, TablePlan
from mock_server.reports.pqrs_2011.texts import NAME_NOTE, Heading, Names, source
from mock_server.reports.sourced import computed, count, measure_number, text_or_not_available
from mock_server.scoring.pqrs.record import Submissions
from mock_server.scoring.pqrs.result import AttemptResult, SubmissionResult

TITLE: Final = "Table 3: NPI QDC Submission Error Detail"
SPAN: Final = "QDC Submission Error Detail"
_EXCLUSIVE_NOTE: Final = (
    "The counts of columns [6] to [10] exclude each other: a submission with a wrong CPT code and a wrong "
    "diagnosis counts only in column [8]."
)
_INSTANCE: Final = "Measure Reported on an Instance with"

_ERRORS: Final[tuple[tuple[str, str, str, Callable[[Submissions], int]], ...]] = (
    # id, what was wrong, short heading, count; the notes are 4 to 10 in this order
    ("gender", "an Incorrect Gender", "Gender", lambda sent: sent.gender),
    ("age", "an Incorrect Age", "Age", lambda sent: sent.age),
    ("cpt", "an Incorrect CPT Code", "CPT", lambda sent: sent.cpt),
    ("dx", "an Incorrect DX Code", "DX", lambda sent: sent.dx),
    ("cpt_dx", "an Incorrect CPT Code and an Incorrect DX Code", "CPT and DX", lambda sent: sent.cpt_dx),
    ("missing_cpt", "a Missing CPT Code", "No CPT", lambda sent: sent.missing_cpt),
    (
        "missing_cpt_dx",
        "a Missing CPT Code and an Incorrect DX Code",
        "No CPT, DX",
        lambda sent: sent.missing_cpt_dx,
    ),
)


def _error_column(
    note: int, column_id: str, fault: str, short: str, counted: Callable[[Submissions], int]
) -> Column[SubmissionResult]:
    return Column(
        id=column_id,
        heading=f"{_INSTANCE} {fault}",
        short=short,
        kind="count",
        note=str(note),
        span=SPAN,
        cell=lambda row: count(counted(row.counts)),
    )


_COLUMNS: Final[tuple[Column[SubmissionResult], ...]] = (
    Column(
        id="measure",
        heading="Measure #",
        short="#",
        kind="measure",
        cell=lambda row: measure_number(row.measure),
    ),
    Column(
        id="title",
        heading="Measure Title",
        short="Title",
        kind="text",
        cell=lambda row: text_or_not_available(row.title or measure_title(row.measure)),
    ),
    Column(
        id="sent",
        heading="Number of Times Quality Data Was Reported",
        short="Sent",
        kind="count",
        note="1",
        span=SPAN,
        cell=lambda row: count(row.counts.reported),
    ),
    Column(
        id="correct",
        heading="Number of Times Quality Data Was Reported Correctly",
        short="Correct",
        kind="count",
        note="2",
        span=SPAN,
        cell=lambda row: count(row.correct),
    ),
    Column(
        id="share",
        heading="% of Correctly Reported Quality Data",
        short="% correct",
        kind="percent",
        note="3",
        span=SPAN,
        cell=lambda row: computed(row.correctly_reported, lambda share: Percent(share, 1)),
    ),
    *(_error_column(note, *error) for note, error in enumerate(_ERRORS, 4)),
)

_FOOTNOTES: Final = {
    "1": "All submissions of quality-data codes, eligible or not.",
    "2": "Valid submissions.",
    "3": "[2] divided by [1].",
    "4": "Invalid: the patient's gender does not fit the measure.",
    "5": "Invalid: the patient's age does not fit the measure.",
    "6": "Invalid: the CPT code does not fit the measure.",
    "7": "Invalid: the diagnosis does not fit the measure.",
    "8": "Invalid: neither the CPT code nor the diagnosis fits the measure.",
    "9": "Invalid: all lines of the claim were quality-data codes.",
    "10": "Invalid: all lines of the claim were quality-data codes, and the diagnosis does not fit.",
}


def submission_table(attempt: AttemptResult, names: Names) -> TablePlan[SubmissionResult] | None:
    """T3-12 or T3-6; None without any submission in the period."""
    rows = attempt.submissions
    months = attempt.method.months
    if not rows:
        return None
    return TablePlan(
        id=f"T3-{months}",
        title=TITLE,
        short=f"3: QDC errors, {attempt.method.period}",
        about=f"{names.person}, {attempt.method.period}",
        columns=_COLUMNS,
        rows=tuple(DataRow(row.measure, f"#{row.measure}", row) for row in rows),
        source=source(3),
        caption=_heading(months).caption(names, TITLE),
        notes=(_EXCLUSIVE_NOTE, NAME_NOTE),
        footnotes=_FOOTNOTES,
    )


def _heading(months: int) -> Heading:
    return Heading(
        f"(INDIVIDUAL NPI SUBMISSION ERROR REPORT - {months} MONTH REPORTING PERIOD)",
        "Table 3 shows why quality-data codes on claims were not valid.",
        (
            TITLE,
            "Sorted by Measure",
            "Tax ID Name*: {tin_name}",
            "NPI Name*: {npi_name}",
            "NPI Number: {npi}",
            f"Method of Reporting: Individual measure(s) reporting via claims for {months} months",
        ),
    )
