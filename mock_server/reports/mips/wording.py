"""What the formulas of the other categories, the weights and the final score mean in plain sentences."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from mock_server.reports.explain import Inputs
from mock_server.reports.mips.inputs import shown
from mock_server.reports.mips.wording_quality import QUALITY_WORDING, Say, plus

_CATEGORIES: Final = {"quality": "quality", "cost": "cost", "ia": "activities", "pi": "interoperability"}


def _performance_points(given: Inputs, value: int) -> list[str]:
    if not given["numerator"]:
        return ["0 of the cases, so no points."]
    return [
        f"{given['numerator']} of {given['denominator']}: one tenth of {given['weight']} points for each "
        f"begun tenth of the rate, {value} in all."
    ]


def _reported_points(given: Inputs, value: int) -> list[str]:
    return [f"{value} points for the report." if given["reported"] else "Not reported, so no points."]


def _incomplete(given: Inputs, _: int) -> list[str]:
    return [f"0, because the category is incomplete. Missing: {'; '.join(given['missing'])}."]


def _substituted(given: Inputs, _: int) -> list[str]:
    return [f"0, because {' and '.join(given['better'])} counts in its place."]


def _further_registry(_given: Inputs, _value: int) -> list[str]:
    return ["0: not reported, or another registry earned the points already."]


def _part_points(given: Inputs, value: int) -> list[str]:
    constant = f" + {given['constant']}" if given["constant"] else ""
    return [f"{plus(given['measures'])}{constant} = {value}."]


def _performance_part_points(given: Inputs, value: int) -> list[str]:
    return [
        f"{plus(given['measures'])}, at most {90 - given['in_base']} after the {given['in_base']} of the "
        f"base measures: {value}."
    ]


def _percent_of_parts(given: Inputs, value: int) -> list[str]:
    if not given["complete"]:
        return ["0, because something that the category requires is missing."]
    terms = given["parts"] if "parts" in given else given["objectives"]
    return [f"{' + '.join(str(points) for _, points in terms)}, at most 100: {value} percent."]


def _pi_points(given: Inputs, value: int) -> list[str]:
    return [
        f"{given['maximum']} x {given['numerator']} / {given['denominator']}, rounded, at least 1: {value}."
        if given["numerator"] and given["maximum"]
        else "0 of the cases, or nothing to earn."
    ]


def _registry_share(_: Inputs, value: int) -> list[str]:
    return [
        f"{value} of the points for public health registries."
        if value
        else "No share of the points for public health registries."
    ]


def _pi_bonus(given: Inputs, value: int) -> list[str]:
    return [f"{value} bonus points." if given["reported"] else "Not reported, so no bonus."]


def _objective_points(given: Inputs, value: int) -> list[str]:
    return [f"{plus(given['measures'])} = {value}."]


def _rolled_up_percent(given: Inputs, value: Any) -> list[str]:
    return [
        f"Percents of the participants weighted by their clinicians, {shown(given['weighted_sum'])} in all, "
        f"divided by {given['clinicians']} clinicians: {shown(value)} percent."
    ]


def _activity_points(given: Inputs, value: int) -> list[str]:
    if not given["done"]:
        return ["Not done, so no points."]
    if not given["period_counts"]:
        return ["0, because it was done for fewer than 90 days."]
    weight = given["weight"]
    if weight is None:
        return [f"A patient-centered medical home fills the category: {value} points."]
    doubled = ", doubled by a special status" if given["special_status"] else ""
    return [f"{value} points for a {weight} activity{doubled}."]


def _set_points(given: Inputs, value: int) -> list[str]:
    return [f"{plus(given['points'])}, at most 40: {value}."]


def _automatic_credit(given: Inputs, value: int) -> list[str]:
    reasons = (
        (given["apm_standard"], "the APM scoring standard"),
        (given["medical_home"], "a known patient-centered medical home"),
        (given["study"], "taking part in the study"),
        (given["apm_participant"], "APM participation"),
    )
    reason = next((words for holds, words in reasons if holds), "")
    return [f"{value} points for {reason}." if value else "No automatic credit."]


def _activities_points(given: Inputs, value: int) -> list[str]:
    return [f"{given['activities']} from activities + {given['credit']} credited, at most 40: {value}."]


def _activities_percent(given: Inputs, value: Any) -> list[str]:
    return [f"{given['points']} of 40 points: {shown(value)} percent."]


def _further_activities(given: Inputs, value: int) -> list[str]:
    return [f"{40 - given['points']} points are missing, {given['points_of_one']} for each one: {value}."]


def _weighted_score(given: Inputs, value: Any) -> list[str]:
    return [f"{given['weight']}% of {shown(given['percent'])}: {shown(value)} points."]


def _weights(given: Inputs, value: Any) -> list[str]:
    left = ", ".join(_CATEGORIES[slot] for slot in given["not_scored"]) or "none"
    lines = [f"Categories that are not scored: {left}."]
    if value is None:
        return [*lines, "Fewer than two categories would count, so none gets a weight."]
    weights = (
        f"quality {value.quality}, cost {value.cost}, activities {value.ia}, interoperability {value.pi}"
    )
    return [*lines, f"The year's table then gives: {weights} percent."]


def _not_scored(given: Inputs, _: Any) -> list[str]:
    sent = ", ".join(_CATEGORIES[slot] for slot in given["with_data"]) or "no category"
    return [f"Data were there for {sent}."]


def _nothing_scored(given: Inputs, _: Any) -> list[str]:
    return [
        "0, because the sets contradict each other." if given["contradiction"] else "0: nothing to score."
    ]


def _facility_percent(_: Inputs, value: Any) -> list[str]:
    return [f"The facility's {shown(value)} percent counts instead of one's own."]


def _total_score(given: Inputs, value: Any) -> list[str]:
    bonus = f" + {shown(given['bonuses'])} bonus" if given["bonuses"] else ""
    terms = plus((_CATEGORIES[slot], points) for slot, points in given["weighted"])
    return [f"{terms}{bonus}, at most 100: {shown(value)}."]


def _threshold_score(_: Inputs, value: Any) -> list[str]:
    return [f"The performance threshold of {shown(value)}, because too little can be scored."]


def _rounded_total(given: Inputs, value: Any) -> list[str]:
    return [f"{shown(given['total'])} points, rounded to two places: {value}."]


def _preliminary_maximum(given: Inputs, value: int) -> list[str]:
    terms = " + ".join(f"{_CATEGORIES[slot]} {weight}" for slot, weight in given["weights"]) or "nothing"
    return [f"Weights of what has data or automatic credit: {terms} = {value}."]


def _complex_patient_bonus(given: Inputs, value: Any) -> list[str]:
    if not given["any_data"]:
        return ["No bonus without data."]
    return [
        f"Mean risk score {shown(given['hcc_average'])} and 5 x {shown(given['dual_ratio'])} for patients "
        f"with both Medicare and Medicaid, at most 5: {value}."
    ]


def _governing_score(given: Inputs, value: Any) -> list[str]:
    listed = ", ".join(f"{source.lower()} {score}" for source, score in given["scores"])
    return [f"Of {listed} the score of {value} counts."]


def _payment_adjustment(given: Inputs, value: Any) -> list[str]:
    score, threshold, percent = given["score"], given["threshold"], given["percent"]
    if score >= threshold:
        how = f"{percent} x ({score} - {threshold}) / (100 - {threshold}) x {given['scaling']}"
        return [f"{score} reaches the performance threshold of {threshold}: {how} = {value}%."]
    if 4 * score <= threshold:
        return [f"{score} is at most a quarter of the performance threshold of {threshold}: {value}%."]
    how = f"-{percent} x ({threshold} - {score}) / {threshold}"
    return [f"{score} is below the performance threshold of {threshold}: {how} = {value}%."]


def _exceptional_adjustment(given: Inputs, value: Any) -> list[str]:
    score, additional = given["score"], given["additional"]
    if score < additional:
        return [f"{score} is below the threshold for exceptional performance of {additional}: {value}%."]
    how = f"(0.5 + 9.5 x ({score} - {additional}) / (100 - {additional})) x {given['scaling']}"
    return [f"{score} reaches the threshold for exceptional performance of {additional}: {how} = {value}%."]


def _payment_total(given: Inputs, value: Any) -> list[str]:
    return [f"{given['adjustment']}% + {given['exceptional']}%, rounded to two places: {value}%."]


def _gain(given: Inputs, value: Any) -> list[str]:
    by = f"{shown(abs(value))} {'less' if value < 0 else 'more'}"
    return [f"{shown(given['changed'])} with this change, {shown(given['now'])} now: {by}."]


_OTHERS: Final[dict[str, Say]] = {
    "mips.performance_points": _performance_points,
    "mips.reported_points": _reported_points,
    "mips.incomplete_base": _incomplete,
    "mips.incomplete_pi": _incomplete,
    "mips.substituted": _substituted,
    "mips.further_registry": _further_registry,
    "mips.part_points": _part_points,
    "mips.performance_part_points": _performance_part_points,
    "mips.aci_percent": _percent_of_parts,
    "mips.pi_percent": _percent_of_parts,
    "mips.pi_points": _pi_points,
    "mips.registry_share": _registry_share,
    "mips.pi_bonus": _pi_bonus,
    "mips.objective_points": _objective_points,
    "mips.rolled_up_percent": _rolled_up_percent,
    "mips.activity_points": _activity_points,
    "mips.activities_set_points": _set_points,
    "mips.automatic_credit": _automatic_credit,
    "mips.activities_points": _activities_points,
    "mips.activities_percent": _activities_percent,
    "mips.further_activities": _further_activities,
    "mips.weighted_score": _weighted_score,
    "mips.category_weights": _weights,
    "mips.apm_weights": _weights,
    "mips.not_scored": _not_scored,
    "mips.nothing_scored": _nothing_scored,
    "mips.facility_percent": _facility_percent,
    "mips.total_score": _total_score,
    "mips.threshold_score": _threshold_score,
    "mips.final_score": _rounded_total,
    "mips.shown_total": _rounded_total,
    "mips.preliminary_maximum": _preliminary_maximum,
    "mips.complex_patient_bonus": _complex_patient_bonus,
    "mips.governing_score": _governing_score,
    "mips.payment_adjustment": _payment_adjustment,
    "mips.exceptional_adjustment": _exceptional_adjustment,
    "mips.payment_total": _payment_total,
    "mips.gain": _gain,
}

WORDING: Final[Mapping[str, Say]] = MappingProxyType(QUALITY_WORDING | _OTHERS)
"""Sentences by formula."""
