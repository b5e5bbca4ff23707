"""Which categories are scored, and the weights that follow (mips-scoring section 1, M-APM-01, M-APM-02).

Data win: a category with data is scored whatever would have excused it, cost apart. Submitting nothing is no
excuse by itself.
"""

from typing import Final

from msgspec import Struct

from mock_server.scoring.computed import Computed, formula
from mock_server.scoring.mips.case import Case
from mock_server.scoring.mips.profile import Circumstances, MipsApm
from mock_server.scoring.mips.remembered import remembered
from mock_server.scoring.mips.rules import SLOTS, Slot, Weights
from mock_server.scoring.mips.years import RULES

_EVERYTHING: Final = Circumstances(quality=True, pi=True, ia=True, cost=True)
_COVERED_UP_TO: Final = 1  # categories with data that still leave an individual covered (M-WGT-07)


class Presence(Struct, frozen=True, kw_only=True):
    """For which categories there are data (M-WGT-04), and whether cost can be scored (M-WGT-05)."""

    quality: bool
    pi: bool
    ia: bool
    cost_scorable: bool
    pi_all_reweighted: bool = False
    """Every participant of an APM entity's roll-up is (M-APM-02)."""

    @property
    def count(self) -> int:
        """Categories with data."""
        return self.quality + self.pi + self.ia

    @property
    def any(self) -> bool:
        """Whether there are data at all."""
        return self.quality or self.pi or self.ia


@formula(
    "mips.not_scored",
    "cost if it cannot be scored or is covered; PI if reweighted or covered, without data; quality and "
    "activities if covered, without data",
    "M-WGT-01",
    "M-WGT-04",
    "M-WGT-05",
    "M-WGT-06",
    "M-WGT-07",
    "M-PI-10",
)
def not_scored(
    *,
    covered: tuple[str, ...],
    with_data: tuple[str, ...],
    cost_counts: bool,
    pi_reweighted: bool,
) -> tuple[str, ...]:
    """Categories that get no weight; `covered` by extreme and uncontrollable circumstances."""
    excused = set(covered) | ({"pi"} if pi_reweighted else set())
    left = excused - set(with_data) - {"cost"}
    if not cost_counts or "cost" in covered:
        left.add("cost")
    return tuple(slot for slot in SLOTS if slot in left)


@formula(
    "mips.category_weights",
    "row of the year's table for the categories that are not scored; none if fewer than two would count",
    "M-WGT-02",
    "M-WGT-03",
)
def category_weights(*, year: int, not_scored: tuple[str, ...]) -> Weights | None:
    """Weights in percent; `None` where the final score is the threshold."""
    return RULES[year].weights[frozenset(not_scored)]


@formula(
    "mips.apm_weights",
    "row of the APM scoring standard for the categories that are not scored",
    "M-APM-01",
    "M-APM-02",
    "M-WGT-03",
)
def apm_weights(*, year: int, apm: MipsApm, not_scored: tuple[str, ...]) -> Weights | None:
    """As `category_weights`, under the APM scoring standard."""
    return RULES[year].apm_weights[apm][frozenset(not_scored) & {"quality", "pi"}]


not_scored_of: Final = remembered(not_scored)
category_weights_of: Final = remembered(category_weights)


class Weighing(Struct, frozen=True, kw_only=True):
    """The weights and how they came about."""

    not_scored: Computed[tuple[str, ...]]
    weights: Computed[Weights | None]
    """`None`: the final score is the threshold (M-WGT-03)."""
    waits_for_web_interface: bool = False
    """Nothing but an unfinished Web Interface set: quality is shown as 0 of its weight (M-WGT-09)."""

    def of(self, slot: Slot) -> int:
        """Weight of a category in percent; 0 for all under M-WGT-03."""
        return 0 if self.weights.value is None else self.weights.value.of(slot)


def weigh(case: Case, presence: Presence) -> Weighing:
    """The weights for what was submitted."""
    waits = _waits_for_web_interface(case, presence)
    left = not_scored_of(
        covered=_covered(case, presence),
        with_data=tuple(slot for slot in ("quality", "ia", "pi") if getattr(presence, slot)),
        cost_counts=presence.cost_scorable or waits or _is_reserved(case),
        pi_reweighted=presence.pi_all_reweighted or _is_pi_reweighted(case),
    )
    return _weighing(case, left, waits=waits)


def weigh_with_facility(case: Case, own: Weighing) -> Weighing:
    """The weights once a facility's quality and cost count (M-FIN-09)."""
    inputs = dict(own.not_scored.inputs)
    covered = tuple(slot for slot in inputs["covered"] if slot not in ("quality", "cost"))
    left = not_scored_of(
        covered=covered,
        with_data=inputs["with_data"],
        cost_counts=True,
        pi_reweighted=inputs["pi_reweighted"],
    )
    return _weighing(case, left, waits=False)


def _weighing(case: Case, left: Computed[tuple[str, ...]], *, waits: bool) -> Weighing:
    year = case.rules.year
    weights = (
        apm_weights.of(year=year, apm=case.profile.mips_apm, not_scored=left.value)
        if case.under_apm_standard
        else category_weights_of(year=year, not_scored=left.value)
    )
    return Weighing(not_scored=left, weights=weights, waits_for_web_interface=waits)


def _is_pi_reweighted(case: Case) -> bool:
    """A roll-up answers for its participants; else the entity's own flags do (M-APM-02)."""
    rolled_up = case.under_apm_standard and bool(case.profile.apm_pi_participants)
    return case.profile.is_pi_reweighted and not rolled_up


def _covered(case: Case, presence: Presence) -> tuple[str, ...]:
    """Categories that extreme and uncontrollable circumstances cover (M-WGT-07)."""
    euc = case.profile.euc
    automatic = (
        case.rules.covid_option
        and case.profile.settings.covid2019
        and case.submission.entity_type == "individual"
        and not case.under_apm_standard
        and presence.count <= _COVERED_UP_TO
    )
    if automatic:
        euc = _EVERYTHING
    return tuple(slot for slot in SLOTS if getattr(euc, slot))


def _waits_for_web_interface(case: Case, presence: Presence) -> bool:
    profile = case.profile
    unfinished = profile.wi_registered and not profile.wi_complete
    return not case.is_final and unfinished and not presence.any


def _is_reserved(case: Case) -> bool:
    """Whether the weight of cost is kept back in preliminary mode (M-WGT-09)."""
    return not case.is_final and case.profile.settings.preliminary_cost == "reserve"
