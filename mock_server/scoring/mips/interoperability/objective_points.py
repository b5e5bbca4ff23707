"""What the measures of PI 2019 earn: the formulas of mips-scoring 7.2."""

from datetime import date
from typing import Final, NamedTuple

from mock_server.scoring.computed import formula
from mock_server.scoring.mips.interoperability.record import attested, has_90_days
from mock_server.scoring.mips.remembered import remembered
from mock_server.scoring.mips.rounding import ratio

REGISTRIES_REQUIRED: Final = 2


class Maxima(NamedTuple):
    """What each required measure can earn; always 100 together."""

    prescribing: int
    sending: int
    receiving: int
    access: int
    public_health: int


class PublicHealth(NamedTuple):
    """The public health objective."""

    slots: int
    """Distinct registries, further engagements and exclusions; two are required."""
    points: tuple[tuple[str, int], ...]
    """(measure id, points) of the ones that count."""
    reallocated: bool
    """Two exclusions and no yes: the points go elsewhere."""


@formula(
    "mips.pi_maxima",
    "EP 10, SEND 20, RECV 20, PEA 40, PH 10; then in this order: public health excluded PEA +10; EP excluded "
    "SEND +5, RECV +5; RECV excluded its points to SEND; SEND excluded its points to PEA",
    "M-PI-04",
)
def pi_maxima(
    *,
    public_health_excluded: bool,
    prescribing_excluded: bool,
    receiving_excluded: bool,
    sending_excluded: bool,
) -> Maxima:
    """Where the points of excluded measures go."""
    prescribing, sending, receiving, access, public_health = 10, 20, 20, 40, 10
    if public_health_excluded:
        access, public_health = access + public_health, 0
    if prescribing_excluded:
        half = prescribing // 2
        sending, receiving, prescribing = sending + half, receiving + half, 0
    if receiving_excluded:
        sending, receiving = sending + receiving, 0
    if sending_excluded:
        access, sending = access + sending, 0
    return Maxima(prescribing, sending, receiving, access, public_health)


@formula(
    "mips.pi_points",
    "R0(maximum * numerator / denominator), at least 1 with a numerator of 1 or more",
    "M-PI-06",
)
def pi_points(*, numerator: int, denominator: int, maximum: int) -> int:
    """Points of a required proportion measure."""
    if not numerator or not maximum:
        return 0
    return max(1, int(ratio(maximum * numerator, denominator, 0)))


@formula(
    "mips.public_health",
    "two or more yes: 5 + 5 on the first two; one yes and an exclusion: 10 on the yes; else none",
    "M-PI-05",
)
def public_health(*, reported: tuple[str, ...], excluded: tuple[str, ...], points: int) -> PublicHealth:
    """The public health objective; `reported` in the order of the registries, each with its further one."""
    slots = len(reported) + len(excluded)
    if len(reported) >= REGISTRIES_REQUIRED:
        half = points // REGISTRIES_REQUIRED
        return PublicHealth(slots, tuple((id_, half) for id_ in reported[:REGISTRIES_REQUIRED]), False)
    if reported and excluded:
        return PublicHealth(slots, ((reported[0], points),), False)
    return PublicHealth(slots, (), not reported and len(excluded) >= REGISTRIES_REQUIRED)


@formula("mips.registry_share", "its share of the public health points", "M-PI-05")
def registry_share(*, shares: tuple[tuple[str, int], ...], measure_id: str) -> int:
    """Points of one public health measure."""
    return dict(shares).get(measure_id, 0)


@formula("mips.pi_bonus", "bonus if true, or with a numerator of 1 or more", "M-PI-07")
def pi_bonus(*, reported: bool, bonus: int) -> int:
    """Points of a bonus measure."""
    return bonus if reported else 0


@formula("mips.incomplete_pi", "0: something that the category requires is missing", "M-PI-01")
def incomplete_pi(*, missing: tuple[str, ...]) -> int:
    """Points of any measure while the category is incomplete."""
    return 0


@formula("mips.objective_points", "sum of the points of its measures", "M-PI-08")
def objective_points(*, measures: tuple[tuple[str, int], ...]) -> int:
    """Points of an objective."""
    return sum(points for _, points in measures)


@formula(
    "mips.pi_period",
    "at least 90 days from start to end, both counted, inside the year",
    "M-PI-01",
    "M-ACI-04",
)
def pi_period(*, start: date | None, end: date | None, year: int) -> bool:
    """Whether the performance period is long enough."""
    return has_90_days(start=start, end=end, year=year)


@formula("mips.pi_attested", "both attestations and the risk analysis are true", "M-PI-01")
def pi_attested(*, required: tuple[str, ...], true: tuple[str, ...]) -> bool:
    """Whether the required answers are yes."""
    return attested(required=required, true=true)


@formula("mips.nothing_missing", "every requirement is met or excluded", "M-PI-01")
def nothing_missing(*, missing: tuple[str, ...]) -> bool:
    """Whether the category is complete."""
    return not missing


@formula(
    "mips.pi_percent", "min(100, sum of the points and bonuses); 0 while incomplete", "M-PI-08", "M-PI-01"
)
def pi_percent(*, complete: bool, objectives: tuple[tuple[str, int], ...]) -> int:
    """Percent of the set."""
    return min(100, sum(points for _, points in objectives)) if complete else 0


pi_maxima_of: Final = remembered(pi_maxima)
pi_bonus_of: Final = remembered(pi_bonus)
nothing_missing_of: Final = remembered(nothing_missing)
registry_share_of: Final = remembered(registry_share)
