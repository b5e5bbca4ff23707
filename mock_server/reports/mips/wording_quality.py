"""What the formulas of quality and cost mean in plain sentences, with the numbers of the case filled in.

They only read inputs and value, so a sentence cannot disagree with the cell.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, Final

from mock_server.reports.explain import Inputs
from mock_server.reports.mips.inputs import shown
from mock_server.scoring.mips.quality.deciles import NO_DECILE, TOP_DECILE

Say = Callable[[Inputs, Any], list[str]]

_MOST: Final = 8
"""Terms of a sum that are spelled out."""


def plus(terms: Iterable[tuple[str, Any]]) -> str:
    """`236 7.6037 + 001 7.0255`; beyond eight terms only how many more."""
    listed = [f"{name} {shown(value)}" for name, value in terms]
    more = len(listed) - _MOST
    return " + ".join((*listed[:_MOST], f"{more} more") if more > 0 else listed) or "nothing"


def _performance_rate(given: Inputs, value: Decimal | None) -> list[str]:
    judged = given["met"] + given["not_met"]
    if value is None:
        return ["No case was judged, so there is no rate."]
    return [f"{given['met']} of {judged} judged cases met the measure: {value}%."]


def _strata(given: Inputs, value: Decimal | None, how: str) -> list[str]:
    if value is None:
        return ["No case was judged in any stratum, so there is no rate."]
    pairs = ", ".join(f"{met} of {met + not_met}" for met, not_met in given["strata"])
    return [f"{how} ({pairs}): {shown(value)}."]


def _submitted_rate(_: Inputs, value: Decimal | None) -> list[str]:
    return [
        "The registry sent no rate." if value is None else f"The registry sent the rate itself: {value}%."
    ]


def _ratio_value(_: Inputs, value: Decimal | None) -> list[str]:
    return [f"A ratio, not a percent; its numerator is compared as it is: {shown(value)}."]


def _reporting_rate(given: Inputs, value: Decimal) -> list[str]:
    answered = given["met"] + given["not_met"] + given["exclusion"] + given["exception"]
    return [f"{answered} of {given['eligible_population']} eligible cases were answered for: {value}%."]


def _ratio_reporting_rate(given: Inputs, value: Decimal) -> list[str]:
    return [f"{shown(given['observations'])} observations of {shown(given['denominator'])}: {value}%."]


def _written_reporting_rate(_: Inputs, value: Decimal) -> list[str]:
    return [f"Data completeness as the submission states it: {value}%."]


def _case_count(_: Inputs, value: Any) -> list[str]:
    return [f"{shown(value)} eligible cases; at least 20 are needed for points from a benchmark."]


def _largest_stratum(_: Inputs, value: Any) -> list[str]:
    return [f"The largest stratum has {shown(value)} eligible cases; at least 20 are needed."]


def _measure_class(given: Inputs, value: Any) -> list[str]:
    label = value.label or "No class"
    if value.points is None:
        return [f"{label}: complete data, enough cases and a benchmark, so the rate decides."]
    lacks = [
        words
        for holds, words in (
            (given["complete"], "complete data"),
            (given["enough_cases"], "20 cases"),
            (given["has_benchmark"], "a benchmark"),
            (given["has_rate"], "a rate"),
        )
        if not holds
    ]
    wanting = f" without {' and '.join(lacks)}" if lacks else ""
    return [f"{label}: a measure{wanting} earns {_points(value.points)}."]


def _decile_points(given: Inputs, value: Any) -> list[str]:
    better = "" if given["ascending"] else " Lower rates are better."
    if value.decile == NO_DECILE:
        return [f"{shown(given['rate'])} is below the lowest decile that earns more than 3 points.{better}"]
    if value.decile == TOP_DECILE:
        return [f"{shown(given['rate'])} is in decile 10, which earns 10 points.{better}"]
    return [
        f"{shown(given['rate'])} is in decile {value.decile}, {value.partial} of the way to the next: "
        f"{value.decile} + {value.partial} = {value.points} points.{better}"
    ]


def _achievement_points(given: Inputs, value: Decimal) -> list[str]:
    if given["guideline_changed"]:
        return ["No points: the clinical guideline behind the measure changed during the year."]
    raw = given["decile_points"]
    if raw is None:
        return [f"{_points(value)}, not from a benchmark."]
    capped = given["capped"] and raw > value
    return [f"{shown(raw)} points from the benchmark{f', limited to {shown(value)}' if capped else ''}."]


def _points(value: Any) -> str:
    return f"{shown(value)} point{'' if value == 1 else 's'}"


def _survey_points(given: Inputs, value: Decimal) -> list[str]:
    return [f"Mean of the points of {len(given['points'])} survey measures: {value}."]


def _readmission_points(_: Inputs, value: Decimal) -> list[str]:
    return [f"{_points(value)} from the benchmark of the readmission measure."]


def _bonus_eligible(_: Inputs, value: bool) -> list[str]:
    return [
        "The measure meets what the bonus asks for: high priority, complete data, 20 cases, a rate."
        if value
        else "The measure lacks something that the bonus asks for: high priority, complete data, 20 cases, a "
        "rate."
    ]


def _high_priority_bonus(given: Inputs, value: int) -> list[str]:
    if value:
        return [f"{_points(value)} for a measure of high priority besides the required one."]
    if given["required"]:
        return ["No bonus, because it is the measure that satisfies the outcome requirement."]
    if not given["eligible"]:
        return ["No high-priority bonus."]
    if not given["counted"]:
        return ["No bonus: the measurement does not count."]
    return ["No bonus: Web Interface data earn none for high priority in this year."]


def _end_to_end_bonus(_: Inputs, value: int) -> list[str]:
    return [f"{_points(value)} for end-to-end electronic reporting." if value else "No end-to-end bonus."]


def _measure_bonus(given: Inputs, value: int) -> list[str]:
    return [f"{given['high_priority']} for high priority + {given['end_to_end']} for end-to-end = {value}."]


def _measure_score(given: Inputs, value: Decimal) -> list[str]:
    if given["counts"]:
        return [f"{shown(given['points'])} points + {given['bonus']} bonus = {shown(value)}."]
    bonus = f" Its bonus of {given['bonus']} is added on its own." if given["bonus"] else ""
    return [f"Shown as 0, because other measures count instead.{bonus}"]


def _total_decile_score(given: Inputs, value: Decimal) -> list[str]:
    return [f"{plus(given['points'])} = {shown(value)}."]


def _capped_bonus(given: Inputs, value: Decimal) -> list[str]:
    earned = sum(points for _, points in given["bonuses"])
    cap = Decimal(given["denominator"]) / 10
    limited = f", limited to a tenth of {given['denominator']}: {shown(value)}" if earned > cap else ""
    return [f"{plus(given['bonuses'])} = {earned}{limited}."]


def _small_practice(given: Inputs, value: Any) -> list[str]:
    return [f"{shown(value)} for a small practice that sent data." if value else "No small practice bonus."]


def _denominator(given: Inputs, value: int) -> list[str]:
    lines = [f"{given['expected']} measures of 10 points each are expected."]
    if given["guideline_changed"]:
        lines.append(f"{given['guideline_changed']} of them left out because of a changed guideline.")
    if given["missed_survey"]:
        lines.append("10 points less, because too few patients answered the survey.")
    if given["readmission"]:
        lines.append("10 points more for the readmission measure.")
    return [*lines, f"{value} points can be earned."]


def _improvement(given: Inputs, value: Any) -> list[str]:
    if not given["full_participation"]:
        return ["No improvement points without full participation this year."]
    return [
        f"{shown(given['total_decile_score'])} of {given['denominator']} points now, "
        f"{shown(given['previous_points'])} of {shown(given['previous_denominator'])} last year: "
        f"{shown(value)} percentage points for improvement."
    ]


def _quality_percent(given: Inputs, value: Any) -> list[str]:
    better = f" + {shown(given['improvement'])} for improvement" if given["improvement"] else ""
    small = f" + {given['small_practice_bonus']}" if given["small_practice_bonus"] else ""
    return [
        f"100 x ({shown(given['total_decile_score'])} + {shown(given['total_bonus_points'])}{small}) / "
        f"{given['denominator']}{better}, at most 100: {shown(value)} percent."
    ]


def _enough_cases(given: Inputs, value: bool) -> list[str]:
    return [
        f"{given['cases']} cases {'reach' if value else 'do not reach'} the minimum of {given['minimum']}."
    ]


def _cost_points(given: Inputs, value: Any) -> list[str]:
    cost = f"${given['value']:,.2f}"
    if value.decile == NO_DECILE:
        return [f"{cost} is above the first decile: 1 point. Lower costs are better."]
    if value.decile == TOP_DECILE:
        return [f"{cost} is in decile 10, which earns 10 points. Lower costs are better."]
    return [
        f"{cost} is in decile {value.decile}, {value.partial} of the way to the next: "
        f"{value.decile} + {value.partial} = {value.points} points. Lower costs are better."
    ]


def _cost_percent(given: Inputs, value: Any) -> list[str]:
    return [f"100 x ({plus(given['points'])}) / {10 * len(given['points'])} = {shown(value)} percent."]


QUALITY_WORDING: Final[dict[str, Say]] = {
    "mips.performance_rate": _performance_rate,
    "mips.simple_average_rate": lambda given, value: _strata(given, value, "Mean of the rates of the strata"),
    "mips.weighted_average_rate": lambda given, value: _strata(given, value, "Rate over all strata together"),
    "mips.overall_stratum_rate": lambda given, value: _strata(given, value, "Rate of the overall stratum"),
    "mips.sum_of_numerators": lambda given, value: _strata(given, value, "Cases met in all strata"),
    "mips.submitted_rate": _submitted_rate,
    "mips.ratio_value": _ratio_value,
    "mips.reporting_rate": _reporting_rate,
    "mips.ratio_reporting_rate": _ratio_reporting_rate,
    "mips.written_reporting_rate": _written_reporting_rate,
    "mips.case_count": _case_count,
    "mips.largest_stratum": _largest_stratum,
    "mips.measure_class": _measure_class,
    "mips.decile_points": _decile_points,
    "mips.achievement_points": _achievement_points,
    "mips.survey_points": _survey_points,
    "mips.readmission_points": _readmission_points,
    "mips.bonus_eligible": _bonus_eligible,
    "mips.survey_bonus_eligible": lambda _given, _value: ["A scored survey may earn the bonus."],
    "mips.readmission_bonus_eligible": lambda _given, _value: ["The readmission measure earns no bonus."],
    "mips.high_priority_bonus": _high_priority_bonus,
    "mips.end_to_end_bonus": _end_to_end_bonus,
    "mips.measure_bonus": _measure_bonus,
    "mips.measure_score": _measure_score,
    "mips.total_decile_score": _total_decile_score,
    "mips.capped_bonus": _capped_bonus,
    "mips.small_practice_quality_bonus": _small_practice,
    "mips.small_practice_final_bonus": _small_practice,
    "mips.denominator": _denominator,
    "mips.improvement": _improvement,
    "mips.quality_percent": _quality_percent,
    "mips.enough_cases": _enough_cases,
    "mips.cost_points": _cost_points,
    "mips.cost_percent": _cost_percent,
}
"""Sentences by formula."""
