"""Performance year 2017, paid in 2019."""

from decimal import Decimal
from types import MappingProxyType
from typing import Final

from mock_server.scoring.mips.interoperability.tables import base_performance
from mock_server.scoring.mips.rules import (
    CostRules,
    Payment,
    QualityRules,
    SevenPointCap,
    YearRules,
    weight_table,
)

_WEB_INTERFACE: Final = frozenset(
    ("046", "110", "111", "112", "113", "128", "134", "204", "226", "236", "318", "370", "438", "dmComposite")
)
_ACO: Final = weight_table(
    {"": (50, 0, 20, 30), "quality": (0, 0, 25, 75), "pi": (80, 0, 20, 0), "quality pi": None}
)
_OTHER_APM: Final = weight_table(
    {"": (0, 0, 25, 75), "quality": (0, 0, 25, 75), "pi": None, "quality pi": None}
)

RULES: Final = YearRules(
    year=2017,
    pi_code="aci",
    pi_aliases=frozenset(("aci", "pi")),
    weights=weight_table(
        {
            "": (60, 0, 15, 25),
            "pi": (85, 0, 15, 0),
            "quality": (0, 0, 50, 50),
            "ia": (75, 0, 0, 25),
            "pi quality": None,
            "pi ia": None,
            "quality ia": None,
            "quality ia pi": None,
            "cost": (60, 0, 15, 25),
            "cost pi": (85, 0, 15, 0),
            "cost quality": (0, 0, 50, 50),
            "cost ia": (75, 0, 0, 25),
            "cost pi quality": None,
            "cost pi ia": None,
            "cost quality ia": None,
            "cost quality ia pi": None,
        }
    ),
    # Under the standard without a named model: as other MIPS APMs.
    apm_weights=MappingProxyType({"none": _OTHER_APM, "ssp": _ACO, "nextgen": _ACO, "other": _OTHER_APM}),
    quality=QualityRules(
        completeness_percent=50,
        ehr_benchmark_end_to_end=True,
        cap=SevenPointCap.NONE,
        combines_methods=False,
        claims_need_small_practice=False,
        guideline_changes_count=False,
        missed_survey_relief=False,
        wi_measures=_WEB_INTERFACE,
        wi_high_priority_bonus=True,
        small_practice_bonus=0,
        improvement=False,
    ),
    interoperability=base_performance("ACI_", part_prefix="aci", later=False),
    activities_combine_methods=False,
    cost=CostRules(
        case_minimum=MappingProxyType({"MSPB_1": 35, "TPCC_1": 20}), first_decile=2, weighted=False
    ),
    payment=Payment(
        threshold=Decimal(3),
        additional_threshold=Decimal(70),
        applicable_percent=Decimal(4),
        scaling_factor=Decimal("0.0724"),
        additional_scaling_factor=Decimal("0.1590"),
    ),
    small_practice_final_bonus=0,
    complex_patient_bonus=False,
    facility_based=False,
    covid_option=False,
    collection_types=MappingProxyType(
        {
            "claims": "Claims",
            "registry": "Registry",
            "qcdr": "QCDR",
            "electronicHealthRecord": "EHR",
            "cmsWebInterface": "CMS Web Interface",
            "certifiedSurveyVendor": "CAHPS for MIPS",
            "administrativeClaims": "Administrative claims",
        }
    ),
    pi_reweight_clinician_types=frozenset(("NP", "PA", "CNS", "CRNA")),
    small_practice_hardship=False,
    apms_without_feedback=frozenset(("nextgen",)),
)
