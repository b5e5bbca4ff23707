"""Practice results that the report tests share, and ways to read a table of them as text."""

from collections.abc import Sequence

from client.messages.cells import format_cell
from client.messages.report import Report, ReportTable
from mock_server.reference.pqrs_2011.methods import INDIVIDUAL_METHODS, Method
from mock_server.scoring.pqrs.engine import score_practice
from mock_server.scoring.pqrs.record import Attempt, NationalMean, Submissions
from mock_server.scoring.pqrs.result import PracticeResult
from tests.mock_server.scoring.pqrs.builders import (
    ARTHRITIS,
    DIABETES,
    KIDNEY,
    attempt,
    group,
    measure,
    practice,
    professional,
)

CLAIMS_YES = attempt("IND-CLM-12", "1 120/66, 47 210/105, 128 95/61")
CLAIMS_FAILS_MAV = attempt("IND-CLM-12", "31 64/50, 32 58/44")
REGISTRY_YES = attempt("IND-REG-12", "31 77/63, 32 65/52, 35 90/73", source="Wren Demo Registry")
EHR_YES = attempt("IND-EHR-12", "1 143/143, 110 260/222, 111 118/95")
HALF_YEAR_YES = attempt("MG50-CLM-6", "", group(KIDNEY, "15/9", claims=True))
HALF_YEAR_NO = attempt("MG80-REG-6", "", group(KIDNEY, "12/9"))
THIRTY_NO = attempt("MG30-REG-12", "", group(ARTHRITIS, "34/28"))


def example_10_4() -> PracticeResult:
    """The practice of section 10.4, its rows in no order."""
    return score_practice(
        practice(
            professional(EHR_YES, npi="1500000041", charges="0.00"),
            professional(
                REGISTRY_YES,
                CLAIMS_FAILS_MAV,
                npi="1300000027",
                charges="412345.67",
                half="205000.00",
                eligible={"35": 47},
            ),
            professional(
                THIRTY_NO,
                HALF_YEAR_YES,
                REGISTRY_YES,
                CLAIMS_YES,
                npi="1200000010",
                charges="87654.32",
                half="41200.00",
                moc=True,
            ),
            professional(HALF_YEAR_NO, npi="1400000034", charges="96000.00", half="51500.00", moc=True),
            contractors={"05102": "300000.00", "13102": "150000.00", "09202": "50000.00"},
        )
    )


def every_method() -> PracticeResult:
    """One professional who tried all eleven methods, with exclusions, errors and national means."""
    return score_practice(
        practice(
            professional(*map(_attempt, INDIVIDUAL_METHODS), half="50000.00", moc=True),
            contractors={"05102": "100000.00"},
            national_means=(
                NationalMean(measure="51", mechanism="claims", months=12, mean_percent=61),
                NationalMean(measure="1", mechanism="ehr", months=12, mean_percent=27),
            ),
        )
    )


def _attempt(method: Method) -> Attempt:
    code, claims = method.code, method.mechanism == "claims"
    if method.groups:
        return attempt(
            code, "", group(KIDNEY, "60/48", claims=claims), group(DIABETES, "44/9", claims=claims)
        )
    sent = Submissions(reported=31, cpt=1, dx=1) if claims else None
    first = measure("51", 36, 29, claims=claims, qdc_errors=3 if claims else 0, excl_1p=2, submissions=sent)
    return attempt(code, "1 50/40, 2 60/48", first)


def table(report: Report, table_id: str, section: str = "TIN") -> ReportTable:
    """A table of a built report."""
    (part,) = (part for part in report.sections if part.id == section)
    return next(table for table in part.tables if table.id == table_id)


def rows(shown: ReportTable) -> list[list[str]]:
    """Display strings of all rows."""
    return [[format_cell(cell) for cell in row.cells] for row in shown.rows]


def headings(shown: ReportTable) -> Sequence[str]:
    """Exact headings."""
    return [column.heading for column in shown.columns]
