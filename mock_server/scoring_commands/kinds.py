"""Which kind of document it is, by its content and never by its name (FF-GEN-1).

Told by the keys that one format has and the other has not, before anything is parsed: a document that is
broken still gets the messages of the format it was meant to be.
"""

import re
from enum import Enum
from typing import Final

_PQRS_PROGRAM: Final = re.compile(rb'"program"\s*:\s*"pqrs"')
_SUBMISSION_KEYS: Final = re.compile(rb'"(?:measurementSets|entityType|performanceYear|submission)"\s*:')
_PQRS_KEYS: Final = re.compile(rb'"(?:program|participation|npis|tin)"\s*:')
_BOM: Final = b"\xef\xbb\xbf"


class Kind(Enum):
    """What `score` can be given."""

    PQRS = "a PQRS practice record"
    SUBMISSION = "a QPP JSON submission or a scoring record"
    XML = "an XML file"


def kind_of(data: bytes) -> Kind:
    """The kind of a document; one that shows no sign of any is taken for a submission."""
    if data.removeprefix(_BOM).lstrip()[:1] == b"<":
        return Kind.XML
    if _PQRS_PROGRAM.search(data):
        return Kind.PQRS
    if not _SUBMISSION_KEYS.search(data) and _PQRS_KEYS.search(data):
        return Kind.PQRS
    return Kind.SUBMISSION
