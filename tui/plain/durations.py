"""Times in words: durations, the scenario date, and what is left of each deadline (A11Y-TIME-05).

Words, not figures with colons: `9 minutes` is heard at once, `0:09:12` is not.
"""

from collections.abc import Iterator

from client.journey import Journey
from client.messages.screen import Clock

_LEFT = {
    "code": "the security code is valid for another {time}.",
    "attempt": "this sign-in attempt ends in {time}.",
    "idle": "without input this screen is locked in {time}.",
    "absolute": "you are signed out in {time}.",
}


def in_words(seconds: float) -> str:
    """`20 seconds`, `2 minutes`, `11 hours 59 minutes`; minutes are rounded to the nearest from 60 s on."""
    if seconds < 59.5:
        return _counted(max(0, round(seconds)), "second")
    minutes = round(seconds / 60)
    hours, rest = divmod(minutes, 60)
    parts = ([_counted(hours, "hour")] if hours else []) + ([_counted(rest, "minute")] if rest else [])
    return " ".join(parts)


def scenario_date(clock: Clock) -> str:
    """`scenario date 2018-10-01 10:00 ET.`"""
    return f"scenario date {clock.business_now:%Y-%m-%d %H:%M} {clock.zone}."


def time_left(journey: Journey) -> Iterator[str]:
    """One sentence per deadline of the present screen that is still ahead (S-CODE: P-PLAIN-03)."""
    for deadline in journey.screen.deadlines:
        seconds = journey.seconds_left(deadline)
        if seconds is not None and seconds > 0:
            yield _LEFT[deadline.kind].format(time=in_words(seconds))


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
