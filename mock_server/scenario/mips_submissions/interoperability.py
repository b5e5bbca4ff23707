"""ACI and PI sets of a subject: two schemes, 2017 with 2018, and 2019 (mips-scoring sections 6 and 7)."""

from datetime import date
from typing import Final

from mock_server.scenario.mips_submissions.plans import Plan
from mock_server.scenario.stream import HashStream
from mock_server.scoring.mips.submission import (
    Category,
    Measurement,
    MeasurementSet,
    Method,
    Proportion,
    Value,
)
from mock_server.scoring.mips.years import RULES

Values = dict[str, Value]

_OBJECTIVES_FROM: Final = 2019
_METHODS: Final[tuple[tuple[int, Method], ...]] = (
    (45, "electronicHealthRecord"),
    (35, "registry"),
    (20, "webAttestation"),
)
_FLAWS: Final = ("attestation", "risk", "exchange", "period")
"""What an incomplete set lacks."""
_MEASURES: Final = ("PEA_2", "CCTPE_1", "CCTPE_2", "HIE_3")
_REGISTRIES: Final[tuple[str, ...]] = ("PHCDRR_1", "PHCDRR_2", "PHCDRR_4", "PHCDRR_5")
_TRANSITION_MEASURES: Final = ("PSE_1", "PEA_2", "SM_1", "MR_1")
_TRANSITION_REGISTRIES: Final[tuple[str, ...]] = ("PHCDRR_1", "PHCDRR_2", "PHCDRR_3")
"""Optional performance measures and registries of the two sets, without their prefix (6.1)."""
_TRANSITION: Final = 38
"""Percent of the sets of 2017 that use the transition measures; half as many in 2018."""


def interoperability_sets(draw: HashStream, year: int, plan: Plan) -> list[MeasurementSet]:
    """At most one set, complete or not."""
    if plan.pi == "none":
        return []
    flaw = draw.pick(_FLAWS) if plan.pi == "incomplete" else ""
    if year >= _OBJECTIVES_FROM:
        values, edition = _of_2019(draw, plan.talent, flaw), 15
    else:
        values, edition = _base_and_performance(draw, year, plan.talent, flaw)
    category: Category = "aci" if RULES[year].pi_code == "aci" else "pi"
    start = date(year, 11, 1) if flaw == "period" else draw.pick((date(year, 1, 1), date(year, 10, 1)))
    return [
        MeasurementSet(
            category=category,
            method=draw.weighted(_METHODS),
            measurements=tuple(Measurement(measure_id=id_, value=values[id_]) for id_ in sorted(values)),
            performance_start=start,
            performance_end=date(year, 12, 31),
            cehrt_id=f"00{edition}E{draw.below(10**10):010d}",
        )
    ]


def _proportion(draw: HashStream, talent: int) -> Proportion:
    """A rate around the talent, at least one patient."""
    denominator = draw.between(12, 420)
    share = min(100, max(2, talent + draw.between(-30, 28)))
    return Proportion(numerator=max(1, denominator * share // 100), denominator=denominator)


def _base_and_performance(draw: HashStream, year: int, talent: int, flaw: str) -> tuple[Values, int]:
    """Values and the edition of the technology, 14 or 15."""
    prefix = "ACI_" if RULES[year].pi_code == "aci" else "PI_"
    values: Values = {f"{prefix}INFBLO_1": flaw != "attestation", f"{prefix}ONCDIR_1": True}
    transition = draw.chance(_TRANSITION if year == min(RULES) else _TRANSITION // 2)
    if transition:
        own = prefix + "TRANS_"
        values |= {f"{own}PPHI_1": flaw != "risk", f"{own}EP_1": _proportion(draw, talent)}
        values |= {f"{own}PEA_1": _proportion(draw, talent)}
        if flaw != "exchange":
            values[f"{own}HIE_1"] = _proportion(draw, talent)
        optional, registries = _TRANSITION_MEASURES, _TRANSITION_REGISTRIES
    else:
        own = prefix
        values |= {f"{own}PPHI_1": flaw != "risk", f"{own}EP_1": _proportion(draw, talent)}
        values |= {f"{own}PEA_1": _proportion(draw, talent), f"{own}HIE_1": _proportion(draw, talent)}
        if flaw != "exchange":
            values[f"{own}HIE_2"] = _proportion(draw, talent)
        optional, registries = _MEASURES, _REGISTRIES
    for name in optional:
        if draw.chance(62):
            values[own + name] = _proportion(draw, talent)
    for name in registries:
        if draw.chance(28):
            values[own + name] = True
    values[f"{prefix}IACEHRT_1"] = draw.chance(35)
    return values, 14 if transition else 15


def _of_2019(draw: HashStream, talent: int, flaw: str) -> Values:
    values: Values = {
        "PI_INFBLO_1": flaw != "attestation",
        "PI_ONCDIR_1": True,
        "PI_ONCACB_1": draw.chance(40),
        "PI_PPHI_1": flaw != "risk",
        "PI_PEA_1": _proportion(draw, talent),
    }
    values |= {"PI_LVPP_1": True} if draw.chance(14) else {"PI_EP_1": _proportion(draw, talent)}
    values |= {"PI_LVOTC_1": True} if draw.chance(24) else {"PI_HIE_1": _proportion(draw, talent)}
    if flaw != "exchange":
        values |= {"PI_LVITC_2": True} if draw.chance(30) else {"PI_HIE_4": _proportion(draw, talent)}
    if draw.chance(25):
        values["PI_EP_2"] = True
    registries = draw.sample((1, 2, 3, 4, 5), 2)
    if draw.chance(16):
        values |= {f"PI_PHCDRR_{n}_EX_1": True for n in registries}
    elif draw.chance(20):
        values |= {f"PI_PHCDRR_{registries[0]}": True, f"PI_PHCDRR_{registries[1]}_EX_2": True}
    else:
        values |= {f"PI_PHCDRR_{n}": True for n in registries}
    return values
