"""What the measures of ACI 2017 and PI 2018 earn: the formulas of mips-scoring 6.2."""

from typing import Final

from mock_server.scoring.computed import formula
from mock_server.scoring.mips.interoperability.tables import PERFORMANCE_CAP
from mock_server.scoring.mips.remembered import remembered
from mock_server.scoring.mips.rounding import ratio

_TENTHS: Final = 10


@formula(
    "mips.performance_points",
    "0 for numerator 0; else ceil(max(1, R0(100 * numerator / denominator)) / 10) * weight / 10",
    "M-ACI-07",
)
def performance_points(*, numerator: int, denominator: int, weight: int) -> int:
    """Points of a proportion measure, one tenth of its weight for each begun tenth of the rate."""
    if not numerator:
        return 0
    percent = max(1, int(ratio(100 * numerator, denominator, 0)))
    return -(-percent // _TENTHS) * weight // _TENTHS


@formula("mips.reported_points", "weight if reported, else 0", "M-ACI-08", "M-ACI-09")
def reported_points(*, reported: bool, weight: int) -> int:
    """Points of a yes/no measure."""
    return weight if reported else 0


@formula(
    "mips.further_registry",
    "0 of weight: not reported, or registries that come first earned the points",
    "M-ACI-08",
    "M-ACI-09",
)
def further_registry(*, weight: int) -> int:
    """Points of a registry measure that is not needed any more."""
    return 0


@formula(
    "mips.substituted",
    "0: a measure that stands for it earns more, or as much with the 2015 edition",
    "M-ACI-05",
)
def substituted(*, better: tuple[str, ...]) -> int:
    """Points of a measure whose substitute counts."""
    return 0


@formula(
    "mips.incomplete_base",
    "0: period, attestations and base score have to be complete first",
    "M-ACI-01",
    "M-ACI-02",
    "M-ACI-04",
)
def incomplete_base(*, missing: tuple[str, ...]) -> int:
    """Points of any measure while the base score is incomplete."""
    return 0


@formula(
    "mips.base_met",
    "each requirement of the base score has a measure with a numerator of 1 or more, a yes or an exclusion",
    "M-ACI-02",
    "M-ACI-03",
)
def base_met(*, gaps: tuple[str, ...]) -> bool:
    """Whether no requirement is open."""
    return not gaps


@formula(
    "mips.edition_bonus",
    "the year's bonus if the certification id shows the 2015 edition and no transition measure is in the set",
    "M-ACI-10",
)
def edition_bonus(*, bonus: int, edition_2015: bool, has_transition: bool) -> int:
    """Bonus for technology of the 2015 edition alone."""
    return bonus if edition_2015 and not has_transition else 0


@formula("mips.part_points", "sum of the points of its measures + constant", "M-ACI-14", "M-ACI-02")
def part_points(*, measures: tuple[tuple[str, int], ...], constant: int) -> int:
    """Points of a group of the tree."""
    return sum(points for _, points in measures) + constant


@formula(
    "mips.performance_part_points",
    "min(sum of the points of its measures, 90 - performance points of the base measures)",
    "M-ACI-06",
    "M-ACI-14",
)
def performance_part_points(*, measures: tuple[tuple[str, int], ...], in_base: int) -> int:
    """Points of the performance group: all performance points together are at most 90."""
    return min(sum(points for _, points in measures), PERFORMANCE_CAP - in_base)


@formula(
    "mips.aci_percent",
    "min(100, base + performance + bonuses); 0 if a check fails",
    "M-ACI-12",
    "M-ACI-01",
    "M-ACI-02",
    "M-ACI-04",
)
def aci_percent(*, complete: bool, parts: tuple[tuple[str, int], ...]) -> int:
    """Percent of the set."""
    return min(100, sum(points for _, points in parts)) if complete else 0


reported_points_of: Final = remembered(reported_points)
further_registry_of: Final = remembered(further_registry)
