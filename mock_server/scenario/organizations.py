"""The invented organizations of the demo nation (portal-flow 13.2), except the generated directory (`bulk`).

Keys (`O-01`, `AE-01`, ...) are the names used inside the server and stored with grants; clients only ever see
`Organization.org_id`. All names, TINs and figures are invented; every TIN begins with 000, which no employer
and no person has (13.1).

    ORGANIZATIONS["O-01"].row_text -> "ALDER CREEK DEMO CLINIC LLC:4802"
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from mock_server.reference.roles import OrgType
from mock_server.scenario.identifiers import last4, mask_tin, opaque_id

Participation = Literal["individual", "gpro1", "gpro2"]
"""How a practice took part in PQRS 2011."""

ApmModel = Literal["ssp", "ng", "cpc", "oth"]
"""Shared Savings Program, Next Generation ACO, CPC+, another MIPS APM (portal-flow 10.4)."""

SpecialStatus = Literal["rural", "non_patient_facing", "hospital_based"]

SMALL_PRACTICE = 15
"""A practice or virtual group of up to so many clinicians is small (portal-flow 11.4)."""


@dataclass(frozen=True, slots=True)
class Volume:
    """Low-volume figures of one determination segment (portal-flow 11.2)."""

    charges: Decimal
    """Allowed charges in dollars."""
    patients: int
    services: int


Volumes = tuple[Volume | None, Volume | None]
"""Segments 1 and 2; None: no data in that segment."""


def volume(charges: str, patients: int, services: int) -> Volume:
    """A `Volume` from its three figures as the specification writes them."""
    return Volume(Decimal(charges), patients, services)


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """A practice, APM entity, virtual group or registry."""

    key: str
    org_type: OrgType
    legal_name: str
    tin: str | None = None
    """Nine digits, practices only; never sent to a client."""
    ext_id: str | None = None
    """ID of the other types, shown in full."""
    clinician_count: int = 0
    first_billed: int | None = None
    """First year with claims; None: in every year."""
    pqrs_2011: Participation | None = None
    """None: no PQRS 2011 report exists."""
    statuses: frozenset[SpecialStatus] = frozenset()
    """Special statuses in performance year 2019, besides `is_small`."""
    volumes_2019: Volumes | None = None
    """Practice totals of performance year 2019; None: not laid down."""
    members: tuple[str, ...] = ()
    """Keys of participating practices (entities, virtual groups) or clients (registries)."""
    model: ApmModel | None = None
    exception_on_improvement: date | None = None
    """Day from which an approved exception sets improvement activities to 0 %."""

    @property
    def org_id(self) -> str:
        """The opaque id that clients use."""
        return opaque_id(self.key)

    @property
    def grant_key(self) -> str:
        """Key under which roles are held for it: its own, or the one rule over the bulk directory (13.4)."""
        return BULK_KEY if self.key.startswith(BULK_ROW_PREFIX) else self.key

    @property
    def suffix(self) -> str:
        """What follows the name in a picker row: last four digits of the TIN, or the ID (F-ORG-01)."""
        return last4(self.tin) if self.tin else self.ext_id or ""

    @property
    def row_text(self) -> str:
        """`NAME:4802` or `NAME:A9901`."""
        return f"{self.legal_name}:{self.suffix}"

    @property
    def masked_tin(self) -> str | None:
        """`XXXXX4802`; None for types without a TIN."""
        return mask_tin(self.tin) if self.tin else None

    @property
    def is_small(self) -> bool:
        """Whether the special status for small practices applies."""
        return 0 < self.clinician_count <= SMALL_PRACTICE

    def clinicians_in(self, year: int) -> int:
        """How many clinicians bill in that year: decides between solo and group roles (F-ROLE-01)."""
        return 0 if self.first_billed is not None and year < self.first_billed else self.clinician_count


BULK_KEY = "O-BULK"
"""Key of the one grant that covers every row of the generated directory."""

BULK_ROW_PREFIX = "B-"
"""Rows of the generated directory have the keys `B-0` to `B-310183`."""


def _practice(
    key: str,
    name: str,
    tin: str,
    clinicians: int,
    *statuses: SpecialStatus,
    pqrs: Participation | None = "individual",
    volumes: Volumes | None = None,
    first_billed: int | None = None,
    exception: date | None = None,
) -> Organization:
    return Organization(
        key=key,
        org_type=OrgType.PRACTICE,
        legal_name=name,
        tin=tin,
        clinician_count=clinicians,
        statuses=frozenset(statuses),
        pqrs_2011=pqrs,
        volumes_2019=volumes,
        first_billed=first_billed,
        exception_on_improvement=exception,
    )


def _entity(key: str, name: str, ext_id: str, model: ApmModel, *members: str) -> Organization:
    return Organization(
        key=key, org_type=OrgType.APM_ENTITY, legal_name=name, ext_id=ext_id, model=model, members=members
    )


def _registry(key: str, name: str, ext_id: str, *clients: str) -> Organization:
    return Organization(key=key, org_type=OrgType.REGISTRY, legal_name=name, ext_id=ext_id, members=clients)


_O01 = (volume("840000", 2150, 5900), volume("865000", 2240, 6050))
_O04 = (volume("150000", 190, 420), volume("160000", 199, 430))
_O06 = (volume("60000", 150, 180), volume("60000", 150, 180))

_ALL = (
    _practice("O-01", "ALDER CREEK DEMO CLINIC LLC", "000104802", 12, "rural", volumes=_O01),
    _practice("O-02", "BIRCH HOLLOW DEMO MEDICINE", "000101357", 1),
    _practice("O-03", "CEDAR RIDGE DEMO MEDICAL GROUP PC", "000102468", 140),
    _practice("O-04", "DOGWOOD DEMO FAMILY PRACTICE", "000103690", 6, volumes=_O04),
    _practice("O-05", "ELM STREET DEMO RADIOLOGY", "000104117", 22, "non_patient_facing"),
    _practice("O-06", "FIR VALLEY DEMO THERAPY", "000105225", 3, volumes=_O06),
    _practice(
        "O-07", "GINKGO DEMO HOSPITALISTS", "000106333", 18, "hospital_based", exception=date(2020, 3, 1)
    ),
    _practice("O-08", "HAWTHORN DEMO CLINIC", "000107441", 9),
    _practice("O-09", "IRONWOOD DEMO CLINIC", "000108559", 4),
    _practice("O-10", "JUNIPER DEMO PRACTICE", "000234802", 3),
    _practice("O-11", "LINDEN DEMO HEALTH SYSTEM", "000109663", 260, pqrs="gpro1"),
    _practice("O-12", "MAPLE DEMO MEDICAL GROUP", "000110774", 4, pqrs="gpro2"),
    _practice("O-13", "NUTMEG DEMO CLINIC", "000111885", 2, pqrs=None, first_billed=2018),
    _practice("O-14", "OAK TERRACE DEMO CLINIC", "000112996", 5, pqrs=None),
    _entity("AE-01", "MEADOW DEMO ACO", "A9901", "ssp", "O-03", "O-01"),
    _entity("AE-02", "PRAIRIE DEMO ACO", "V9901", "ng", "O-11"),
    _entity("AE-03", "QUARRY DEMO PRACTICE SITE", "T9ZZ0001", "cpc", "O-09"),
    _entity("AE-04", "RIVERBEND DEMO ONCOLOGY", "OCM-9901", "oth", "O-12"),
    Organization(
        key="VG-01",
        org_type=OrgType.VIRTUAL_GROUP,
        legal_name="ORCHARD DEMO VIRTUAL GROUP",
        ext_id="VG-9001",
        clinician_count=13,
        members=("O-08", "O-09"),
    ),
    _registry("RG-01", "SPARROW DEMO REGISTRY", "REG-9001", "O-01", "O-04"),
    _registry("RG-02", "THRUSH DEMO QCDR", "REG-9002", "O-01"),
)

ORGANIZATIONS: dict[str, Organization] = {organization.key: organization for organization in _ALL}
"""Every organization of 13.2 by key."""
