"""The sentences of the MIPS reports: notices of portal-flow 11.9 in our words, cautions, reasons."""

from collections.abc import Iterator
from typing import Final

from mock_server.reports.mips.words import methods_of
from mock_server.scoring.mips.nodes.root import DISCLAIMER
from mock_server.scoring.mips.result import Result
from mock_server.scoring.mips.rules import Slot

SIMULATION_NOTICE: Final = (
    "Unofficial simulation with invented data. Do not enter real credentials or patient data."
)
"""N-SIM-01."""
SYNTHETIC_NOTICE: Final = (
    "Submissions, special statuses, costs and survey results in this report are synthetic; "
    "measures, benchmarks and rules are those of the program."
)
PRELIMINARY: Final = (
    "PRELIMINARY: computed from what was submitted so far, with benchmarks of earlier years. Cost, survey "
    "and readmission measures, improvement, and the bonuses on the final score come with final feedback."
)
TIN_CAUTION: Final = (
    "The TIN may hold part of a Social Security Number. Handle, store and destroy this report so that "
    "nobody's identity is exposed."
)
CONFIDENTIAL: Final = (
    "Confidential. Share only with those in the practice who need it, and destroy copies safely."
)
"""N-RUN-02."""
FITTED_FACTORS: Final = (
    "The factors that scale payment adjustments from the threshold on are fitted to published results, "
    "not the agency's own."
)
"""M-PAY-07."""
COST_LATER: Final = (
    "Cost is not available during the submission period. Its weight of {weight}% goes to other categories "
    "until final feedback."
)
"""N-QPP-13."""
FACILITY_LATER: Final = "Facility-based scores come with final feedback."
"""N-QPP-14."""


def cautions(*, final: bool, pays: bool) -> Iterator[str]:
    """What stands above every report; `pays`: it shows a payment adjustment."""
    if not final:
        yield PRELIMINARY
    yield DISCLAIMER
    if pays:
        yield FITTED_FACTORS
    yield TIN_CAUTION
    yield CONFIDENTIAL


def category_notes(result: Result, slot: Slot) -> tuple[str, ...]:
    """What a reader of a category's page has to know (11.9)."""
    notes = {"quality": _quality, "pi": _interoperability, "ia": _activities, "cost": _nothing}
    return tuple(notes[slot](result))


def _nothing(_result: Result) -> Iterator[str]:
    return iter(())


def _quality(result: Result) -> Iterator[str]:
    if not result.case.is_final:
        yield "CAHPS and readmission measures are not part of the preliminary score."
        claims = any("claims" in one.methods for one in result.quality.sets)
        if claims and result.case.rules.quality.claims_need_small_practice:
            yield (
                "Claims measures are shown for small practices only and refreshed monthly until the 60-day "
                "run-out is over."
            )
        if result.quality.held_back:
            yield "Web Interface quality scores appear when all measures are complete."
    if result.total.facility is not None:
        yield "The facility's quality score counts instead, because it is worth more together with its cost."


def _interoperability(result: Result) -> Iterator[str]:
    if result.pi.is_conflict:
        yield (
            "Data from different submission types disagree; the category scores 0. "
            "Ask the third party to delete or correct its data."
        )


def _activities(result: Result) -> Iterator[str]:
    profile = result.case.profile
    if profile.has_ia_special_status:
        held = (
            (profile.small_practice, "small practice"),
            (profile.rural, "rural area"),
            (profile.hpsa, "health professional shortage area"),
            (profile.non_patient_facing, "non-patient facing"),
        )
        reasons = ", ".join(words for has, words in held if has)
        yield f"Each activity counts double because of the special status: {reasons}."
    if profile.apm_participant and result.ia.credit.value:
        group = result.case.submission.entity_type != "individual"
        whom = " (at least one clinician of the group)" if group else ""
        yield f"20 points were credited for APM participation{whom}."


def weight_reason(result: Result, slot: Slot) -> str:
    """Why a category has the weight that it has (M-WGT-01 to M-WGT-07)."""
    inputs = dict(result.total.weighing.not_scored.inputs)
    if result.total.is_threshold:
        return "fewer than two categories can be scored: the final score is the performance threshold"
    if slot in result.total.weighing.not_scored.value:
        return _excuse(result, slot, slot in inputs["covered"])
    if result.case.under_apm_standard:
        return "APM scoring standard"
    moved = [one for one in result.total.weighing.not_scored.value if one != slot]
    usual = result.case.rules.weights[frozenset()]
    if moved and usual is not None and usual.of(slot) != result.weight(slot):
        return "takes the weight of a category that is not scored"
    excused = slot == "pi" and inputs["pi_reweighted"] and slot in inputs["with_data"]
    return "data were submitted, so the category is scored after all" if excused else "as usual"


def _excuse(result: Result, slot: Slot, covered: bool) -> str:
    if covered:
        return "extreme and uncontrollable circumstances, no data"
    if slot == "pi":
        return f"reweighted, no data: {_pi_excuse(result)}"
    if slot == "cost" and not result.case.is_final:
        return "not available during the submission period"
    if slot == "cost" and result.case.under_apm_standard:
        return "not part of the APM scoring standard"
    if slot == "cost" and not result.cost.weighted:
        return "has no weight in this year"
    return "no cost measure reaches its case minimum and has a benchmark" if slot == "cost" else "not scored"


def _pi_excuse(result: Result) -> str:
    profile = result.case.profile
    reasons = (
        (result.pi.all_reweighted, "all participants"),
        (profile.non_patient_facing, "non-patient facing"),
        (profile.hospital_based, "hospital-based"),
        (profile.asc_based, "ambulatory surgical center-based"),
        (profile.pi_reweight_clinician_type, "clinician type"),
        (profile.pi_hardship_approved, "approved hardship"),
    )
    return ", ".join(words for holds, words in reasons if holds)


def category_note(result: Result, slot: Slot) -> str:
    """What counts in a category, or why nothing does."""
    if result.total.facility is not None and slot in ("quality", "cost"):
        return "the facility's score"
    if not result.is_shown(slot):
        return "nothing submitted" if result.weight(slot) else "no weight"
    if not result.weight(slot):
        return "no weight"
    if slot == "quality":
        picked = result.quality.picked
        return "" if picked is None else methods_of(picked.methods)
    if slot == "pi":
        return _pi_note(result)
    if slot == "ia":
        return f"{result.ia.points.value} of 40 points"
    scored = sum(one.decile is not None for one in result.cost.measures)
    return "1 measure" if scored == 1 else f"{scored} measures"


def _pi_note(result: Result) -> str:
    if result.pi.rollup is not None:
        return "mean of the participants"
    if result.pi.is_conflict:
        return "sets contradict each other"
    picked = result.pi.picked
    return "incomplete" if picked is not None and picked.missing else ""
