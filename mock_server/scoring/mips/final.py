"""From category percents to the final score: bonuses and the facility variant (mips-scoring section 11)."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

from msgspec import Struct

from mock_server.scoring.computed import Computed, formula
from mock_server.scoring.mips.case import Case
from mock_server.scoring.mips.profile import Facility
from mock_server.scoring.mips.rounding import ZERO, rounded
from mock_server.scoring.mips.rules import SLOTS, Slot
from mock_server.scoring.mips.weights import Weighing, weigh_with_facility

COMPLEX_PATIENT_CAP: Final = 5
_DUAL_FACTOR: Final = 5
_NONE: Final = Fraction(0)
_FULL: Final = Fraction(100)


@formula("mips.weighted_score", "weight * percent / 100", "M-FIN-01")
def weighted_score(*, weight: int, percent: Fraction) -> Fraction:
    """What a category contributes to the final score."""
    return Fraction(weight * percent.numerator, 100 * percent.denominator) if weight else _NONE


@formula("mips.nothing_scored", "0: nothing can be scored, or the sets contradict each other", "M-WGT-01")
def nothing_scored(*, contradiction: bool) -> Fraction:
    """Percent of a category without a score of its own."""
    return Fraction(0)


@formula("mips.facility_percent", "the facility's percent", "M-FIN-09")
def facility_percent(*, percent: Fraction) -> Fraction:
    """Percent of quality or cost that a facility's score replaces."""
    return percent


@formula(
    "mips.small_practice_final_bonus",
    "the year's bonus for a small practice with data in at least one category",
    "M-FIN-02",
    "M-FIN-04",
)
def small_practice_final_bonus(*, small_practice: bool, any_data: bool, bonus: int) -> Decimal:
    """Points on the final score."""
    return Decimal(bonus) if small_practice and any_data else ZERO


@formula(
    "mips.complex_patient_bonus",
    "R2(min(5, hcc_average + 5 * dual_ratio)); a missing one counts 0; with data in at least one category",
    "M-FIN-03",
)
def complex_patient_bonus(
    *, hcc_average: Decimal | None, dual_ratio: Decimal | None, any_data: bool
) -> Decimal:
    """Points for a practice whose patients are sicker or poorer."""
    if not any_data or (hcc_average is None and dual_ratio is None):
        return ZERO
    sum_ = (hcc_average or ZERO) + _DUAL_FACTOR * (dual_ratio or ZERO)
    return rounded(min(Decimal(COMPLEX_PATIENT_CAP), sum_), 2)


def beneficiary_mean(members: Iterable[tuple[Decimal, int]]) -> Decimal | None:
    """Mean of (average or ratio, beneficiaries) for a virtual group or an APM entity (M-FIN-03).

    `None` without beneficiaries; the quotient has the 28 digits of a decimal, R2 comes later.
    """
    known = [(figure, count) for figure, count in members if count]
    total = sum(count for _, count in known)
    return sum((figure * count for figure, count in known), ZERO) / total if total else None


@formula("mips.total_score", "min(100, sum of the weighted scores + bonuses)", "M-FIN-05", "M-TREE-02")
def total_score(*, weighted: tuple[tuple[str, Fraction], ...], bonuses: Decimal) -> Fraction:
    """The score before it is rounded."""
    parts = [points for _, points in weighted if points]
    if bonuses:
        parts.append(Fraction(bonuses))
    return min(_FULL, sum(parts, _NONE))


@formula(
    "mips.threshold_score",
    "the performance threshold, because fewer than two categories have a weight",
    "M-WGT-03",
    "M-FIN-06",
)
def threshold_score(*, threshold: Decimal) -> Fraction:
    """The score where there is too little to score."""
    return Fraction(threshold)


@formula("mips.final_score", "R2(total)", "M-FIN-05", "M-GEN-02")
def final_score(*, total: Fraction) -> Decimal:
    """What is published and decides about payment."""
    return rounded(total, 2)


@formula("mips.sum_of_bonuses", "sum of the bonuses", "M-FIN-02", "M-FIN-03", "M-FIN-04")
def sum_of_bonuses(*, bonuses: tuple[tuple[str, Decimal], ...]) -> Decimal:
    """All bonuses on the final score."""
    return sum((points for _, points in bonuses), ZERO)


class Bonus(Struct, frozen=True, kw_only=True):
    """A bonus on the final score."""

    name: str
    title: str
    points: Computed[Decimal]


class Total(Struct, frozen=True, kw_only=True):
    """One way to add the categories up."""

    weighing: Weighing
    percents: Mapping[Slot, Fraction]
    weighted: Mapping[Slot, Computed[Fraction]]
    facility: Facility | None
    """Whose quality and cost count, if not one's own (M-FIN-09)."""

    @property
    def is_threshold(self) -> bool:
        """Whether the final score is the threshold (M-WGT-03)."""
        return self.weighing.weights.value is None

    @property
    def sum(self) -> Fraction:
        """Of the four weighted scores."""
        return sum((figure.value for figure in self.weighted.values()), Fraction(0))


def add_up(case: Case, weighing: Weighing, percents: Mapping[Slot, Fraction]) -> Total:
    """The better of one's own data and a facility's (M-FIN-09)."""
    own = _total(weighing, percents, None)
    facility = case.profile.facility
    if not (case.rules.facility_based and case.is_final) or facility is None or case.under_apm_standard:
        return own
    theirs: dict[Slot, Fraction] = {
        **percents,
        "quality": Fraction(facility.quality_percent),
        "cost": Fraction(facility.cost_percent),
    }
    other = _total(weigh_with_facility(case, weighing), theirs, facility)
    if own.is_threshold or other.is_threshold:
        return other if own.is_threshold and not other.is_threshold else own
    return other if other.sum > own.sum else own


def _total(weighing: Weighing, percents: Mapping[Slot, Fraction], facility: Facility | None) -> Total:
    weighted = {slot: weighted_score.of(weight=weighing.of(slot), percent=percents[slot]) for slot in SLOTS}
    return Total(weighing=weighing, percents=percents, weighted=weighted, facility=facility)


def bonuses_of(case: Case, total: Total, *, any_data: bool) -> tuple[Bonus, ...]:
    """Bonuses on the final score; none in preliminary mode and none on top of the threshold (M-FIN-06)."""
    if not case.is_final or total.is_threshold:
        return ()
    profile = case.profile
    found: list[Bonus] = []
    if case.rules.small_practice_final_bonus:
        points = small_practice_final_bonus.of(
            small_practice=profile.small_practice,
            any_data=any_data,
            bonus=case.rules.small_practice_final_bonus,
        )
        found.append(Bonus(name="smallPracticeBonus", title="Small practice bonus", points=points))
    if case.rules.complex_patient_bonus:
        complex_ = complex_patient_bonus.of(
            hcc_average=profile.hcc_average, dual_ratio=profile.dual_ratio, any_data=any_data
        )
        found.append(Bonus(name="complexPatientBonus", title="Complex patient bonus", points=complex_))
    return tuple(found)


def total_of(case: Case, total: Total, bonuses: Computed[Decimal]) -> Computed[Fraction]:
    """The unrounded score."""
    if total.is_threshold:
        return threshold_score.of(threshold=case.rules.payment.threshold)
    return total_score.of(
        weighted=tuple((slot, figure.value) for slot, figure in total.weighted.items()),
        bonuses=bonuses.value,
    )
