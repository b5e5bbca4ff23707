"""Score a practice record (pqrs-2011 sections 3 to 5): each professional alone, then the TIN's totals.

Individual participation only: the group options are engines of their own, not branches of this one.
"""

from collections.abc import Sequence
from decimal import Decimal
from types import MappingProxyType

from mock_server.reference.pqrs_2011.constants import MINIMUM_CONTRACTOR_PAYMENT, MOC_RATE, PQRS_RATE
from mock_server.reference.pqrs_2011.methods import METHODS, Method
from mock_server.scoring.computed import Computed
from mock_server.scoring.pqrs import incentive
from mock_server.scoring.pqrs.choice import Payable, selected_method
from mock_server.scoring.pqrs.order import by_group, by_measure, by_method
from mock_server.scoring.pqrs.record import (
    Attempt,
    GroupCounts,
    MeasureCounts,
    Participation,
    Practice,
    Professional,
    ZeroPerformanceDiscount,
)
from mock_server.scoring.pqrs.reporting import GroupFact, is_disregarded, judge_groups, judge_measures
from mock_server.scoring.pqrs.result import (
    AttemptResult,
    ContractorShare,
    GroupResult,
    MeasureResult,
    PracticeResult,
    ProfessionalResult,
    Totals,
)
from mock_server.scoring.pqrs.split import Weight, distribute

DEFAULT_SWITCHES = ZeroPerformanceDiscount()


class ParticipationNotBuilt(Exception):  # noqa: N818
    """The engine has no procedure for this participation yet (GPRO I, GPRO II)."""

    def __init__(self, participation: Participation) -> None:
        super().__init__(f"No engine scores the participation {participation} yet.")
        self.participation = participation


def score_practice(practice: Practice) -> PracticeResult:
    """Score a whole TIN.

    Raises `ParticipationNotBuilt` for a group option. The order of rows has no influence (P-JSON-3).
    """
    if practice.participation != "individual":
        raise ParticipationNotBuilt(practice.participation)
    switches = practice.zero_performance_discount
    scored = [score_professional(p, switches) for p in sorted(practice.professionals, key=lambda p: p.npi)]
    with_attempts = tuple(result for result in scored if result.attempts)
    totals = _totals(with_attempts)
    return PracticeResult(
        practice=practice,
        professionals=with_attempts,
        moc_participants=tuple(r for r in scored if with_attempts and r.moc_eligible is not None),
        totals=totals,
        distribution=_distribution(practice, totals) if with_attempts else (),
        national_means=MappingProxyType(
            {(m.measure, m.mechanism, m.months): m.mean_percent for m in practice.national_means}
        ),
    )


def score_professional(
    professional: Professional, switches: ZeroPerformanceDiscount = DEFAULT_SWITCHES
) -> ProfessionalResult:
    """Score one TIN/NPI; nothing of another professional has any influence (P-SR-1, P-DM-2)."""
    ordered = sorted(professional.attempts, key=lambda attempt: by_method(attempt.method))
    attempts = tuple(_score_attempt(attempt, professional, switches) for attempt in ordered)
    selected = selected_method.of(
        candidates=tuple(
            Payable(a.method.code, a.incentive.value) for a in attempts if a.incentive.value is not None
        )
    )
    chosen = next((a for a in attempts if a.method.code == selected.value), None)
    pqrs = chosen.incentive if chosen else _pqrs(False, professional.charges_12)
    moc_eligible = _moc_eligible(professional, attempts)
    moc = incentive.moc_incentive.of(
        eligible=moc_eligible is not None and moc_eligible.value,
        rate=MOC_RATE,
        charges_12=professional.charges_12,
    )
    return ProfessionalResult(
        professional=professional,
        attempts=attempts,
        selected=selected,
        pqrs=pqrs,
        moc_eligible=moc_eligible,
        moc=moc,
        total=incentive.sum_earned.of(amounts=(("PQRS", pqrs.value), ("MOC", moc.value))),
        charges_shown=incentive.charges_shown.of(
            selected_months=chosen.method.months if chosen else None,
            charges_12=professional.charges_12,
            charges_6=professional.charges_6,
        ),
    )


