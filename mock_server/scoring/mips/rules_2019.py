"""Performance year 2019, paid in 2021: what changed since 2018."""

from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from mock_server.scoring.mips import rules_2018
from mock_server.scoring.mips.interoperability.tables import OBJECTIVES_2019
from mock_server.scoring.mips.rules import CostRules, Payment, SevenPointCap, YearRules, weight_table

_PROCEDURES: Final = ("COST_EOPCI_1", "COST_KA_1", "COST_CCLI_1", "COST_IOL_1", "COST_SSC_1")
_INPATIENT: Final = ("COST_IHCI_1", "COST_SPH_1", "COST_STEMI_1")

RULES: Final[YearRules] = replace(
    rules_2018.RULES,
    year=2019,
    weights=weight_table(
        {
            "": (45, 15, 15, 25),
            "cost": (60, 0, 15, 25),
            "pi": (70, 15, 15, 0),
            "quality": (0, 15, 40, 45),
            "ia": (60, 15, 0, 25),
            "cost pi": (85, 0, 15, 0),
            "cost quality": (0, 0, 50, 50),
            "cost ia": (75, 0, 0, 25),
            "pi quality": (0, 15, 85, 0),
            "pi ia": (85, 15, 0, 0),
            "quality ia": (0, 15, 0, 85),
            "cost pi quality": None,
            "cost pi ia": None,
            "cost quality ia": None,
            "quality ia pi": None,
            "cost quality ia pi": None,
        }
    ),
    quality=replace(
        rules_2018.RULES.quality,
        ehr_benchmark_end_to_end=False,
        cap=SevenPointCap.BENCHMARK,
        combines_methods=True,
        claims_need_small_practice=True,
        guideline_changes_count=True,
        missed_survey_relief=True,
        wi_measures=frozenset(["001", "110", "112", "113", "134", "226", "236", "318", "370", "438"]),
        wi_high_priority_bonus=False,
        small_practice_bonus=6,
    ),
    interoperability=OBJECTIVES_2019,
    activities_combine_methods=True,
    cost=CostRules(
        case_minimum=MappingProxyType(
            {"MSPB_1": 35, "TPCC_1": 20} | dict.fromkeys(_PROCEDURES, 10) | dict.fromkeys(_INPATIENT, 20)
        ),
        first_decile=1,
        weighted=True,
    ),
    payment=Payment(
        threshold=Decimal(30),
        additional_threshold=Decimal(75),
        applicable_percent=Decimal(7),
        scaling_factor=Decimal("0.0060"),
        additional_scaling_factor=Decimal("0.1748"),
    ),
    small_practice_final_bonus=0,
    facility_based=True,
    covid_option=True,
    collection_types=MappingProxyType(
        {
            "claims": "Medicare Part B claims measures",
            "registry": "MIPS CQMs",
            "qcdr": "QCDR measures",
            "electronicHealthRecord": "eCQMs",
            "cmsWebInterface": "CMS Web Interface measures",
            "certifiedSurveyVendor": "CAHPS for MIPS",
            "administrativeClaims": "Administrative claims measures",
        }
    ),
    pi_reweight_clinician_types=rules_2018.RULES.pi_reweight_clinician_types
    | {"PT", "OT", "SLP", "audiologist", "clinical psychologist", "registered dietitian"},
)
