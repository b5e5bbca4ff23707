"""The two clocks (TM-01): the security clock times what protects, the business clock is the scenario's date.

Setting the scenario date never moves the security clock, so authenticator apps keep working. Both clocks keep
a small frozen state that the store saves and hands back at the next start (TM-02, RF-15).
"""

import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

EASTERN = ZoneInfo("America/New_York")
"""Zone of every business instant (TM-04)."""

Mode = Literal["running", "frozen"]

_BACKWARD_JUMP_S = 5.0
_FORWARD_JUMP_S = 3600.0


def _wall() -> datetime:
    return datetime.now(UTC)


class SecurityClock(Protocol):
    """Real UTC for codes, locks, rates and login limits; never goes back."""

    def now(self) -> datetime:
        """Present instant, UTC."""
        ...

    def advance(self, seconds: float) -> None:
        """Move ahead by 0 or more seconds (TM-03); ValueError below 0."""
        ...

    def state(self) -> "SecurityState":
        """What to store now, at least every `figures.db.mark_every_s` (RF-15)."""
        ...

    def take_jumps(self) -> "list[ClockJump]":
        """Jumps of the wall clock seen since the last call, each to be audited once."""
        ...


@dataclass(frozen=True)
class SecurityState:
    """What must outlive a restart (RF-15)."""

    mark: datetime
    """Latest instant that was ever given out."""
    offset_s: float = 0.0
    """Seconds by which demos advanced the clock."""


@dataclass(frozen=True)
class ClockJump:
    """A wall clock that moved by itself; audited as A-CLOCK-JUMP (RF-15)."""

    seconds: float
    """How far; negative: backward."""
    at: datetime
    """Security time when it was seen."""


class SystemSecurityClock:
    """The wall clock plus the demos' offset, never earlier than its high-water mark (RF-15).

    After a backward jump time stands still until the wall has caught up. `wall` and `monotonic` are injected
    in tests.
    """

    def __init__(
        self,
        state: SecurityState | None = None,
        *,
        wall: Callable[[], datetime] = _wall,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._wall = wall
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._offset = timedelta(seconds=state.offset_s if state else 0.0)
        first = wall() + self._offset
        self._mark = max(first, state.mark) if state else first
        self._jumps: list[ClockJump] = []
        self._seen = first
        self._seen_at = monotonic()
        if self._mark - first > timedelta(seconds=_BACKWARD_JUMP_S):
            self._jumps.append(ClockJump((first - self._mark).total_seconds(), self._mark))

    def now(self) -> datetime:
        """Present instant, UTC, never earlier than one given out before."""
        with self._lock:
            seen, at = self._wall() + self._offset, self._monotonic()
            drift = (seen - self._seen).total_seconds() - (at - self._seen_at)
            self._seen, self._seen_at = seen, at
            self._mark = max(self._mark, seen)
            if drift < -_BACKWARD_JUMP_S or drift > _FORWARD_JUMP_S:
                self._jumps.append(ClockJump(drift, self._mark))
            return self._mark

    def advance(self, seconds: float) -> None:
        """Move ahead for demos of timeouts (TM-03)."""
        if seconds < 0:
            raise ValueError("the security clock never goes back")
        with self._lock:
            step = timedelta(seconds=seconds)
            self._offset += step
            self._seen += step
            self._mark += step

    def state(self) -> SecurityState:
        """What to store now."""
        mark = self.now()
        with self._lock:
            return SecurityState(mark, self._offset.total_seconds())

    def take_jumps(self) -> list[ClockJump]:
        """Jumps seen since the last call, each to be audited once."""
        with self._lock:
            jumps, self._jumps = self._jumps, []
            return jumps


class FrozenSecurityClock:
    """A security clock that moves only when told (tests)."""

    def __init__(self, at: datetime = datetime(2026, 1, 5, 15, 0, tzinfo=UTC)) -> None:
        self._at = at

    def now(self) -> datetime:
        """The instant it stands at."""
        return self._at

    def advance(self, seconds: float) -> None:
        """Move ahead by 0 or more seconds."""
        if seconds < 0:
            raise ValueError("the security clock never goes back")
        self._at += timedelta(seconds=seconds)

    def state(self) -> SecurityState:
        """What a store would keep."""
        return SecurityState(self._at)

    def take_jumps(self) -> list[ClockJump]:
        """None: it never jumps by itself."""
        return []


class HeldSecurityClock(FrozenSecurityClock):
    """The same for a server that makes recordings: a reset of its data puts it back as well."""

    def hold_at(self, at: datetime) -> None:
        """Stand at another instant, also an earlier one: only where everything timed is removed with it."""
        self._at = at


class BadBusinessTime(ValueError):  # noqa: N818
    """A text that is no business date or instant."""


_BUSINESS = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?))?")
_SCENARIO_HOUR = "10:00"


