"""Help desks and the name of the identity system, by business date (portal-flow 9.1, 9.9; TM-08).

The desks were real and belonged to the real programs; this program never contacts them. Hours ignore federal
holidays.

    help_desks(now)             -> four HelpDesk values, `open_now` told from weekday and Eastern hour
    help_desk_lines(now)        -> the same as the paragraphs of S-HELP
    identity_system(now, "PV")  -> "IACS", "EIDM" or "HARP"
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from mock_server.reference.roles import Application
from mock_server.reference.windows import EASTERN

VALUE_DESK_PHONE = "1-888-734-6433, option 3"
"""Physician Value Help Desk, also named where an attestation is refused (F-ATT-03, E-ATT-02)."""

NO_IDENTIFIERS_NOTE = "Never put Social Security Numbers or TINs into an e-mail."
HISTORICAL_NOTE = (
    "These numbers are historical and belong to the real programs. This simulation never contacts them."
)

_HOURS = "Monday to Friday, 8:00 to 20:00 Eastern"
_OPENS, _CLOSES = time(8), time(20)
_SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpDesk:
    """One contact as S-HELP shows it on a business date."""

    topic: str
    name: str
    phone: str
    hours: str | None
    """None: the desk publishes none."""
    email: str | None
    open_now: bool | None
    """None: not known, where there are no hours."""


def is_open(now: datetime) -> bool:
    """Whether the desks answer: weekdays from 8:00 to before 20:00 Eastern."""
    local = now.astimezone(EASTERN)
    return local.weekday() < _SATURDAY and _OPENS <= local.time() < _CLOSES


def help_desks(now: datetime) -> tuple[HelpDesk, ...]:
    """All contacts at a business instant (with a zone), in the order of 9.9."""
    return (
        _value_desk(now),
        _quality_net(now),
        _quality_payment_program(now),
        HelpDesk(
            topic="Incentive payment missing or of another amount",
            name="The practice's Carrier or A/B MAC",
            phone="see the directory of the MAC",
            hours=None,
            email=None,
            open_now=None,
        ),
    )


def help_desk_lines(now: datetime) -> tuple[str, ...]:
    """One paragraph for each contact, then what to keep in mind, as S-HELP shows them."""
    return (*map(_line, help_desks(now)), NO_IDENTIFIERS_NOTE, HISTORICAL_NOTE)


def _line(desk: HelpDesk) -> str:
    hours = f" {desk.hours} ({'open' if desk.open_now else 'closed'} now)." if desk.hours else ""
    email = f" E-mail: {desk.email}." if desk.email else ""
    return f"{desk.topic}: {desk.name}, {desk.phone}.{hours}{email}"


def account_desk(now: datetime) -> HelpDesk:
    """Who enables a disabled account: QualityNet before 2018, then the Quality Payment Program (4.8)."""
    return _quality_net(now) if _day(now) < date(2018, 1, 1) else _quality_payment_program(now)


def _value_desk(now: datetime) -> HelpDesk:
    return HelpDesk(
        topic="QRUR and Value Modifier",
        name="Physician Value Help Desk",
        phone=VALUE_DESK_PHONE,
        hours=_HOURS,
        email="pvhelpdesk@cms.hhs.gov",
        open_now=is_open(now),
    )


def _quality_net(now: datetime) -> HelpDesk:
    eidm = _day(now) >= _EIDM_FROM
    return HelpDesk(
        topic=(
            f"PQRS reports, portal access, {identity_system(now, 'PV')} accounts, "
            "who has access to a TIN (give its name and number by phone)"
        ),
        name="QualityNet Help Desk",
        phone="1-866-288-8912, TTY 1-877-715-6222",
        hours=_HOURS,
        email="qnetsupport@hcqis.org" if eidm else "qnetsupport@sdps.org",
        open_now=is_open(now),
    )


def _quality_payment_program(now: datetime) -> HelpDesk:
    relay = "711" if _day(now) >= date(2019, 1, 1) else "TTY 1-877-715-6222"
    return HelpDesk(
        topic=f"QPP, MIPS, {identity_system(now, 'QPP')} accounts",
        name="Quality Payment Program",
        phone=f"1-866-288-8292, hearing impaired {relay}",
        hours=_HOURS,
        email="QPP@cms.hhs.gov",
        open_now=is_open(now),
    )


_EIDM_FROM = date(2015, 7, 13)
_HARP_FROM = date(2018, 12, 1)


def identity_system(now: datetime, application: Application) -> str:
    """What the account system is called on the pages of an application at a business instant (9.1)."""
    day = _day(now)
    if day < _EIDM_FROM:
        return "IACS"
    return "HARP" if application == "QPP" and day >= _HARP_FROM else "EIDM"


def _day(now: datetime) -> date:
    return now.astimezone(EASTERN).date()
