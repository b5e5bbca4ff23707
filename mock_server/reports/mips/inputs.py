"""Figures of the MIPS engine in words, as inputs of an explanation."""

from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from mock_server.scoring.mips.rounding import rounded
from mock_server.scoring.mips.tree import plain_value

_SHOWN_PLACES: Final = 4


def shown(value: Any) -> str:
    """A figure in words: fractions to four places, lists with commas."""
    if isinstance(value, Fraction):
        places = rounded(value, _SHOWN_PLACES)
        return f"{places.normalize():f}" if places == value else f"about {places}"
    return _plain(plain_value(value))


def _plain(value: Any) -> str:
    match value:
        case None:
            return "none"
        case bool():
            return "yes" if value else "no"
        case Decimal():
            return f"{value:f}"
        case dict():
            return ", ".join(f"{name.replace('_', ' ')} {_plain(one)}" for name, one in value.items())
        case list() if value and all(isinstance(one, list) and len(one) == 2 for one in value):
            return ", ".join(f"{_plain(one[0])}: {_plain(one[1])}" for one in value)
        case list():
            return ", ".join(map(_plain, value)) or "none"
    return str(value)
