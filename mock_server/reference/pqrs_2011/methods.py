"""The fourteen reporting methods of 2011 (pqrs-2011 1.2) and what each demands (3.2 to 3.7).

What tells the methods apart is data here, so that the engine needs one procedure per kind, not per method.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

MethodCode = Literal[
    "IND-CLM-12",
    "IND-CLM-6",
    "IND-EHR-12",
    "IND-REG-12",
    "IND-REG-6",
    "MG30-CLM-12",
    "MG30-REG-12",
    "MG50-CLM-12",
    "MG50-CLM-6",
    "MG80-REG-12",
    "MG80-REG-6",
    "GPRO1-12",
    "GPRO2-CLM-12",
    "GPRO2-REG-12",
]
Mechanism = Literal["claims", "ehr", "registry", "web"]
Kind = Literal["measures", "beneficiaries", "instances", "gpro1", "gpro2"]
Months = Literal[12, 6]


@dataclass(frozen=True, slots=True)
class Method:
    """One reporting method."""

    code: MethodCode
    number: int
    """Canonical order 1..14 (P-DM-20)."""
    label: str
    """Exact text of `Method of Reporting`."""
    months: Months
    mechanism: Mechanism
    kind: Kind
    """What is judged: `measures` one by one, a group by `beneficiaries` or by eligible `instances`, GPRO."""
    percent: int
    """Share of its eligible instances that a measure must report (P-F-6): 50 claims, 80 otherwise."""
    minimum: int
    """Satisfactory measures, complete beneficiaries or instances (P-CFG-3 to 5); 0: by tier or module."""
    sufficient: str
    """Rationale id of success."""
    insufficient: str
    """Rationale id of failure; for `instances` that of too few."""

    @property
    def period(self) -> str:
        """`12 months` or `6 months`."""
        return f"{self.months} months"

    @property
    def groups(self) -> bool:
        """Whether individuals report measures groups by it."""
        return self.kind in ("beneficiaries", "instances")


_BY = "Individual measure(s) reporting via"
_MG = "Measures Groups -"
_GPRO = "Group Practice Reporting Option"

_TABLE = (
    Method("IND-CLM-12", 1, f"{_BY} claims", 12, "claims", "measures", 50, 3, "P-RAT-14", "P-RAT-5"),
    Method("IND-CLM-6", 2, f"{_BY} claims", 6, "claims", "measures", 50, 3, "P-RAT-14", "P-RAT-5"),
    Method("IND-EHR-12", 3, f"{_BY} EHR", 12, "ehr", "measures", 80, 3, "P-RAT-15", "P-RAT-6"),
    Method("IND-REG-12", 4, f"{_BY} registry", 12, "registry", "measures", 80, 3, "P-RAT-15", "P-RAT-6"),
    Method("IND-REG-6", 5, f"{_BY} registry", 6, "registry", "measures", 80, 3, "P-RAT-15", "P-RAT-6"),
    Method("MG30-CLM-12", 6, f"{_MG} 30 beneficiaries via claims",
           12, "claims", "beneficiaries", 50, 30, "P-RAT-4", "P-RAT-3"),
    Method("MG30-REG-12", 7, f"{_MG} 30 beneficiaries via registry",
           12, "registry", "beneficiaries", 80, 30, "P-RAT-9", "P-RAT-2"),
    Method("MG50-CLM-12", 8, f"{_MG} 50% eligible instances via claims",
           12, "claims", "instances", 50, 15, "P-RAT-10", "P-RAT-7"),
    Method("MG50-CLM-6", 9, f"{_MG} 50% eligible instances via claims",
           6, "claims", "instances", 50, 8, "P-RAT-11", "P-RAT-7"),
    Method("MG80-REG-12", 10, f"{_MG} 80% eligible instances via registry",
           12, "registry", "instances", 80, 15, "P-RAT-12", "P-RAT-7"),
    Method("MG80-REG-6", 11, f"{_MG} 80% eligible instances via registry",
           6, "registry", "instances", 80, 8, "P-RAT-13", "P-RAT-7"),
    Method("GPRO1-12", 12, f"{_GPRO} I",
           12, "web", "gpro1", 100, 0, "P-RAT-21", "P-RAT-20"),
    Method("GPRO2-CLM-12", 13, f"{_GPRO} II via claims",
           12, "claims", "gpro2", 50, 0, "P-RAT-40", "P-RAT-32"),
    Method("GPRO2-REG-12", 14, f"{_GPRO} II via registry",
           12, "registry", "gpro2", 80, 0, "P-RAT-40", "P-RAT-34"),
)  # fmt: skip

METHODS: Mapping[str, Method] = MappingProxyType({method.code: method for method in _TABLE})
"""Method by code, in canonical order."""

INDIVIDUAL_METHODS: tuple[Method, ...] = tuple(method for method in _TABLE if method.number <= 11)
"""The eleven that a professional can attempt."""
