"""Incentive eligibility rationales (pqrs-2011 3.9): id, exact display string, whether it means success."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Rationale:
    """Why an attempt is or is not incentive eligible."""

    id: str
    text: str
    """Exact display string."""
    eligible: bool


_INSTANCES = "Sufficient # of eligible instances reported at"
_FEW = "insufficient # of minimum eligible instances in each measures group"

_TABLE = (
    Rationale("P-RAT-1", "Did not pass MAV", False),
    Rationale("P-RAT-2", "Insufficient # of beneficiaries reported", False),
    Rationale("P-RAT-3", "Insufficient # of eligible instances reported", False),
    Rationale("P-RAT-4", "Sufficient # of eligible instances reported", True),
    Rationale("P-RAT-5", "Insufficient # of measures reported at 50%", False),
    Rationale("P-RAT-6", "Insufficient # of measures reported at 80%", False),
    Rationale("P-RAT-7", "Insufficient # of minimum eligible instances", False),
    Rationale("P-RAT-8", "Insufficient % of eligible instances reported", False),
    Rationale("P-RAT-9", "Sufficient # of beneficiaries reported", True),
    Rationale("P-RAT-10", f"{_INSTANCES} 50% and a minimum of 15 eligible instances", True),
    Rationale("P-RAT-11", f"{_INSTANCES} 50% and a minimum of 8 eligible instances", True),
    Rationale("P-RAT-12", f"{_INSTANCES} 80% and a minimum of 15 eligible instances", True),
    Rationale("P-RAT-13", f"{_INSTANCES} 80% and a minimum of 8 eligible instances", True),
    Rationale("P-RAT-14", "Sufficient # of measures reported at 50%", True),
    Rationale("P-RAT-15", "Sufficient # of measures reported at 80%", True),
    Rationale("P-RAT-20", "Did not meet reporting requirements for consecutively completed cases", False),
    Rationale("P-RAT-21", "Met reporting requirements for consecutively completed cases", True),
    Rationale("P-RAT-31", "Insufficient # of registry only measures groups", False),
    Rationale("P-RAT-32", "Insufficient # of individual measures reported at 50%", False),
    Rationale("P-RAT-33", f"Insufficient # of individual measures reported at 50% and {_FEW}", False),
    Rationale("P-RAT-34", "Insufficient # of individual measures reported at 80%", False),
    Rationale("P-RAT-35", f"Insufficient # of individual measures reported at 80% and {_FEW}", False),
    Rationale("P-RAT-36", "Insufficient # of measures groups", False),
    Rationale("P-RAT-37", "Insufficient # of measures groups and individual measures reported at 80%", False),
    Rationale("P-RAT-38", "Insufficient # of minimum eligible instances in each measures group", False),
    Rationale(
        "P-RAT-40",
        "Sufficiently met the group size's measure and measures groups reporting requirements",
        True,
    ),
)

RATIONALES: Mapping[str, Rationale] = MappingProxyType({rationale.id: rationale for rationale in _TABLE})
"""Rationale by id."""

INSUFFICIENT_PERCENT = RATIONALES["P-RAT-8"]
"""Enough instances, too small a share of them (3.5 step 2)."""
FAILED_MAV = RATIONALES["P-RAT-1"]
"""3.2 step 2."""
