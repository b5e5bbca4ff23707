"""Sort keys of the report's rows (P-T-10 to P-T-17), one per kind of row."""

from decimal import Decimal

from mock_server.reference.pqrs_2011.methods import METHODS


def by_measure(number: str) -> tuple[int, str]:
    """Measure number, numeric (P-T-12)."""
    return int(number), number


def by_group(title: str) -> tuple[str, str]:
    """Group title without regard to case (P-T-13)."""
    return title.casefold(), title


def by_method(code: str) -> int:
    """Canonical method order (P-T-11)."""
    return METHODS[code].number


def by_amount(amount: Decimal | None, code: str) -> tuple[bool, Decimal, int]:
    """Table 1 within an NPI: largest amount first, not earned last, then canonical order (P-T-10)."""
    return amount is None, -(amount or Decimal(0)), by_method(code)
