"""Two clocks: one protects and never goes back, one is the scenario's date (TM-01 to TM-10, RF-15)."""

from datetime import UTC, datetime, timedelta

import pytest

from mock_server.clocks import (
    SCENARIOS,
    BadBusinessTime,
    BusinessClock,
    BusinessState,
    FrozenSecurityClock,
    SecurityState,
    SystemSecurityClock,
    eastern,
    format_business,
    parse_business,
)

START = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


class Hardware:
    """A wall clock and a monotonic clock that a test moves."""

    def __init__(self) -> None:
        self.wall = START
        self.monotonic = 1000.0

    def pass_time(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.monotonic += seconds

    def jump(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)

    def clock(self, state: SecurityState | None = None) -> SystemSecurityClock:
        return SystemSecurityClock(state, wall=lambda: self.wall, monotonic=lambda: self.monotonic)


@pytest.fixture
def hardware() -> Hardware:
    return Hardware()


def test_tm_01_the_security_clock_is_real_utc(hardware: Hardware) -> None:
    clock = hardware.clock()
    hardware.pass_time(90)

    assert clock.now() == START + timedelta(seconds=90)
    assert clock.take_jumps() == []


@pytest.mark.sr("RF-15")
@pytest.mark.parametrize("back", [-10, -86_400])
def test_rf_15_after_a_jump_back_time_stands_still_until_the_wall_catches_up(
    hardware: Hardware, back: int
) -> None:
    clock = hardware.clock()
    hardware.pass_time(60)
    mark = clock.now()

    hardware.jump(back)
    assert clock.now() == mark
    hardware.pass_time(-back - 1)
    assert clock.now() == mark
    hardware.pass_time(2)
    assert clock.now() == mark + timedelta(seconds=1)

    assert [jump.seconds for jump in clock.take_jumps()] == [back]
    assert clock.take_jumps() == []


@pytest.mark.sr("RF-15")
def test_rf_15_a_jump_ahead_is_followed_and_reported_above_an_hour(hardware: Hardware) -> None:
    clock = hardware.clock()
    hardware.jump(10)
    assert clock.now() == START + timedelta(seconds=10)
    assert clock.take_jumps() == []

    hardware.jump(86_400)
    assert clock.now() == START + timedelta(seconds=86_410)
    assert [jump.seconds for jump in clock.take_jumps()] == [86_400]


@pytest.mark.sr("RF-15")
def test_rf_15_a_long_idle_time_is_no_jump(hardware: Hardware) -> None:
    clock = hardware.clock()
    hardware.pass_time(100_000)
    clock.now()

    assert clock.take_jumps() == []


@pytest.mark.sr("RF-15")
def test_rf_15_the_high_water_mark_survives_a_restart(hardware: Hardware) -> None:
    stored = hardware.clock().state()
    hardware.jump(-3600)

    restarted = hardware.clock(stored)

    assert restarted.now() == stored.mark
    assert [jump.seconds for jump in restarted.take_jumps()] == [-3600]


def test_tm_03_demos_can_advance_the_security_clock_and_it_stays_so(hardware: Hardware) -> None:
    clock = hardware.clock()
    clock.advance(900)
    assert clock.now() == START + timedelta(seconds=900)

    restarted = hardware.clock(clock.state())
    hardware.pass_time(1)
    assert restarted.now() == START + timedelta(seconds=901)
    assert restarted.take_jumps() == []


def test_tm_03_no_security_clock_can_be_set_back(hardware: Hardware) -> None:
    for clock in (hardware.clock(), FrozenSecurityClock()):
        with pytest.raises(ValueError, match="never goes back"):
            clock.advance(-1)


def test_a_frozen_security_clock_moves_only_when_told() -> None:
    clock = FrozenSecurityClock(START)
    clock.advance(600)

    assert clock.now() == clock.now() == START + timedelta(seconds=600)


def test_tm_02_the_business_clock_starts_with_sc_2018_and_runs(hardware: Hardware) -> None:
    clock = BusinessClock(monotonic=lambda: hardware.monotonic)
    hardware.pass_time(60)

    assert format_business(clock.now()) == "2018-10-01 10:01 ET"
    assert clock.state().scenario == "SC-2018"


def test_tm_02_a_frozen_business_clock_stands(hardware: Hardware) -> None:
    clock = BusinessClock(
        BusinessState.of_scenario("SC-2012", "frozen"), monotonic=lambda: hardware.monotonic
    )
    hardware.pass_time(3600)

    assert format_business(clock.now()) == "2012-11-15 10:00 ET"


def test_tm_02_a_later_start_goes_on_where_the_clock_stopped(hardware: Hardware) -> None:
    clock = BusinessClock(monotonic=lambda: hardware.monotonic)
    hardware.pass_time(120)
    stored = clock.state()
    hardware.pass_time(100_000)  # the server is down

    restarted = BusinessClock(stored, monotonic=lambda: hardware.monotonic)
    hardware.pass_time(60)

    assert format_business(restarted.now()) == "2018-10-01 10:03 ET"


def test_tm_10_the_business_clock_may_go_back(hardware: Hardware) -> None:
    clock = BusinessClock(BusinessState.of_scenario("SC-2020-FB"), monotonic=lambda: hardware.monotonic)
    clock.set(BusinessState(parse_business("2012-11-15"), "running"))
    hardware.pass_time(1)

    assert clock.now() == parse_business("2012-11-15") + timedelta(seconds=1)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2018-10-01", "2018-10-01T14:00:00+00:00"),
        ("2019-01-15", "2019-01-15T15:00:00+00:00"),
        ("2018-10-01T23:59:59", "2018-10-02T03:59:59+00:00"),
        ("2018-10-01 08:30", "2018-10-01T12:30:00+00:00"),
        ("2020-03-08T02:30:00", "2020-03-08T07:30:00+00:00"),  # the hour that does not exist
        ("2020-11-01T01:30:00", "2020-11-01T05:30:00+00:00"),  # the hour that comes twice: the first
    ],
)
def test_tm_04_business_texts_are_eastern_time(text: str, instant: str) -> None:
    assert parse_business(text) == datetime.fromisoformat(instant)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2018-13-01",
        "2018-02-30",
        "01/10/2018",
        "2018-10-01T25:00",
        "2018-10-01Z",
        "0001-01-01x",
        "９999-01-01",
    ],
)
def test_texts_that_are_no_business_date(text: str) -> None:
    with pytest.raises(BadBusinessTime):
        parse_business(text)


def test_the_edges_of_the_calendar_are_refused_rather_than_crash() -> None:
    with pytest.raises(BadBusinessTime):
        parse_business("9999-12-31T23:00")


def test_the_scenarios_of_section_14_start_at_ten_eastern() -> None:
    assert {name: format_business(instant) for name, instant in SCENARIOS.items()} == {
        "SC-2012": "2012-11-15 10:00 ET",
        "SC-2016": "2016-10-03 10:00 ET",
        "SC-2018": "2018-10-01 10:00 ET",
        "SC-2019": "2019-01-15 10:00 ET",
        "SC-2020-SUB": "2020-02-14 10:00 ET",
        "SC-2020-MAR": "2020-03-16 10:00 ET",
        "SC-2020-GAP": "2020-05-04 10:00 ET",
        "SC-2020-FB": "2020-08-10 10:00 ET",
    }
    assert eastern(SCENARIOS["SC-2019"]).utcoffset() == timedelta(hours=-5)
