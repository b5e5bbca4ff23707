"""Performance year 2018, paid in 2020: what changed since 2017."""

from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from mock_server.scoring.mips import rules_2017
from mock_server.scoring.mips.interoperability.tables import base_performance
from mock_server.scoring.mips.rules import CostRules, Payment, SevenPointCap, YearRules, weight_table

_APM: Final = weight_table(
    {"": (50, 0, 20, 30), "quality": (0, 0, 25, 75), "pi": (80, 0, 20, 0), "quality pi": None}
)

RULES: Final[YearRules] = replace(
    rules_2017.RULES,
    year=2018,
    pi_code="pi",
    pi_aliases=frozenset(("pi",)),
    weights=weight_table(
        {
            "": (50, 10, 15, 25),
            "cost": (60, 0, 15, 25),
            "pi": (75, 10, 15, 0),
            "quality": (0, 10, 45, 45),
            "ia": (65, 10, 0, 25),
            "cost pi": (85, 0, 15, 0),
            "cost quality": (0, 0, 50, 50),
            "cost ia": (75, 0, 0, 25),
            "pi quality": (0, 10, 90, 0),
            "pi ia": (90, 10, 0, 0),
            "quality ia": (0, 10, 0, 90),
            "cost pi quality": None,
            "cost pi ia": None,
            "cost quality ia": None,
            "quality ia pi": None,
            "cost quality ia pi": None,
        }
    ),
    apm_weights=MappingProxyType({"none": _APM, "ssp": _APM, "nextgen": _APM, "other": _APM}),
    quality=replace(
        rules_2017.RULES.quality,
        completeness_percent=60,
        cap=SevenPointCap.MEASURE,
        improvement=True,
    ),
    interoperability=base_performance("PI_", part_prefix="PI", later=True),
    cost=CostRules(
        case_minimum=MappingProxyType({"MSPB_1": 35, "TPCC_1": 20}), first_decile=1, weighted=True
    ),
    payment=Payment(
        threshold=Decimal(15),
        additional_threshold=Decimal(70),
        applicable_percent=Decimal(5),
        scaling_factor=Decimal("0.0627"),
        additional_scaling_factor=Decimal("0.1367"),
    ),
    small_practice_final_bonus=5,
    complex_patient_bonus=True,
    small_practice_hardship=True,
    apms_without_feedback=frozenset(),
)