def parse_business(text: str) -> datetime:
    """Eastern `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM[:SS]` as an instant; `BadBusinessTime` otherwise.

    A date alone means 10:00, the hour of every scenario (portal-flow 14).
    """
    found = _BUSINESS.fullmatch(text.strip())
    if found is None:
        raise BadBusinessTime(f"{text!r} is no date such as 2018-10-01 or 2018-10-01T10:00:00")
    day, hour = found.groups()
    try:
        local = datetime.fromisoformat(f"{day}T{hour or _SCENARIO_HOUR}").replace(tzinfo=EASTERN)
        return local.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadBusinessTime(f"{text!r} is no date of the calendar") from error


def eastern(instant: datetime) -> datetime:
    """The instant with the Eastern offset, as `Clock.business_now` carries it."""
    return instant.astimezone(EASTERN)


def format_business(instant: datetime) -> str:
    """`YYYY-MM-DD HH:MM ET` (TM-04)."""
    return eastern(instant).strftime("%Y-%m-%d %H:%M ET")


SCENARIOS: dict[str, datetime] = {
    name: parse_business(day)
    for name, day in {
        "SC-2012": "2012-11-15",
        "SC-2016": "2016-10-03",
        "SC-2018": "2018-10-01",
        "SC-2019": "2019-01-15",
        "SC-2020-SUB": "2020-02-14",
        "SC-2020-MAR": "2020-03-16",
        "SC-2020-GAP": "2020-05-04",
        "SC-2020-FB": "2020-08-10",
    }.items()
}
"""Named business dates of portal-flow section 14, each at 10:00 Eastern."""

DEFAULT_SCENARIO = "SC-2018"


@dataclass(frozen=True)
class BusinessState:
    """What must outlive a restart (TM-02)."""

    at: datetime
    """Business instant when the state was taken, UTC."""
    mode: Mode = "running"
    scenario: str | None = None
    """The scenario it was last set to; None: set to an instant."""

    @classmethod
    def of_scenario(cls, name: str, mode: Mode = "running") -> "BusinessState":
        """The start of a named scenario; KeyError if there is none of that name."""
        return cls(SCENARIOS[name], mode, name)


class BusinessClock:
    """The scenario's date and time; may be set to any instant, also back (TM-10)."""

    def __init__(
        self, state: BusinessState | None = None, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._state = state or BusinessState.of_scenario(DEFAULT_SCENARIO)
        self._since = monotonic()

    def now(self) -> datetime:
        """Present business instant, UTC."""
        return self.state().at

    def state(self) -> BusinessState:
        """What to store now."""
        with self._lock:
            if self._state.mode == "frozen":
                return self._state
            elapsed = timedelta(seconds=self._monotonic() - self._since)
            return replace(self._state, at=self._state.at + elapsed)

    def set(self, state: BusinessState) -> None:
        """Go on from `state` (TM-03); auditing and rebasing are the caller's."""
        with self._lock:
            self._state = state
            self._since = self._monotonic()
