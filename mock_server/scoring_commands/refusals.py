"""Why a document has no score, as programs and people read it."""

from collections.abc import Iterable
from typing import Final

from client.messages.score import Located, Refusal
from mock_server.intake.qpp_json import InvalidSubmission

MIB: Final = 2**20


class NotScored(Exception):  # noqa: N818
    """The document has no score; `type` tells programs why, the message tells people."""

    def __init__(self, error: str, message: str, details: Iterable[Located] = ()) -> None:
        super().__init__(message)
        self.refusal = Refusal(type=error, message=message, details=list(details))


def of_submission(invalid: InvalidSubmission) -> NotScored:
    """Every problem of a QPP JSON document."""
    details = [Located(rule=p.rule, path=p.path, message=p.message) for p in invalid.problems]
    return NotScored("InvalidSubmission", str(invalid), details)


def unreadable(failure: OSError) -> NotScored:
    """The system gives no data."""
    return NotScored("FileNotRead", f"The file cannot be read: {failure.strerror or type(failure).__name__}.")


def too_large(limit: int) -> NotScored:
    """More bytes than one document may have."""
    return NotScored("FileTooLarge", f"The file is larger than {limit // MIB} MiB.")
