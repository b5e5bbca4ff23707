"""What one subject sends in one year, before any count is drawn: drawn by weight, told for the personas.

A plan wishes; the counts are drawn to fit it and the scoring rules decide, so nothing here contradicts them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final, Literal

from mock_server.scenario.stream import HashStream
from mock_server.scoring.mips.submission import Method

Interoperability = Literal["none", "complete", "incomplete"]
Activities = Literal["none", "full", "part", "short"]
"""`short`: done, but for fewer than the 90 days of M-IA-07."""


@dataclass(frozen=True, slots=True)
class QualitySource:
    """Where a quality set comes from."""

    method: Method
    qcdr: bool = False
    submitter: str | None = None
    """The registry that sent it; None: the practice itself."""
    program: str = "mips"
    practice: str | None = None
    """Id of the practice site, CPC+ only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The data of one subject and year."""

    specialty: str
    talent: int
    """0 to 100: where its rates and costs tend to stand among all."""
    quality: tuple[QualitySource, ...]
    """Empty: no quality data."""
    measures: int
    no_high_priority: bool
    pi: Interoperability
    activities: Activities


CLAIMS: Final = QualitySource("claims")
REGISTRY: Final = QualitySource("registry")
EHR: Final = QualitySource("electronicHealthRecord")
QCDR: Final = QualitySource("registry", qcdr=True)
WEB_INTERFACE: Final = QualitySource("cmsWebInterface")

_ALONE: Final = (
    (26, (CLAIMS,)),
    (30, (REGISTRY,)),
    (18, (EHR,)),
    (8, (QCDR,)),
    (12, (EHR, REGISTRY)),
    (6, ()),
)
_TOGETHER: Final = (
    (40, (REGISTRY,)),
    (24, (EHR,)),
    (11, (QCDR,)),
    (19, (EHR, REGISTRY)),
    (6, ()),
)
"""Quality sources of individuals and of groups, by weight: groups cannot use claims before 2019."""
_MEASURES: Final = ((57, (6, 6)), (23, (7, 9)), (15, (3, 5)), (5, (1, 2)))
_PI: Final[tuple[tuple[int, Interoperability], ...]] = ((62, "complete"), (11, "incomplete"), (27, "none"))
_ACTIVITIES: Final[tuple[tuple[int, Activities], ...]] = (
    (66, "full"),
    (14, "part"),
    (3, "short"),
    (17, "none"),
)
_SPECIALTIES: Final = (
    "internalMedicine",
    "generalPracticeFamilyMedicine",
    "cardiology",
    "dermatology",
    "emergencyMedicine",
    "gastroenterology",
    "generalOncology",
    "generalSurgery",
    "mentalBehavioralHealth",
    "neurology",
    "obstetricsGynecology",
    "ophthalmology",
    "orthopedicSurgery",
    "otolaryngology",
    "pediatrics",
    "preventiveMedicine",
    "rheumatology",
    "urology",
)

_RG_01: Final = "REG-9001"
_RG_02: Final = "REG-9002"
_ALDER: Final = {"quality": (EHR, QualitySource("registry", submitter=_RG_01)), "pi": "complete"}
_ARRANGED: Final[Mapping[str, Mapping[str, Any]]] = MappingProxyType(
    {
        "O-01": {
            "specialty": "internalMedicine",
            "talent": 38,
            "quality": (
                QualitySource("registry", submitter=_RG_01),
                QualitySource("registry", qcdr=True, submitter=_RG_02),
            ),
            "measures": 8,
            "no_high_priority": False,
            "pi": "complete",
            "activities": "full",
        },
        "O-01/0999010016": {**_ALDER, "specialty": "internalMedicine", "measures": 6, "activities": "part"},
        # A second submitter besides the practice (13.3).
        "O-01/0999010115": {**_ALDER, "specialty": "cardiology", "measures": 7},
        "O-01/0999010123": {"specialty": "anesthesiology", "quality": (REGISTRY,), "measures": 6},
        "O-02": {"specialty": "generalPracticeFamilyMedicine", "quality": (CLAIMS,), "measures": 6},
        "O-03": {"quality": (), "pi": "complete", "activities": "none"},
        "O-04": {"specialty": "generalPracticeFamilyMedicine"},
        "O-05": {
            "specialty": "diagnosticRadiology",
            "quality": (REGISTRY,),
            "measures": 6,
            "pi": "none",
            "activities": "full",
        },
        "O-06": {"specialty": "physicalMedicine", "quality": (REGISTRY,), "measures": 4, "pi": "none"},
        # P-QPP-06: activities wait for the exception of 2020-03-01.
        "O-07": {"specialty": "hospitalists", "quality": (REGISTRY,), "measures": 6, "pi": "none"},
        "O-07@2019": {"activities": "none"},
        "O-08": {"specialty": "preventiveMedicine"},
        "O-09": {"quality": (), "pi": "complete", "activities": "none"},
        # P-IA-05: half of the activity points come from APM participation alone.
        "O-10": {
            "specialty": "cardiology",
            "quality": (EHR,),
            "measures": 6,
            "pi": "complete",
            "activities": "none",
        },
        "O-11": {"quality": (), "pi": "complete", "activities": "none"},
        "O-12": {"quality": (), "pi": "complete", "activities": "none"},
        "O-13": {"specialty": "dermatology", "quality": (REGISTRY,), "measures": 5},
        "AE-01": {"talent": 78, "quality": (WEB_INTERFACE,), "pi": "none", "activities": "none"},
        "AE-02": {"talent": 66, "quality": (WEB_INTERFACE,), "pi": "none", "activities": "none"},
        "AE-03": {
            "specialty": "internalMedicine",
            "quality": (QualitySource("electronicHealthRecord", program="cpcPlus", practice="T9ZZ0001"),),
            "measures": 9,
            "no_high_priority": False,
            "pi": "none",
            "activities": "none",
        },
        "AE-04": {
            "specialty": "generalOncology",
            "quality": (REGISTRY,),
            "measures": 6,
            "no_high_priority": False,
            "pi": "none",
            "activities": "none",
        },
        # In 2017 such models report no quality to MIPS (M-APM-01).
        "AE-04@2017": {"quality": ()},
        "VG-01": {
            "specialty": "internalMedicine",
            "talent": 60,
            "quality": (EHR, REGISTRY),
            "measures": 6,
            "no_high_priority": False,
            "pi": "complete",
            "activities": "full",
        },
    }
)
"""What is told of a subject: `key`, `key/NPI`, then `...@year`; the rest is drawn."""


def plan_of(key: str, year: int, *, alone: bool) -> Plan:
    """The plan of a subject; `alone`: an individual clinician, `key` then being `org/NPI`."""
    plan = _drawn(key, year, alone=alone)
    for told in (key, f"{key}@{year}"):
        plan = replace(plan, **_ARRANGED.get(told, {}))
    return plan


def _drawn(key: str, year: int, *, alone: bool) -> Plan:
    lasting = HashStream("mips-plan", key)
    specialty = lasting.pick(_SPECIALTIES)
    talent = (lasting.between(0, 100) + lasting.between(8, 100)) // 2
    quality = lasting.weighted(_ALONE if alone else _TOGETHER)
    draw = HashStream("mips-plan", key, str(year))
    return Plan(
        specialty=specialty,
        talent=min(100, max(0, talent + draw.between(-9, 11))),
        quality=quality,
        measures=draw.between(*draw.weighted(_MEASURES)),
        no_high_priority=draw.chance(9),
        pi=draw.weighted(_PI),
        activities=draw.weighted(_ACTIVITIES),
    )
