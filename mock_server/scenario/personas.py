"""The demo accounts (portal-flow 13.5) as data: who they are, what they may do, what is special about them.

Ages are relative to the business date on which the seed is made or rebased (TM-05). The store turns a persona
into rows; nothing here touches a database. The common password and the authenticator secret are published
with the program: they protect nothing (N-LAND-03).

    PERSONAS["demo.grouprep"].grants   -> (PersonaGrant(Role.GR, "O-01"), PersonaGrant(Role.PR_SU, "O-01"))
    published(PERSONAS["demo.bulk"])   -> the entry of `GET /demo/personas`
"""

from dataclasses import dataclass, replace
from typing import Literal

from client.messages.calls import Persona as PublishedPersona
from mock_server.reference.roles import GrantState, Role
from mock_server.scenario.identifiers import mask_email, mask_phone
from mock_server.scenario.organizations import BULK_KEY, ORGANIZATIONS

COMMON_PASSWORD = "Walnut-Harbor-2468"  # noqa: S105 - published demo value
AUTHENTICATOR_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # noqa: S105 - published demo value, base32
POSTAL_CODE = "00000"
CHALLENGE = ((3, "heron"), (6, "maple"), (7, "basalt"))
"""Numbers of the challenge questions of 9.5 that every persona chose, with the answers."""

GHOST_USER_ID = "demo.ghost"
"""An account that does not exist: for enumeration tests, never seeded."""

HARD_LOCK_FAILURES = 20
"""Counted failures that lock an account for good (X-03)."""

DeviceType = Literal["totp", "sms", "ivr", "email"]
"""Second factors, by the wire values of S-PASS."""

_DEVICE_LABELS: dict[DeviceType, str] = {
    "totp": "Authenticator App",
    "sms": "Text Message-Short Message Service (SMS)",
    "ivr": "Interactive Voice Response (IVR)",
    "email": "E-mail",
}


@dataclass(frozen=True, slots=True)
class PersonaGrant:
    """A role held, asked for or lost."""

    role: Role
    org_key: str
    """Scenario key, or `O-BULK` for the whole directory."""
    state: GrantState = "active"
    requested_days: int = 120
    """Days before the business date on which it was asked for."""
    npi: str | None = None
    """The clinician that a Clinician role stands for."""


@dataclass(frozen=True, slots=True)
class Device:
    """A registered second factor."""

    type: DeviceType
    destination: str = ""
    """Phone number or e-mail address; empty for an authenticator app."""
    secret: str | None = None
    """Base32, authenticator app only."""
    delay_s: int = 0
    """Seconds until a message is delivered."""
    lost: bool = False
    """Whether no message ever arrives."""

    @property
    def masked(self) -> str:
        """The destination as audit and outbox show it; empty for an authenticator app."""
        if self.type == "totp":
            return ""
        return mask_email(self.destination) if self.type == "email" else mask_phone(self.destination)

    @property
    def label(self) -> str:
        """The name of the device type on S-PASS."""
        return _DEVICE_LABELS[self.type]


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """A demo account."""

    user_id: str
    given_name: str
    family_name: str
    purpose: str
    """What the account is good for, in a few words."""
    grants: tuple[PersonaGrant, ...]
    devices: tuple[Device, ...]
    password_days: int = 20
    """Age of the password in days."""
    last_login_days: int = 3
    created_days: int = 150
    failures: int = 0
    """Counted failures at the start (X-02); 20: hard-locked."""
    suspended: bool = False
    one_time_code: str | None = None
    """One-Time Security Code that the help desk issued when the server started."""

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.given_name} {self.family_name}"

    @property
    def email(self) -> str:
        """Profile address."""
        return f"{self.user_id}@example.org"


def email_device(user_id: str, *, delay_s: int = 0) -> Device:
    """E-mail to the profile address."""
    return Device("email", f"{user_id}@example.org", delay_s=delay_s)


_TOTP = Device("totp", secret=AUTHENTICATOR_SECRET)


def _phone(device_type: DeviceType, line: int, *, lost: bool = False) -> Device:
    """A number of the range kept free for fiction, 202-555-0100 to 0199."""
    return Device(device_type, f"202-555-{line:04d}", lost=lost)


def _persona(
    user: str, name: str, purpose: str, *grants: PersonaGrant, devices: tuple[Device, ...] | None = None
) -> Persona:
    """A persona with the common values of 13.5; e-mail is the device unless others are given."""
    user_id = f"demo.{user}"
    given, family = name.split()
    return Persona(
        user_id=user_id,
        given_name=given,
        family_name=family,
        purpose=purpose,
        grants=grants,
        devices=(email_device(user_id),) if devices is None else devices,
    )


def _g(role: Role, org_key: str) -> PersonaGrant:
    return PersonaGrant(role, org_key)


_GR_O01 = _g(Role.GR, "O-01")

