"""Group practice reporting: GPRO I measures and modules (pqrs-2011 9.3, 9.4), GPRO II tiers (3.7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from mock_server.reference.pqrs_2011.tables import load_table


@dataclass(frozen=True, slots=True)
class Tier:
    """A GPRO II group size tier and what it demands."""

    title: str
    smallest: int
    """Fewest eligible professionals."""
    largest: int
    measures: int
    groups: int
    instances: int
    """Eligible instances per measures group."""


_table = load_table("gpro")

GPRO1_MEASURES: Final[Mapping[str, str]] = MappingProxyType(
    {row["id"]: row["title"] for row in _table["measures"]}
)
"""Title by id, in the order of Table 4 (P-T-15)."""
GPRO1_MODULES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {row["title"]: tuple(row["measures"]) for row in _table["modules"]}
)
"""Measures by module title, in the order of Table 1 (P-T-14)."""
GPRO2_TIERS: Final[Mapping[str, Tier]] = MappingProxyType(
    {
        tier.title: tier
        for tier in (
            Tier("2-10", 2, 10, 3, 1, 35),
            Tier("11-25", 11, 25, 3, 1, 50),
            Tier("26-50", 26, 50, 4, 2, 50),
            Tier("51-100", 51, 100, 5, 3, 60),
            Tier("101-199", 101, 199, 6, 4, 100),
        )
    }
)
"""Tier by title."""


def tier_of(ep_count: int) -> Tier | None:
    """Tier of a group of `ep_count` professionals; `None` outside 2 to 199."""
    return next((t for t in GPRO2_TIERS.values() if t.smallest <= ep_count <= t.largest), None)
