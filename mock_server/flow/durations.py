"""Lengths of time: limits in days, and in words, so that texts name a limit from its figure (SR-META-02)."""

from datetime import datetime, timedelta

_UNITS = ((3600, "hour"), (60, "minute"), (1, "second"))


def in_words(seconds: int) -> str:
    """`12 hours`, `15 minutes`, `90 seconds`: the largest unit that divides it."""
    size, unit = next(found for found in _UNITS if seconds % found[0] == 0 and (seconds or found[0] == 1))
    count = seconds // size
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def reached(since: datetime, days: int, now: datetime) -> bool:
    """Whether a limit of so many times 24 hours is reached (TM-07); 0 days: there is no limit."""
    return days > 0 and now >= since + timedelta(days=days)
