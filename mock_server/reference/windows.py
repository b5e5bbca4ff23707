"""When something is open: opens inclusive, closes exclusive (TM-06), on the business clock in Eastern time.

Window(eastern(2016, 9, 26), eastern(2019, 1, 1)).state(now) -> "early" | "open" | "late"
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

EASTERN = ZoneInfo("America/New_York")
"""The zone of every business date (TM-04)."""

WindowState = Literal["early", "open", "late"]


def eastern(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """An instant given as Eastern wall-clock time."""
    return datetime(year, month, day, hour, minute, tzinfo=EASTERN)


@dataclass(frozen=True, slots=True)
class Window:
    """A period in which something is available."""

    opens: datetime
    """First instant inside; with a zone."""
    closes: datetime | None = None
    """First instant outside; None: never closes."""

    def state(self, now: datetime) -> WindowState:
        """Where `now` (with a zone) stands: before, inside or after."""
        if now < self.opens:
            return "early"
        return "open" if self.closes is None or now < self.closes else "late"

    def is_open(self, now: datetime) -> bool:
        """Whether `opens <= now < closes`."""
        return self.state(now) == "open"

    @property
    def first_day(self) -> date:
        """The Eastern day on which it opens, for texts."""
        return self.opens.astimezone(EASTERN).date()

    @property
    def last_day(self) -> date | None:
        """The last Eastern day with an instant inside, for texts; None: no end."""
        if self.closes is None:
            return None
        return (self.closes - timedelta(microseconds=1)).astimezone(EASTERN).date()
