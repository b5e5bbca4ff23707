"""What every reference row has in common: immutable, and named in JSON as the agency's own data names it.

Sharing the agency's property names makes these types the only schema there is: `tools/build_reference.py`
reads the agency's files with them (what has no field here, such as descriptions, falls away) and writes the
bundled tables with them.
"""

from typing import Literal

import msgspec

SubmissionMethod = Literal[
    "registry",
    "electronicHealthRecord",
    "claims",
    "cmsWebInterface",
    "certifiedSurveyVendor",
    "administrativeClaims",
]
"""How data of a measure arrive (M-GEN-07). `webAttestation` is a way of sets, not of measures."""


class Row(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """One immutable line of a reference table."""
