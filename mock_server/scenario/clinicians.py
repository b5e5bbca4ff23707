"""The invented clinicians of the demo nation (portal-flow 13.3) and who of them billed in a year.

Only those of O-01 have names and circumstances of their own: they cover every eligibility status of
performance year 2019. Everyone else follows one rule (NPI `0999`, organization number, running number, check
digit) and has no name. Virtual groups, entities and registries list members, not clinicians.

    roster("O-01", 2011) -> ten clinicians: two of the twelve did not bill yet
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from mock_server.scenario.identifiers import invented_npi
from mock_server.scenario.organizations import ORGANIZATIONS, Volumes, volume

ClinicianType = Literal["MD", "DO", "NP", "PA", "PT", "CRNA", "clinical social worker"]

ApmStatus = Literal["QP", "partial QP"]
"""Qualifying APM Participant, or partially so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clinician:
    """One clinician at one practice (the unit TIN/NPI)."""

    npi: str
    """Ten digits; invented, so the first is 0."""
    name: str | None = None
    clinician_type: ClinicianType | None = None
    bills_from: date | None = None
    """First day of claims under this TIN; None: before every year of the portal."""
    bills_until: date | None = None
    """Last day of claims under this TIN; None: still there."""
    enrolled_on: date | None = None
    """First Medicare enrolment, where it matters; None: long ago."""
    volumes_2019: Volumes = (None, None)
    apm_status: ApmStatus | None = None

    def bills_in(self, year: int) -> bool:
        """Whether any claim of that calendar year falls under this TIN."""
        begun = self.bills_from is None or self.bills_from.year <= year
        return begun and (self.bills_until is None or year <= self.bills_until.year)


def _npi(org_number: int, clinician_number: int) -> str:
    return invented_npi(f"0999{org_number:02d}{clinician_number:03d}")


def _of_o01(
    number: int,
    name: str,
    clinician_type: ClinicianType,
    volumes: Volumes = (None, None),
    *,
    bills_from: date | None = None,
    bills_until: date | None = None,
    enrolled_on: date | None = None,
    apm_status: ApmStatus | None = None,
) -> Clinician:
    return Clinician(
        npi=_npi(1, number),
        name=name,
        clinician_type=clinician_type,
        bills_from=bills_from or enrolled_on,
        bills_until=bills_until,
        enrolled_on=enrolled_on,
        volumes_2019=volumes,
        apm_status=apm_status,
    )


_QUINCE = volume("110000", 260, 700)
_TANSY = volume("140000", 350, 700)
_BURNET = volume("125000", 330, 610)
_TEASEL = volume("200000", 400, 800)

_O01 = (
    _of_o01(1, "Rowan Alder", "MD", (volume("120000", 310, 640), volume("118500", 305, 610))),
    _of_o01(2, "Maya Fennel", "NP", (volume("90000", 250, 300), volume("95000", 260, 310))),
    _of_o01(3, "Tobias Sorrel", "PA", (volume("42000", 120, 150), volume("41000", 118, 149))),
    _of_o01(4, "Lena Yarrow", "MD", (None, volume("95000", 240, 260)), enrolled_on=date(2019, 3, 1)),
    _of_o01(5, "Otis Bramble", "PT", (volume("101000", 230, 900), volume("99000", 225, 870))),
    _of_o01(6, "Nora Quince", "clinical social worker", (_QUINCE, _QUINCE)),
    _of_o01(
        7,
        "Pavel Rush",
        "MD",
        (volume("130000", 300, 500), volume("92000", 210, 310)),
        bills_until=date(2019, 5, 31),
    ),
    _of_o01(8, "Iris Clover", "MD", bills_from=date(2019, 11, 4)),
    _of_o01(9, "Hugo Tansy", "MD", (_TANSY, _TANSY), apm_status="QP"),
    _of_o01(10, "Edda Burnet", "MD", (_BURNET, _BURNET), apm_status="partial QP"),
    _of_o01(11, "Felix Teasel", "DO", (_TEASEL, _TEASEL)),
    _of_o01(12, "Gilda Mallow", "CRNA", (volume("200000", 201, 201), volume("90000.01", 201, 201))),
)


@cache
def clinicians(org_key: str) -> tuple[Clinician, ...]:
    """All clinicians of an organization of 13.2, by running number; empty for types without clinicians."""
    if org_key == "O-01":
        return _O01
    organization = ORGANIZATIONS[org_key]
    if organization.tin is None:
        return ()
    first = organization.first_billed
    return tuple(
        Clinician(npi=_npi(int(org_key[2:]), number), bills_from=None if first is None else date(first, 1, 1))
        for number in range(1, organization.clinician_count + 1)
    )


def roster(org_key: str, year: int) -> tuple[Clinician, ...]:
    """The clinicians of an organization of 13.2 with claims under its TIN in that year."""
    return tuple(clinician for clinician in clinicians(org_key) if clinician.bills_in(year))
