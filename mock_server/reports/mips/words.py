"""What things are called wherever a MIPS score is shown."""

from typing import Final

from mock_server.scoring.mips.interoperability.record import PiMeasureScore
from mock_server.scoring.mips.nodes.root import code_of
from mock_server.scoring.mips.result import Result
from mock_server.scoring.mips.rules import Slot
from mock_server.scoring.mips.submission import Proportion
from mock_server.scoring.mips.years import RULES

SHOWN_ORDER: Final[tuple[Slot, ...]] = ("quality", "pi", "ia", "cost")
"""The order of the categories on every page (11.7)."""
NAMES: Final = {
    "quality": "Quality",
    "pi": "Promoting Interoperability",
    "aci": "Advancing Care Information",
    "ia": "Improvement Activities",
    "cost": "Cost",
}
ENTITIES: Final = {
    "individual": "Individual clinician",
    "group": "Group",
    "virtualGroup": "Virtual group",
    "apm": "APM entity",
}
STATUSES: Final = {
    "small_practice": "small practice",
    "rural": "rural",
    "hpsa": "health professional shortage area",
    "non_patient_facing": "non-patient facing",
    "hospital_based": "hospital-based",
    "asc_based": "ambulatory surgical center-based",
    "pi_reweight_clinician_type": "clinician type exempt from the interoperability category",
    "pi_hardship_approved": "approved hardship",
    "apm_participant": "APM participant",
    "scored_under_apm_standard": "APM scoring standard",
    "ia_study_participant": "study participant",
    "cms_known_pcmh": "patient-centered medical home",
    "voluntary": "voluntary",
}
"""Flags of a profile in words."""
METHODS: Final = {
    "registry": "registry",
    "electronicHealthRecord": "EHR",
    "claims": "claims",
    "cmsWebInterface": "Web Interface",
    "certifiedSurveyVendor": "survey",
    "administrativeClaims": "admin. claims",
    "webAttestation": "manual entry",
}
"""Short words for submission methods."""
_PART_NAMES: Final = {
    "attestation": "Attestations",
    "protectPatientHealthInformation": "Protect patient health information",
    "electronicPrescribing": "e-Prescribing",
    "healthInformationExchangeSending": "Health information exchange, sending",
    "healthInformationExchangeReceiving": "Health information exchange, receiving",
    "providerToPatientExchange": "Provider to patient exchange",
    "publicHealthAndClinicalDataExchange": "Public health and clinical data exchange",
    "base": "Base score and the performance of its measures",
    "performance": "Performance of the other measures",
    "bonus": "Bonus",
    "cehrt_bonus": "Bonus for activities with certified technology",
}
"""Groups of 2017 and 2018 by the end of their name, objectives of 2019."""


def name_of(result: Result, slot: Slot) -> str:
    """The category's name in its year (TM-08)."""
    return NAMES[code_of(result, slot)]


def category_name(year: int, slot: Slot) -> str:
    """The same without a result."""
    return NAMES[RULES[year].pi_code if slot == "pi" else slot]


def part_name(name: str) -> str:
    """A group or objective of ACI or PI in words."""
    return _PART_NAMES.get(name) or _PART_NAMES.get(name.partition("_")[2], name)


def methods_of(methods: tuple[str, ...]) -> str:
    """Submission methods as one text."""
    return ", ".join(METHODS[method] for method in dict.fromkeys(methods))


def reported(one: PiMeasureScore) -> str:
    """An ACI or PI value as submitted: `60/100`, `Yes`."""
    if isinstance(one.value, Proportion):
        return f"{one.value.numerator}/{one.value.denominator}"
    return "Yes" if one.value is True else "No"


def source_of(year: int) -> str:
    """Where the figures of a year come from."""
    return f"MIPS scoring rules and benchmarks of performance year {year}"
