"""What the formulas of the PQRS engine mean in plain sentences, with the numbers of the case filled in.

One function per formula. They only read the inputs: what they claim about thresholds follows from the value
that the formula returned, so a sentence cannot disagree with the cell.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

from mock_server.reference.pqrs_2011.methods import METHODS
from mock_server.reference.pqrs_2011.rationales import Rationale
from mock_server.reports.explain import Inputs
from mock_server.scoring.computed import Formula
from mock_server.scoring.pqrs import choice, incentive, mav, rates, reporting, split, summary
from mock_server.scoring.pqrs.rates import MeasureFact, Null, counts_as_satisfactory

_LONGEST_SUM = 4
"""Amounts of a sum that are spelled out."""


def _dollars(amount: Decimal | None) -> str:
    return "nothing" if amount is None else f"${amount:,.2f}"


def _tenths(part: int, whole: int) -> str:
    """A percentage with one decimal, half up."""
    return f"{Decimal(rates.round_half_up(1000 * part, whole)).scaleb(-1)}%"


def _some(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _numbers(measures: Sequence[str]) -> str:
    return ", ".join(f"#{measure}" for measure in measures) or "none"


def _reporting_rate(given: Inputs, value: int) -> list[str]:
    reported, eligible = given["reported"], given["eligible_instances"]
    if not eligible:
        return ["Nothing was eligible, and a rate without a denominator shows as 0%."]
    return [
        f"{reported} of {eligible} eligible were reported with complete, correct data: "
        f"{reported} / {eligible} = {_tenths(reported, eligible)}, shown as a whole percent: {value}%."
    ]


def _satisfactory(given: Inputs, value: bool) -> list[str]:
    reported, eligible, percent = given["reported"], given["eligible_instances"], given["percent"]
    if not eligible:
        return ["Not satisfactory, because nothing was eligible."]
    holds = ">=" if value else "<"
    return [
        f"{'Satisfactory' if value else 'Not satisfactory'}, because 100 x {reported} {holds} "
        f"{percent} x {eligible}. The test uses the exact counts, not the rate shown."
    ]


def _exclusions(given: Inputs, value: int) -> list[str]:
    return [
        f"{given['excl_1p']} medical (1P), {given['excl_2p']} patient (2P), {given['excl_3p']} system (3P) "
        f"and {given['excl_other']} other exclusions: {value}."
    ]


def _performance_denominator(given: Inputs, value: int) -> list[str]:
    return [
        f"{given['reported']} valid submissions less {given['exclusions']} exclusions leave {value} to judge "
        "performance on."
    ]


def _not_met(given: Inputs, value: int) -> list[str]:
    counted = given["reported"] - given["exclusions"]
    return [f"Of {counted} instances that count, {given['met']} met the measure and {value} did not."]


def _performance_rate(given: Inputs, value: int | Null) -> list[str]:
    met, reported, exclusions = given["met"], given["reported"], given["exclusions"]
    if reported == 0:
        return ["No valid submission was received, which shows as 0%."]
    if isinstance(value, Null):
        return [f"All {reported} valid submissions were exclusions, so there is no rate: NULL."]
    denominator = reported - exclusions
    return [
        f"{met} of {denominator} instances met the measure: {met} / {denominator} = "
        f"{_tenths(met, denominator)}, shown as a whole percent: {value}%."
    ]


def _correctly_reported(given: Inputs, value: Decimal) -> list[str]:
    correct, sent = given["correct"], given["reported"]
    return [f"{correct} of {sent} submissions were valid: {value}%, half up to one decimal."]


def _groups_reported(given: Inputs, value: int) -> list[str]:
    groups = _some(value, "measures group")
    return [f"{groups} had at least one complete case or one measure with quality data."]


def _measures_reported(given: Inputs, value: int) -> list[str]:
    with_data = [measure for measure, has_data in given["measures"] if has_data]
    return [f"{_some(value, 'measure')} with any quality data, valid or not: {_numbers(with_data)}."]


def _measures_on_eligible(given: Inputs, value: int) -> list[str]:
    valid = [measure for measure, reported in given["measures"] if reported]
    return [f"{_some(value, 'measure')} with at least one valid submission: {_numbers(valid)}."]


def _measures_satisfactory(given: Inputs, value: int) -> list[str]:
    facts: Sequence[MeasureFact] = given["measures"]
    percent, discount = given["percent"], given["discount"]
    reached = [f.measure for f in facts if counts_as_satisfactory(f, percent, discount=False)]
    counted = [f.measure for f in facts if counts_as_satisfactory(f, percent, discount=discount)]
    dropped = [measure for measure in reached if measure not in counted]
    sentences = [f"{value} of {_some(len(facts), 'measure')} reached {percent}%: {_numbers(counted)}."]
    if dropped:
        sentences.append(f"Not counted for zero performance: {_numbers(dropped)}.")
    return sentences


def _measures_verdict(given: Inputs, value: Rationale) -> list[str]:
    method, satisfactory, minimum = METHODS[given["method"]], given["satisfactory"], given["minimum"]
    sentences = [
        f"{minimum} measures must be reported for at least {method.percent}% of their eligible instances; "
        f"{_some(len(satisfactory), 'measure')} did: {_numbers(satisfactory)}."
    ]
    if given["mav"] is not None:
        outcome = "passed" if given["mav"] else "failed"
        sentences.append(
            "Fewer measures were reported, all of them satisfactorily, so measure-applicability validation "
            f"decided; it {outcome}."
        )
    return [*sentences, _outcome(value)]


def _beneficiaries_verdict(given: Inputs, value: Rationale) -> list[str]:
    groups = [f"{g.group} {g.complete}{_disregarded(g)}" for g in given["groups"]]
    return [
        f"One measures group needs {given['minimum']} beneficiaries with every applicable measure reported. "
        f"Complete: {'; '.join(groups)}.",
        _outcome(value),
    ]


def _instances_verdict(given: Inputs, value: Rationale) -> list[str]:
    groups = [f"{g.group} {g.complete} of {g.eligible}{_disregarded(g)}" for g in given["groups"]]
    return [
        f"One measures group needs at least {given['minimum']} complete instances that are at least "
        f"{given['percent']}% of its eligible ones. Complete: {'; '.join(groups)}.",
        _outcome(value),
    ]


def _disregarded(group: reporting.GroupFact) -> str:
    return " (not counted for zero performance)" if group.disregarded else ""


def _outcome(rationale: Rationale) -> str:
    return f"{'Incentive eligible' if rationale.eligible else 'Not incentive eligible'}: {rationale.text}."


def _mav(given: Inputs, value: bool) -> list[str]:
    threshold = given["threshold"]
    candidates: Sequence[mav.Candidate] = given["candidates"]
    if not candidates:
        return ["No clinically related measure was left to report, so validation passes."]
    listed = "; ".join(f"#{c.measure} {c.eligible_instances}" for c in candidates)
    end = "none reaches it, so validation passes" if value else "at least one reaches it, so validation fails"
    return [
        f"Related measures that were not reported, with their eligible instances: {listed}. "
        f"The threshold is {threshold}: {end}."
    ]


def _pqrs_incentive(given: Inputs, value: Decimal | None) -> list[str]:
    if value is None:
        return ["Not incentive eligible, so no amount is earned."]
    return [_share_of("1.0%", given["charges"], given["rate"], value)]


def _moc_incentive(given: Inputs, value: Decimal | None) -> list[str]:
    if value is None:
        return [
            "Not earned: it needs the requirements of the Maintenance of Certification Program and a "
            "satisfied reporting method of twelve months."
        ]
    return [_share_of("0.5%", given["charges_12"], given["rate"], value)]


def _share_of(percent: str, charges: Decimal, rate: Decimal, value: Decimal) -> str:
    exact = f"${(charges * rate).normalize():,f}"
    return (
        f"{percent} of {_dollars(charges)} allowed charges is {exact}, half up to cents: {_dollars(value)}."
    )


def _moc_eligible(given: Inputs, value: bool) -> list[str]:
    done = "were" if given["requirements_met"] else "were not"
    methods = [_method(code) for code in given["satisfied_12_month_methods"]]
    return [
        f"The requirements of the Maintenance of Certification Program {done} met.",
        f"Reporting methods of twelve months that were satisfied: {'; '.join(methods) or 'none'}.",
        f"Both are needed, so the incentive is {'earned' if value else 'not earned'}.",
    ]


def _sum_earned(given: Inputs, value: Decimal | None) -> list[str]:
    earned = [(name, amount) for name, amount in given["amounts"] if amount is not None]
    if value is None:
        return ["Nothing was earned, so there is no amount."]
    if len(earned) > _LONGEST_SUM:
        return [f"The sum of {len(earned)} amounts, each rounded before: {_dollars(value)}."]
    parts = " + ".join(f"{name} {_dollars(amount)}" for name, amount in earned)
    return [f"{parts} = {_dollars(value)}." if len(earned) > 1 else f"One amount was earned: {parts}."]


def _charges_shown(given: Inputs, value: Decimal) -> list[str]:
    months = given["selected_months"]
    if months is None:
        return [f"No method was selected, so the charges of the year are shown: {_dollars(value)}."]
    return [f"The selected method covers {months} months; the charges of that period were {_dollars(value)}."]


def _selected_method(given: Inputs, value: str | None) -> list[str]:
    if value is None:
        return ["No method was satisfied, so none is selected."]
    amounts = "; ".join(f"{_method(c.method)} {_dollars(c.amount)}" for c in given["candidates"])
    return [
        f"Satisfied methods and what each would pay: {amounts}.",
        "The largest amount decides; of equal ones the longer period, then EHR, then the order of methods.",
        f"Selected: {_method(value)}.",
    ]


def _selection_mark(given: Inputs, value: str) -> list[str]:
    if given["selected"] is None:
        return []
    return [f"This method is {'the' if value == 'Yes' else 'not the'} selected one."]


def _method(code: str) -> str:
    return f"{METHODS[code].label}, {METHODS[code].period}"


def _contractor_share(given: Inputs, value: Decimal | None) -> list[str]:
    if value is None:
        return ["Nothing was earned, so nothing is distributed."]
    weights: Sequence[split.Weight] = given["contractors"]
    own = next(weight.charges for weight in weights if weight.id == given["contractor"])
    return [
        f"{given['contractor']} processed {_dollars(own)} of the allowed charges of the Tax ID and pays "
        f"{_dollars(value)} of {_dollars(given['total'])}.",
        f"Shares are in proportion to the charges. A contractor whose share is below "
        f"{_dollars(given['minimum'])} pays nothing and the others share the rest; left-over cents go to the "
        "largest remainders.",
    ]


_SAY: tuple[tuple[Formula[..., Any], Callable[[Inputs, Any], list[str]]], ...] = (
    (rates.reporting_rate, _reporting_rate),
    (rates.satisfactory, _satisfactory),
    (rates.exclusions, _exclusions),
    (rates.performance_denominator, _performance_denominator),
    (rates.not_met, _not_met),
    (rates.performance_rate, _performance_rate),
    (rates.correctly_reported, _correctly_reported),
    (summary.groups_reported, _groups_reported),
    (summary.measures_reported, _measures_reported),
    (summary.measures_on_eligible, _measures_on_eligible),
    (summary.measures_satisfactory, _measures_satisfactory),
    (reporting.measures_verdict, _measures_verdict),
    (reporting.beneficiaries_verdict, _beneficiaries_verdict),
    (reporting.instances_verdict, _instances_verdict),
    (mav.mav_passes, _mav),
    (incentive.pqrs_incentive, _pqrs_incentive),
    (incentive.moc_incentive, _moc_incentive),
    (incentive.moc_eligible, _moc_eligible),
    (incentive.sum_earned, _sum_earned),
    (incentive.charges_shown, _charges_shown),
    (choice.selected_method, _selected_method),
    (choice.selection_mark, _selection_mark),
    (split.contractor_share, _contractor_share),
)

WORDING: Final[Mapping[str, Callable[[Inputs, Any], list[str]]]] = MappingProxyType(
    {formula.name: say for formula, say in _SAY}
)
"""Sentences by formula name."""
