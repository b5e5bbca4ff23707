"""The PQRS practice record as JSON (pqrs-2011 1.5): bytes to a `Practice`, or every fault with rule and path.

Three passes over the decoded tree: form (the key tables), rules (the invariants), building. The first two go
on after a fault, so that one reading names all of them; building only happens when there is none.
"""

from mock_server.intake.pqrs_record.build import build_practice
from mock_server.intake.pqrs_record.findings import Finding, by_path
from mock_server.intake.pqrs_record.invariants import broken_invariants
from mock_server.intake.pqrs_record.json_text import Unreadable, decode
from mock_server.intake.pqrs_record.keys import PRACTICE
from mock_server.intake.pqrs_record.shape import MOST_FAULTS, Node
from mock_server.intake.pqrs_record.warnings import six_month_warnings
from mock_server.scoring.pqrs.record import Practice

__all__ = ["Finding", "InvalidRecord", "read_practice", "six_month_warnings"]


class InvalidRecord(Exception):  # noqa: N818
    """The record breaks the format or its rules (P-JSON-25)."""

    def __init__(self, faults: list[Finding]) -> None:
        self.faults = tuple(sorted(faults, key=by_path))
        """All of them, in the order of their paths; at least one."""
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        super().__init__(f"The practice record is not valid: {count}.")


def read_practice(data: bytes) -> Practice:
    """Read one practice record (UTF-8 JSON). Raises `InvalidRecord` with all faults found.

    The order of rows is kept; doubtful but allowed figures are the business of `six_month_warnings`.
    """
    faults: list[Finding] = []
    try:
        tree = decode(data)
    except Unreadable as unreadable:
        raise InvalidRecord([Finding("P-JSON-1", "$", str(unreadable))]) from None
    practice = PRACTICE.read(tree, "$", faults)
    if len(faults) >= MOST_FAULTS:
        faults.append(Finding("P-JSON-1", "$", f"more than {MOST_FAULTS} faults; reading stopped there"))
    elif isinstance(practice, Node):
        faults += broken_invariants(practice)
    if faults or not isinstance(practice, Node):
        raise InvalidRecord(faults)
    return build_practice(practice)
