"""Who reports to MIPS at which level in which year: told for the named organizations, drawn for the others.

What 11.3, 12.1, 13.2 and 15 of portal-flow lay down stands in the tables: who took no part, whose
participation is voluntary, who sends only the category that its APM entity does not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from mock_server.scenario.organizations import Organization
from mock_server.scenario.stream import HashStream

YEARS: Final = (2017, 2018, 2019)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporting:
    """The levels at which a practice reports in one year."""

    group: bool = False
    everyone: bool = False
    """Each clinician reports individually."""
    some: frozenset[str] = frozenset()
    """NPIs of those who do, where not everyone does."""
    only_pi: bool = False
    """The rest is the business of an APM entity (11.10)."""
    voluntary: bool = False
    """Exempt, or elected so: scored without payment adjustment (M-FIN-08)."""
    calculated: bool = False
    """Nothing is sent, but the agency computes cost measures of the clinicians."""

    def individually(self, npi: str) -> bool:
        """Whether that clinician's own data exist."""
        return self.everyone or npi in self.some


NOTHING: Final = Reporting()
_GROUP: Final = Reporting(group=True)
_ONLY_PI: Final = Reporting(group=True, only_pi=True)
_ALONE: Final = Reporting(everyone=True)
_ALDER: Final = Reporting(group=True, some=frozenset(("0999010016", "0999010115", "0999010123")))
"""Rowan Alder, Felix Teasel and Gilda Mallow of O-01 report individually besides the group."""
_VOLUNTARY: Final = Reporting(group=True, voluntary=True)


def _always(reporting: Reporting) -> Mapping[int, Reporting]:
    return dict.fromkeys(YEARS, reporting)


_NAMED: Final[Mapping[str, Mapping[int, Reporting]]] = MappingProxyType(
    {
        "O-01": _always(_ALDER),
        "O-02": _always(_ALONE),
        "O-03": _always(_ONLY_PI),
        # Exempt in 2018 by its patients; in 2019 nothing may be sent before an election (P-ELEC-04).
        "O-04": {2017: _GROUP, 2018: _VOLUNTARY},
        "O-05": _always(_GROUP),
        # Therapists count from 2019 (11.3); then the group is exempt by volume.
        "O-06": {2019: _VOLUNTARY},
        "O-07": _always(_GROUP),
        "O-08": {2017: _GROUP},
        "O-09": _always(_ONLY_PI),
        "O-10": _always(_GROUP),
        "O-11": {2018: _ONLY_PI, 2019: _ONLY_PI},
        "O-12": _always(_ONLY_PI),
        "O-13": {2018: _GROUP, 2019: _GROUP},
        "O-14": _always(_ALONE),
    }
)

_DRAWN: Final[tuple[tuple[int, Reporting], ...]] = (
    (46, _GROUP),
    (30, _ALONE),
    (9, Reporting(group=True, everyone=True)),
    (5, _VOLUNTARY),
    (6, Reporting(calculated=True)),
    (4, NOTHING),
)
"""For the generated directory, by weight."""


def reporting(practice: Organization, year: int) -> Reporting:
    """How a practice reports in a year of `YEARS`; O-08 and O-09 besides through their virtual group."""
    named = _NAMED.get(practice.key)
    if named is not None:
        return named.get(year, NOTHING)
    if practice.clinicians_in(year) == 0:
        return NOTHING
    return HashStream("mips-reporting", practice.tin or practice.key, str(year)).weighted(_DRAWN)
