"""What the linter found and how it is said: position, source line, caret, help (DEMO-ERR-01).

read-qrur.demo.toml:32:1: error D204: unknown step "enter-userid"
32 | enter-userid = "${user}"
   | ^^^^^^^^^^^^
help: did you mean "enter-user-id"?
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from rich.cells import cell_len

from client.safe_text import single_line
from tui.demo.codes import CODES
from tui.demo.script import Place
from tui.exit_codes import ExitCode

MOST: Final = 20
"""Findings of one file that are shown in full."""

_CROP: Final = 160
"""Characters of a source line that are shown; a longer one is cut around the place."""

_PASSWORD = re.compile(r"""(password[\w-]*["']?\s*=\s*)("(?:[^"\\]|\\.)*"|'[^']*')""")
_TIN = re.compile(r"(?<!\d)(?:\d{5}(\d{4})|\d{2}-\d{3}(\d{4}))(?!\d)")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to repair, or to think about."""

    code: str
    message: str
    place: Place | None = None
    """None: it belongs to no place in the file."""
    help: tuple[str, ...] = ()

    @property
    def severity(self) -> str:
        """`error` or `warning`."""
        return "warning" if CODES[self.code].warning else "error"

    @property
    def is_error(self) -> bool:
        """Whether the script cannot be used."""
        return not CODES[self.code].warning


class ScriptRefused(Exception):  # noqa: N818 - it says what happened
    """The script cannot be used; nothing has been started."""

    def __init__(self, name: str, lines: Sequence[str], findings: Sequence[Finding]) -> None:
        errors = [finding for finding in findings if finding.is_error]
        super().__init__(f"{name}: {', '.join(finding.code for finding in errors)}")
        self.name = name
        self.lines = tuple(lines)
        self.findings = tuple(findings)
        self.exit_code = exit_code(findings)

    def __str__(self) -> str:
        return "\n".join(rendered(self.name, self.lines, self.findings))


def exit_code(findings: Iterable[Finding]) -> ExitCode:
    """2 for what makes a script invalid, else 1 for any error, else 0."""
    return max((CODES[item.code].exit for item in findings if item.is_error), default=ExitCode.DONE)


def rendered(name: str, lines: Sequence[str], findings: Sequence[Finding]) -> list[str]:
    """The findings of one file as lines, at most twenty in full."""
    shown = [line for finding in findings[:MOST] for line in _block(name, lines, finding)]
    left = len(findings) - MOST
    return [*shown, f"... and {left} more"] if left > 0 else shown


def as_data(finding: Finding) -> dict[str, Any]:
    """A finding for programs."""
    place = finding.place
    return {
        "code": finding.code,
        "severity": finding.severity,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "length": place.length if place else None,
        "message": without_secrets(finding.message),
        "help": list(finding.help),
    }


def without_secrets(text: str) -> str:
    """Literal passwords and full TINs made unreadable (DEMO-RUN-06)."""
    hidden = _PASSWORD.sub(r'\1"(hidden)"', text)
    return _TIN.sub(lambda match: f"*****{match[1] or match[2]}", hidden)


def _block(name: str, lines: Sequence[str], finding: Finding) -> list[str]:
    place = finding.place
    where = name if place is None else f"{name}:{place.line}:{place.column}"
    head = f"{where}: {finding.severity} {finding.code}: {without_secrets(finding.message)}"
    source = (
        [] if place is None or not 0 < place.line <= len(lines) else _source(lines[place.line - 1], place)
    )
    helps = (f"help: {without_secrets(line)}" for line in finding.help)
    return [str(single_line(line)) for line in (head, *source, *helps)]


def _source(line: str, place: Place) -> list[str]:
    """The line, and a caret line under the place."""
    shown = without_secrets(line)
    start = max(0, place.column - 1 - _CROP // 2) if len(shown) > _CROP else 0
    shown = single_line(shown[start : start + _CROP].replace("\t", " "))
    before = shown[: place.column - 1 - start]
    marked = shown[place.column - 1 - start :][: place.length]
    number = str(place.line)
    caret = " " * cell_len(before) + "^" * max(1, cell_len(marked))
    return [f"{number} | {shown}", f"{' ' * len(number)} | {caret}"]
