"""The D-codes: what can be wrong with a script, a run or a recording, in one table (section 16 of the spec).

message("D202", key="typign", table="play")   -> 'unknown setting typign in [play]'
CODES["D202"].exit                            -> ExitCode.USAGE
"""

from dataclasses import dataclass
from typing import Final

from tui.exit_codes import ExitCode


@dataclass(frozen=True, slots=True)
class Code:
    """One row of the table."""

    text: str
    """Message with named values in braces."""
    exit: ExitCode = ExitCode.FAILED
    warning: bool = False
    """Whether it leaves the exit code alone."""


def _invalid(text: str) -> Code:
    """The script or the command line cannot be used at all."""
    return Code(text, ExitCode.USAGE)


CODES: Final[dict[str, Code]] = {
    "D101": _invalid("cannot read {file}: {reason}"),
    "D102": _invalid("{problem}"),
    "D103": _invalid("{reason}"),
    "D104": _invalid("format must be 1"),
    "D105": _invalid("the script has no [[step]]"),
    "D106": _invalid("{key} is given twice (first at line {n})"),
    "D201": _invalid("unknown {key}"),
    "D202": _invalid("unknown setting {key} in [{table}]"),
    "D203": _invalid("{key} needs {type}, got {got}"),
    "D204": _invalid('unknown step "{key}"'),
    "D205": _invalid("a step can do one thing; found {a} and {b}"),
    "D206": _invalid("this step does nothing"),
    "D207": _invalid('{key} cannot be "{value}"'),
    "D208": _invalid('"{value}" is not a {kind}'),
    "D209": _invalid("{key} must be between {min} and {max}"),
    "D210": _invalid("{verb} can only be true"),
    "D211": _invalid("{name} is already used at line {n}"),
    "D212": _invalid("keys exist only full-screen"),
    "D213": Code("passwords belong to the persona file; use enter-password = true", warning=True),
    "D214": _invalid('unknown check "{key}"'),
    "D215": _invalid("there is no {code}"),
    "D216": _invalid("{verb} is not possible after {before} (expected state {state})"),
    "D217": Code("wait of {wait} is long; a check leaves it out, a live run makes people sit", warning=True),
    "D301": _invalid("there is no variable {name}"),
    "D302": Code("{name} has no value yet"),
    "D303": _invalid("{problem}"),
    "D304": Code('"{value}" is not offered for {field}'),
    "D305": Code('{n} rows match "{value}"'),
    "D306": _invalid("there is no persona {id}"),
    "D401": Code("this server has no demo flag"),
    "D402": Code("this server is not on this computer (loopback)"),
    "D403": Code("the demo data could not be set back: {reason}"),
    "D404": Code("{report} is not installed (E-RPT-06)"),
    "D501": Code('expected text "{text}" is not on the screen'),
    "D502": Code("{verb} needs {states}, the program is at {state}"),
    "D503": Code("{action}: {reason}"),
    "D504": Code("expected {a}, got {b} ({errors})"),
    "D505": Code("{what}: expected {a}, got {b}"),
    "D506": Code("expected {e}, got {x}"),
    "D507": Code("{e}: {text}"),
    "D508": Code("the program ended with exit {n}"),
    "D509": Code("nothing settled within {d}; waiting for {what}"),
    "D510": Code("no readable message within {d}"),
    "D511": Code("journals differ at step {n}: {key}"),
    "D601": Code("{path} exists"),
    "D602": Code("{path} cannot be written: {reason}"),
    "D901": Code("internal error: {reason}"),
}


def message(code: str, /, **values: object) -> str:
    """The message of a code, filled in."""
    return CODES[code].text.format(**values)
