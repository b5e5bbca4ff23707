"""Help desks and identity system names by business date (portal-flow 9.1, 9.9)."""

from datetime import UTC, datetime

import pytest

from mock_server.reference.help_desks import (
    account_desk,
    help_desk_lines,
    help_desks,
    identity_system,
    is_open,
)
from mock_server.reference.windows import eastern
from mock_server.scenario.scenarios import SCENARIOS


def names(now: datetime) -> list[str]:
    return [desk.name for desk in help_desks(now)]


def test_four_contacts_in_the_order_of_9_9() -> None:
    assert names(SCENARIOS["SC-2018"].starts) == [
        "Physician Value Help Desk",
        "QualityNet Help Desk",
        "Quality Payment Program",
        "The practice's Carrier or A/B MAC",
    ]


@pytest.mark.parametrize(
    ("scenario", "pv", "qpp", "mail_host", "relay"),
    [
        ("SC-2012", "IACS", "IACS", "sdps.org", "TTY 1-877-715-6222"),
        ("SC-2016", "EIDM", "EIDM", "hcqis.org", "TTY 1-877-715-6222"),
        ("SC-2018", "EIDM", "EIDM", "hcqis.org", "TTY 1-877-715-6222"),
        ("SC-2020-SUB", "EIDM", "HARP", "hcqis.org", "711"),
    ],
)
def test_p_time_05_labels_follow_the_business_date(
    scenario: str, pv: str, qpp: str, mail_host: str, relay: str
) -> None:
    now = SCENARIOS[scenario].starts
    _, quality_net, payment_program, _ = help_desks(now)
    assert (identity_system(now, "PV"), identity_system(now, "QPP")) == (pv, qpp)
    assert quality_net.email == f"qnetsupport@{mail_host}"
    assert payment_program.phone.endswith(relay)


@pytest.mark.parametrize(
    ("now", "label"),
    [
        (datetime(2015, 7, 13, 3, 59, 59, tzinfo=UTC), "IACS"),
        (datetime(2015, 7, 13, 4, 0, 0, tzinfo=UTC), "EIDM"),
        (eastern(2018, 11, 30, 23, 59), "EIDM"),
        (eastern(2018, 12, 1), "HARP"),
    ],
)
def test_the_identity_system_changes_at_midnight_eastern(now: datetime, label: str) -> None:
    assert identity_system(now, "QPP") == label


@pytest.mark.parametrize(
    ("now", "answers"),
    [
        (eastern(2018, 10, 1, 7, 59), False),
        (eastern(2018, 10, 1, 8), True),
        (eastern(2018, 10, 1, 19, 59), True),
        (eastern(2018, 10, 1, 20), False),
        (eastern(2018, 10, 5, 12), True),
        (eastern(2018, 10, 6, 12), False),
        (eastern(2018, 10, 7, 12), False),
        (datetime(2018, 10, 2, 0, 30, tzinfo=UTC), False),
    ],
)
def test_desks_answer_on_weekdays_from_8_to_20_eastern(now: datetime, answers: bool) -> None:
    assert is_open(now) is answers
    assert [desk.open_now for desk in help_desks(now)] == [answers, answers, answers, None]


def test_disabled_accounts_call_quality_net_before_2018() -> None:
    assert account_desk(eastern(2017, 12, 31, 23, 59)).name == "QualityNet Help Desk"
    assert account_desk(eastern(2018, 1, 1)).name == "Quality Payment Program"


def test_s_help_says_who_is_open_now_and_what_never_to_send() -> None:
    lines = help_desk_lines(SCENARIOS["SC-2012"].starts)
    assert lines[0] == (
        "QRUR and Value Modifier: Physician Value Help Desk, 1-888-734-6433, option 3. "
        "Monday to Friday, 8:00 to 20:00 Eastern (open now). E-mail: pvhelpdesk@cms.hhs.gov."
    )
    assert "IACS accounts" in lines[1]
    assert "Social Security Numbers" in lines[-2]
    assert "never contacts" in lines[-1]
    assert "(closed now)" in help_desk_lines(eastern(2018, 10, 6, 12))[0]
