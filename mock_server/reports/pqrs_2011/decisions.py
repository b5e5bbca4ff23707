"""The decision output of offline scoring: one object for JSON (pqrs-2011 1.6, P-JSON-20 to P-JSON-24)."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from client.messages.cells import format_cell
from client.messages.report import Report, ReportTable, Section
from mock_server.intake.pqrs_record import Finding
from mock_server.reference.pqrs_2011.constants import PROGRAM_YEAR
from mock_server.scenario.identifiers import mask_tin
from mock_server.scoring.computed import Computed
from mock_server.scoring.pqrs.result import AttemptResult, PracticeResult, ProfessionalResult


def decision_output(
    result: PracticeResult, report: Report, warnings: Sequence[Finding] = ()
) -> dict[str, Any]:
    """The object of 1.6 and, as `report`, the document that its tables come from.

    `report` must be complete: every section with its tables.
    """
    practice = result.practice
    return {
        "program": "pqrs",
        "year": PROGRAM_YEAR,
        "participation": practice.participation,
        "tin": mask_tin(practice.tin),
        "tin_name": practice.tin_name,
        "report_exists": result.report_exists,
        "decisions": [
            _decision(person, attempt) for person in result.professionals for attempt in person.attempts
        ],
        "npis": [_professional(person) for person in result.professionals],
        "modules": [],
        "totals": _totals(result),
        "distribution": [
            {"id": share.id, "amount": amount_text(share.amount.value)} for share in result.distribution
        ],
        "tables": [_table(table, section) for section in report.sections for table in _shown(section)],
        "warnings": [{"rule": w.rule, "path": w.path, "message": w.message} for w in warnings],
        "report": report,
    }


def amount_text(amount: Decimal | None) -> str | None:
    """`"876.54"`; None where nothing was earned (P-JSON-20)."""
    return None if amount is None else f"{amount:.2f}"


def _decision(person: ProfessionalResult, attempt: AttemptResult) -> dict[str, Any]:
    rationale = attempt.verdict.value
    return {
        "npi": person.npi,
        "method": attempt.method.code,
        "eligible": rationale.eligible,
        "rationale_id": rationale.id,
        "rationale": rationale.text,
        "selected": person.mark(attempt).value,
        "mav": None if attempt.mav is None else "pass" if attempt.mav.value else "fail",
        "counts": {
            "groups_reported": _count(attempt.groups_reported),
            "measures_reported": _count(attempt.measures_reported),
            "measures_on_eligible": _count(attempt.measures_on_eligible),
            "measures_satisfactory": _count(attempt.measures_satisfactory),
        },
    }


def _count(figure: Computed[int] | None) -> int | None:
    return None if figure is None else figure.value


def _professional(person: ProfessionalResult) -> dict[str, Any]:
    return {
        "npi": person.npi,
        "selected_method": person.selected.value,
        "pqrs": amount_text(person.pqrs.value),
        "moc": amount_text(person.moc.value),
        "total": amount_text(person.total.value),
    }


def _totals(result: PracticeResult) -> dict[str, str | None]:
    totals = result.totals
    return {
        "pqrs": amount_text(totals.pqrs.value),
        "moc": amount_text(totals.moc.value),
        "total": amount_text(totals.total.value),
    }


def _shown(section: Section) -> Iterator[ReportTable]:
    """Tables with a row, and the split even without one (P-JSON-24)."""
    return (table for table in section.tables if table.rows or table.id == "T1-SPLIT")


def _table(table: ReportTable, section: Section) -> dict[str, Any]:
    return {
        "id": table.id,
        "npi": section.npi,
        "title": table.title,
        "columns": [column.heading for column in table.columns],
        "rows": [[format_cell(cell) for cell in row.cells] for row in table.rows],
    }