def _score_attempt(
    attempt: Attempt, professional: Professional, switches: ZeroPerformanceDiscount
) -> AttemptResult:
    method = METHODS[attempt.method]
    discount: bool = getattr(switches, method.mechanism)
    measures = _measure_results([m for m in attempt.measures if m.has_quality_data], method)
    groups = _group_results(attempt.groups, method)
    if method.groups:
        verdict = judge_groups(method, [_group_fact(group, discount=discount) for group in groups])
    else:
        eligible = _eligible_instances(attempt, professional, method)
        verdict = judge_measures(method, [m.fact for m in measures], eligible, discount=discount)
    charges = professional.charges_12 if method.months == 12 else professional.charges_6
    return AttemptResult(
        attempt=attempt,
        method=method,
        charges=charges,
        measures=measures,
        groups=groups,
        discount=discount,
        verdict=verdict.rationale,
        mav=verdict.mav,
        incentive=_pqrs(verdict.rationale.value.eligible, charges),
    )


def _measure_results(measures: Sequence[MeasureCounts], method: Method) -> tuple[MeasureResult, ...]:
    ordered = sorted(measures, key=lambda counts: by_measure(counts.measure))
    return tuple(MeasureResult(counts, method.percent) for counts in ordered)


def _group_results(groups: Sequence[GroupCounts], method: Method) -> tuple[GroupResult, ...]:
    reported = sorted((g for g in groups if g.is_reported), key=lambda counts: by_group(counts.group))
    return tuple(GroupResult(counts, _measure_results(counts.members, method)) for counts in reported)


def _group_fact(group: GroupResult, *, discount: bool) -> GroupFact:
    disregarded = is_disregarded([member.fact for member in group.members], discount=discount)
    return GroupFact(group.group, group.counts.complete, group.counts.eligible, disregarded)


def _eligible_instances(attempt: Attempt, professional: Professional, method: Method) -> dict[str, int]:
    """Eligible instances by measure in the attempt's period, the given ones first (P-MAV-4)."""
    counted = {m.measure: m.eligible_instances for m in attempt.measures}
    given = {e.measure: e.count for e in professional.eligible_by_measure if e.months == method.months}
    return counted | given


def _pqrs(eligible: bool, charges: Decimal) -> Computed[Decimal | None]:
    return incentive.pqrs_incentive.of(eligible=eligible, rate=PQRS_RATE, charges=charges)


def _moc_eligible(professional: Professional, attempts: Sequence[AttemptResult]) -> Computed[bool] | None:
    if professional.moc_requirements_met is None:
        return None
    return incentive.moc_eligible.of(
        requirements_met=professional.moc_requirements_met,
        satisfied_12_month_methods=tuple(
            a.method.code for a in attempts if a.eligible and a.method.months == 12
        ),
    )


def _totals(professionals: Sequence[ProfessionalResult]) -> Totals:
    pqrs = incentive.sum_earned.of(amounts=tuple((p.npi, p.pqrs.value) for p in professionals))
    moc = incentive.sum_earned.of(amounts=tuple((p.npi, p.moc.value) for p in professionals))
    total = incentive.sum_earned.of(amounts=(("PQRS", pqrs.value), ("MOC", moc.value)))
    return Totals(pqrs, moc, total)


def _distribution(practice: Practice, totals: Totals) -> tuple[ContractorShare, ...]:
    weights = [Weight(contractor.id, contractor.charges_12) for contractor in practice.contractors]
    shares = distribute(totals.total.value, MINIMUM_CONTRACTOR_PAYMENT, weights)
    return tuple(ContractorShare(contractor, amount) for contractor, amount in shares)
