"""Scores on the wire: the score tree of the Submissions API, and what `qportal score` says about it.

The tree is the agency's (submissions-api 8, mips-scoring 13): its `metadata` differ by node and year and stay
untyped. Everything else here is our own: one line per submission of many, gains of a what-if, explanations.
"""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final, Literal

from msgspec import Struct

from client.messages.submission import EntityType

Mode = Literal["preliminary", "final"]
"""Submission window, or July feedback (M-GEN-03)."""

SPECIAL_STATUSES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "small-practice": ("smallPractice",),
        "rural": ("rural",),
        "hpsa": ("hpsa",),
        "non-patient-facing": ("nonPatientFacing",),
        "hospital-based": ("hospitalBased",),
        "asc-based": ("ascBased",),
        "pi-reweight-clinician-type": ("piReweightClinicianType",),
        "pi-hardship-approved": ("piHardshipApproved",),
        "apm-participant": ("apmParticipant",),
        "ia-study-participant": ("iaStudyParticipant",),
        "cms-known-pcmh": ("cmsKnownPcmh",),
        "voluntary": ("voluntary",),
        "euc": ("euc.quality", "euc.pi", "euc.ia", "euc.cost"),
    }
)
"""What `--special-status` takes, and the keys of a profile (mips-scoring 0.1) that it sets."""


class ScoreNode(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One figure of the score tree (M-TREE-01)."""

    name: str
    value: Decimal | bool | None = None
    """Four decimals; `None` for nodes that only advise."""
    title: str = ""
    detail: str = ""
    parts: list["ScoreNode"] = []
    original: "ScoreNode | None" = None
    """Of a category: its score before the weight."""
    metadata: dict[str, Any] = {}
    """Facts of the node, `rules` and `steps` (M-TREE-05 to M-TREE-07, M-TREE-10)."""
    warnings: list[str] = []
    errors: list[str] = []


class CategoryResult(Struct, frozen=True, kw_only=True):
    """What a category adds to the total."""

    name: str
    """`quality`, `aci`, `pi`, `ia`, `cost`."""
    percent: Decimal
    """Four decimals."""
    weight: int
    """Percent of the total."""
    contribution: Decimal
    """Four decimals."""
    has_data: bool
    """Whether anything was submitted, credited or computed."""


class ScoreResult(Struct, frozen=True, kw_only=True):
    """One submission of many, in one line."""

    performance_year: int
    entity_type: EntityType
    entity: str
    """Masked TIN, NPI, or the id of a virtual group or APM entity."""
    mode: Mode
    total: Decimal
    """0 to 100, four decimals."""
    maximum: int
    """What the total is out of: preliminary, the weights of what was submitted (M-WGT-08)."""
    final_score: Decimal | None
    """Two decimals; final mode only."""
    payment: Decimal | None
    """Percent, two decimals; `None` in preliminary mode and for voluntary reporters."""
    categories: list[CategoryResult]
    warnings: list[str] = []


class Located(Struct, frozen=True, kw_only=True):
    """One problem of a refused file."""

    rule: str
    path: str
    """JSON path."""
    message: str
    """What was found and what is allowed."""


class Refusal(Struct, frozen=True, kw_only=True):
    """Why a file has no score."""

    type: str
    """For programs: `InvalidSubmission`, `FileNotRead`, ..."""
    message: str
    """For people."""
    details: list[Located] = []
