"""Clusters of clinically related measures for measure-applicability validation (pqrs-2011 section 4).

The list that CMS used for 2011 is not public any more: every cluster is an unconfirmed default.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from mock_server.reference.pqrs_2011.tables import load_table


@dataclass(frozen=True, slots=True)
class Cluster:
    """Measures on one clinical topic."""

    id: str
    title: str
    measures: tuple[str, ...]
    confirmed: bool
    """Whether a CMS source names this cluster."""


_table = load_table("mav")

CLUSTERS: Final[tuple[Cluster, ...]] = tuple(
    Cluster(row["id"], row["title"], tuple(row["measures"]), row["confirmed"]) for row in _table["clusters"]
)
MAV_CLUSTERS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {cluster.id: frozenset(cluster.measures) for cluster in CLUSTERS}
)
"""Members by cluster id."""
MAV_EXEMPT: Final[frozenset[str]] = frozenset(_table["exempt"])
"""Broadly applicable measures, never candidates (P-MAV-5)."""
MAV_VERSION: Final[str] = _table["version"]
