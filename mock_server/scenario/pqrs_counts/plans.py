"""What a professional tries and how it ends, before any count is drawn: drawn by weight, arranged for O-01.

A plan wishes for an outcome; the counts are drawn to fit it and the engine decides, so nothing here can
contradict the rules.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from mock_server.reference.pqrs_2011.methods import METHODS, MethodCode
from mock_server.scenario.stream import HashStream

Outcome = Literal[
    "sufficient", "insufficient", "low_percent", "mav_pass", "mav_fail", "all_invalid", "lesson"
]
"""`low_percent`: enough instances of a group, too small a share. `lesson`: sufficient, with a `NULL` and a
`0%` performance rate and every kind of submission error."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One method and its wished outcome; `IND-CLM-12` stands for both claims periods (P-DM-22)."""

    method: MethodCode
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Plan:
    """What one professional does in 2011."""

    trials: tuple[Trial, ...]
    moc: bool | None = None
    """`moc_requirements_met` of P-DM-2."""
    charged: bool = True
    """False: no allowed charges at all (P-INC-4)."""


_METHOD_WEIGHTS: Final[Mapping[MethodCode, int]] = MappingProxyType(
    {
        "IND-CLM-12": 34,
        "IND-EHR-12": 10,
        "IND-REG-12": 14,
        "IND-REG-6": 7,
        "MG30-CLM-12": 8,
        "MG30-REG-12": 8,
        "MG50-CLM-12": 7,
        "MG50-CLM-6": 6,
        "MG80-REG-12": 7,
        "MG80-REG-6": 6,
    }
)
_HOW_MANY = ((56, 1), (27, 2), (12, 3), (5, 4))
"""Methods per professional (P-DM-51)."""
_CLAIMS_OUTCOMES: Final[tuple[tuple[int, Outcome], ...]] = (
    (50, "sufficient"),
    (23, "insufficient"),
    (10, "mav_pass"),
    (13, "mav_fail"),
    (4, "all_invalid"),
)
_SHARE_OUTCOMES: Final[tuple[tuple[int, Outcome], ...]] = (
    (54, "sufficient"),
    (23, "insufficient"),
    (23, "low_percent"),
)
_OTHER_OUTCOMES: Final[tuple[tuple[int, Outcome], ...]] = ((66, "sufficient"), (34, "insufficient"))
_MOC = ((78, None), (14, True), (8, False))


def drawn_plan(draw: HashStream) -> Plan:
    """The plan of a professional whom nobody arranged: 1 to 4 methods, outcomes by weight."""
    left = dict(_METHOD_WEIGHTS)
    trials = []
    for _ in range(draw.weighted(_HOW_MANY)):
        method = draw.weighted([(weight, code) for code, weight in left.items()])
        del left[method]
        trials.append(Trial(method, draw.weighted(_outcomes(method))))
    return Plan(tuple(trials), draw.weighted(_MOC), charged=not draw.chance(2))


def _outcomes(code: MethodCode) -> tuple[tuple[int, Outcome], ...]:
    if code == "IND-CLM-12":
        return _CLAIMS_OUTCOMES
    return _SHARE_OUTCOMES if METHODS[code].kind == "instances" else _OTHER_OUTCOMES


ARRANGED_TIN: Final = "000104802"
"""O-01, ALDER CREEK DEMO CLINIC LLC, arranged to teach (P-DM-52)."""
ARRANGED_CONTRACTORS: Final = 3
ARRANGED: Final[Mapping[str, Plan]] = MappingProxyType(
    {
        "0999010016": Plan((Trial("IND-CLM-12", "lesson"), Trial("IND-REG-12", "sufficient")), moc=True),
        "0999010024": Plan((Trial("IND-CLM-12", "mav_fail"), Trial("MG30-CLM-12", "insufficient"))),
        "0999010032": Plan((Trial("IND-EHR-12", "sufficient"),)),
        "0999010057": Plan((Trial("IND-REG-12", "sufficient"), Trial("MG30-REG-12", "insufficient"))),
        "0999010065": Plan((Trial("MG30-CLM-12", "sufficient"),)),
        "0999010073": Plan((Trial("MG80-REG-6", "low_percent"),), moc=True),
        "0999010099": Plan((Trial("IND-CLM-12", "mav_pass"),)),
        "0999010107": Plan(
            (Trial("MG50-CLM-6", "sufficient"), Trial("IND-CLM-12", "insufficient")), moc=False
        ),
        "0999010115": Plan((Trial("IND-REG-6", "sufficient"), Trial("MG50-CLM-12", "low_percent"))),
        "0999010123": Plan((Trial("IND-CLM-12", "all_invalid"),)),
    }
)
"""Plans of O-01 by NPI: a success by claims, registry, EHR and measures groups, a MAV failure and a MAV pass,
two satisfied methods of one person, a MOC participant who earns and one whose PQRS fails."""


def plan_of(tin: str, npi: str, draw: HashStream) -> Plan:
    """The arranged plan, else a drawn one."""
    arranged = ARRANGED.get(npi) if tin == ARRANGED_TIN else None
    return arranged or drawn_plan(draw)
