"""Submissions for the score command: one that is scored in every category, and what is wrong with others."""

from typing import Any

from tests.mock_server.intake.qpp_json.documents import GROUP, PI, a_set, changed, encoded, single

QUALITY = a_set(
    "quality",
    "registry",
    m236=single(140, 60),
    m130=single(180, 20),
    m113=single(120, 80),
    m110=single(150, 50),
    m047=single(15, 4),
    m128=single(190, 10, 400),
)
FULL_PI = {
    **a_set(
        "pi",
        "registry",
        PI_INFBLO_1=True,
        PI_ONCDIR_1=True,
        PI_PPHI_1=True,
        PI_EP_1={"numerator": 88, "denominator": 120},
        PI_HIE_1={"numerator": 45, "denominator": 160},
        PI_HIE_4={"numerator": 30, "denominator": 90},
        PI_PEA_1={"numerator": 410, "denominator": 500},
        PI_PHCDRR_2=True,
        PI_PHCDRR_1_EX_1=True,
    ),
    "cehrtId": "0015EABCDEFGHIJ",
}
ACTIVITIES = a_set("ia", "registry", IA_EPA_3=True)
SUBMISSION: dict[str, Any] = {**GROUP, "measurementSets": [QUALITY, FULL_PI, ACTIVITIES]}
RECORD: dict[str, Any] = {
    "submission": SUBMISSION,
    "profile": {
        "clinicianCount": 20,
        "hccAverage": 1.1,
        "dualRatio": 0.05,
        "acr": {"rate": 14.55, "cases": 250},
        "cost": [{"measureId": "TPCC_1", "value": 9000, "cases": 60}],
    },
    "mode": "final",
}
INCOMPLETE = changed(SUBMISSION, ("measurementSets.1", PI))
REFUSED = changed(SUBMISSION, ("taxpayerIdentificationNumber", "12345678"))


def line(document: object) -> bytes:
    """A document as a line of a stream."""
    return encoded(document) + b"\n"