_ALL = (
    _persona("grouprep", "Juno Hazel", "main path to a report", _GR_O01, _g(Role.PR_SU, "O-01")),
    _persona(
        "official",
        "Silas Rowan",
        "approvals, two device types",
        _g(Role.SO, "O-01"),
        _g(Role.PR_SO, "O-01"),
        devices=(_TOTP, _phone("sms", 101)),
    ),
    _persona("solo", "Ivy Birch", "solo practitioner", _g(Role.IP, "O-02")),
    _persona(
        "solorep",
        "Milo Fern",
        "representative of a solo practitioner, cannot approve",
        _g(Role.IPR, "O-02"),
        devices=(_phone("sms", 102),),
    ),
    _persona(
        "mixed",
        "Thea Larch",
        "solo and group role names side by side",
        _g(Role.IP, "O-02"),
        _g(Role.SO, "O-10"),
        _g(Role.PR_SO, "O-10"),
        devices=(_phone("sms", 103),),
    ),
    _persona(
        "multi",
        "Cleo Aspen",
        "two organization types, two practices with the same last four digits",
        _g(Role.PR_SU, "O-01"),
        _g(Role.PR_SU, "O-10"),
        _g(Role.AE_SU, "AE-01"),
        devices=(_phone("sms", 104),),
    ),
    _persona(
        "clinician", "Rowan Alder", "view-only role", PersonaGrant(Role.PR_CL, "O-01", npi="0999010016")
    ),
    _persona("optin", "Greta Dogwood", "elections", _g(Role.PR_SO, "O-04")),
    _persona("radiology", "Enzo Elm", "reweighting override", _g(Role.PR_SU, "O-05")),
    _persona("exempt", "Faye Fir", "voluntary reporting of an exempt group", _g(Role.PR_SU, "O-06")),
    _persona("hospital", "Kit Ginkgo", "exception that appears in March 2020", _g(Role.PR_SU, "O-07")),
    _persona(
        "virtual",
        "Opal Hawthorn",
        "virtual group",
        _g(Role.VG_SO, "VG-01"),
        devices=(_phone("sms", 105),),
    ),
    _persona(
        "aco",
        "Reed Meadow",
        "Shared Savings Program",
        _g(Role.AE_SO, "AE-01"),
        devices=(_phone("ivr", 106),),
    ),
    _persona("nextgen", "Wren Prairie", "Next Generation ACO", _g(Role.AE_SU, "AE-02")),
    _persona("cpcplus", "Cora Quarry", "CPC+ upload", _g(Role.AE_SU, "AE-03")),
    _persona("othermodel", "Dell Riverbend", "entity that cannot start reporting", _g(Role.AE_SU, "AE-04")),
    _persona("registry", "Nico Sparrow", "uploads for clients, no API token", _g(Role.RG_SU, "RG-01")),
    _persona("regofficial", "Ada Sparrow", "API token", _g(Role.RG_SO, "RG-01"), devices=(_TOTP,)),
    _persona(
        "qcdr", "Uma Thrush", "second third party, cannot see the first one's data", _g(Role.RG_SU, "RG-02")
    ),
    _persona(
        "ssptin",
        "Hanna Cedar",
        "practice that sees its entity's feedback",
        _g(Role.GR, "O-03"),
        _g(Role.PR_SU, "O-03"),
    ),
    _persona("gproone", "Leo Linden", "GPRO I practice", _g(Role.SO, "O-11")),
    _persona("gprotwo", "Mae Maple", "GPRO II practice", _g(Role.GR, "O-12")),
    _persona("bulk", "Vera Canyon", "directory of 310184 practices", _g(Role.GR, BULK_KEY)),
    _persona("noreport", "Nell Nutmeg", "practice without any report up to 2017", _g(Role.GR, "O-13")),
    replace(
        _persona("locked", "Otto Cedar", "locked after 20 failures", _GR_O01), failures=HARD_LOCK_FAILURES
    ),
    replace(_persona("expired", "Pia Cypress", "expired password", _GR_O01), password_days=61),
    replace(_persona("expiring", "Remy Spruce", "password expires in 5 days", _GR_O01), password_days=55),
    replace(
        _persona("dormant", "Rosa Pine", "disabled after 60 days without use", _GR_O01), last_login_days=61
    ),
    _persona("norole", "Saul Holly", "account without a role"),
    _persona(
        "pending",
        "Tess Laurel",
        "request that waits for a decision",
        PersonaGrant(Role.GR, "O-01", "pending", requested_days=2),
    ),
    _persona("revoked", "Ugo Myrtle", "role that was taken away", PersonaGrant(Role.GR, "O-01", "revoked")),
    replace(_persona("suspended", "Vito Thorn", "suspended account, looks unknown", _GR_O01), suspended=True),
    _persona("nodevice", "Wilma Reed", "no second factor is registered", _GR_O01, devices=()),
    _persona("nocode", "Xena Moss", "code never arrives", _GR_O01, devices=(_phone("sms", 107, lost=True),)),
    _persona(
        "slowcode",
        "Yann Ivy",
        "code arrives after 45 seconds",
        _GR_O01,
        devices=(email_device("demo.slowcode", delay_s=45),),
    ),
    replace(
        _persona(
            "onetime",
            "Zoe Sedge",
            "One-Time Security Code 20486357 from the help desk",
            _GR_O01,
            devices=(_phone("sms", 108),),
        ),
        one_time_code="20486357",
    ),
    _persona("totp", "Abel Clover", "authenticator app only", _g(Role.PR_SU, "O-01"), devices=(_TOTP,)),
)

PERSONAS: dict[str, Persona] = {persona.user_id: persona for persona in _ALL}
"""Every seeded account by user ID, in the order of 13.5."""


def published(persona: Persona) -> PublishedPersona:
    """What `GET /demo/personas` and `qportal personas` tell about an account."""
    return PublishedPersona(
        user_id=persona.user_id,
        name=persona.name,
        roles=[_grant_text(grant) for grant in persona.grants],
        devices=[device.label for device in persona.devices],
        purpose=persona.purpose,
    )


def _grant_text(grant: PersonaGrant) -> str:
    """`Group Representative: ALDER CREEK DEMO CLINIC LLC`, with the state unless it is active."""
    organization = ORGANIZATIONS.get(grant.org_key)
    where = organization.legal_name if organization else "all practices of the bulk directory"
    state = "" if grant.state == "active" else f" ({grant.state})"
    return f"{grant.role.label}: {where}{state}"
