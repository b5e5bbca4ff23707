"""Which satisfied method pays a professional (pqrs-2011 5.1)."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from mock_server.reference.pqrs_2011.methods import METHODS
from mock_server.scoring.computed import formula

Mark = Literal["Yes", "No", "N/A"]


class Payable(NamedTuple):
    """A satisfied method and what it would pay."""

    method: str
    amount: Decimal


@formula(
    "pqrs.selected_method",
    "of candidates the largest amount; then 12 months before 6; then EHR; then the order of methods",
    "P-CHO-2",
    "P-CHO-3",
    "P-CHO-4",
    "P-CHO-1",
)
def selected_method(*, candidates: Sequence[Payable]) -> str | None:
    """Code of the most advantageous method; `None` without a candidate."""
    return min(candidates, key=_advantage).method if candidates else None


@formula(
    "pqrs.selection_mark",
    "N/A if selected is none; else whether method is selected",
    "P-CHO-1",
    "P-CHO-2",
)
def selection_mark(*, method: str, selected: str | None) -> Mark:
    """Last column of the Participation Summary (block B of Table 2)."""
    if selected is None:
        return "N/A"
    return "Yes" if method == selected else "No"


def _advantage(candidate: Payable) -> tuple[Decimal, int, bool, int]:
    method = METHODS[candidate.method]
    return -candidate.amount, -method.months, method.mechanism != "ehr", method.number
