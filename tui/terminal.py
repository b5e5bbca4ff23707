"""What the program knows about the terminal it runs in, and table 3.1 of the SSH rules (SSH-TERM-01).

The facts are one value, `Terminal`, taken once at the edge, so that every choice made from them is a pure
function with a table of examples as its test. Textual reads no terminfo; `TERM` is matched against the table.
"""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Literal

Interface = Literal["plain", "full-screen"]
Depth = Literal["none", "16", "256", "rgb"]
GlyphSet = Literal["ascii", "unicode"]

SMALLEST = (40, 12)
ASSUMED_SIZE = (80, 24)
"""Columns and rows where the terminal answers 0x0 (SSH-SIZE-02)."""


@dataclass(frozen=True)
class Terminal:
    """Standard input and output, their size and encoding, and the environment variables."""

    variables: Mapping[str, str]
    stdin_tty: bool = True
    stdout_tty: bool = True
    columns: int = 80
    rows: int = 24
    encoding: str = "utf-8"
    """Of standard output, as Python set it up."""

    @property
    def term(self) -> str:
        """`TERM`, empty if unset."""
        return self.variables.get("TERM", "").strip()

    @property
    def interactive(self) -> bool:
        """Whether a person sits at both ends (SSH-TTY-01)."""
        return self.stdin_tty and self.stdout_tty

    @property
    def over_ssh(self) -> bool:
        """Whether it is a remote login (SSH-NET-01)."""
        return bool(self.variables.get("SSH_CONNECTION"))

    @property
    def accessible(self) -> bool:
        """Whether `ACCESSIBLE` asks for plain text (A11Y-MODE-02)."""
        return is_set(self.variables.get("ACCESSIBLE"))

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        return (self.columns, self.rows) if self.columns and self.rows else ASSUMED_SIZE

    @property
    def too_small(self) -> bool:
        """Whether the full screen does not fit (A11Y-MODE-03)."""
        columns, rows = self.size
        return columns < SMALLEST[0] or rows < SMALLEST[1]

    @property
    def kind(self) -> "TerminalKind":
        """Its row of table 3.1."""
        return kind_of(self.term)

    @property
    def speaks_utf8(self) -> bool:
        """Whether letters outside ASCII arrive as such (SSH-LOC-01, A11Y-TEXT-03)."""
        return locale_is_utf8(self.variables) and _names_utf8(self.encoding)


@dataclass(frozen=True)
class TerminalKind:
    """A row of table 3.1."""

    patterns: tuple[str, ...]
    interface: Interface = "full-screen"
    colors: Literal["never", "16", "by rule"] = "by rule"
    glyphs: Literal["auto", "ascii"] = "auto"
    lean: bool = False
    """Whether the driver leaves out sequences beyond the old core (SSH-TERM-04)."""


KINDS = (
    TerminalKind(("", "dumb", "unknown", "emacs", "network"), interface="plain", colors="never"),
    TerminalKind(("vt52", "lpr", "tty*"), interface="plain", colors="never", glyphs="ascii"),
    TerminalKind(
        ("vt100", "vt102", "vt220", "vt320", "vt420", "*-m", "*-mono"),
        colors="never",
        glyphs="ascii",
        lean=True,
    ),
    TerminalKind(("linux", "linux-*", "console"), colors="16", glyphs="ascii", lean=True),
    TerminalKind(("screen", "screen.*", "screen-*"), lean=True),
    TerminalKind(("tmux", "tmux-*")),
    TerminalKind(("ansi", "cygwin", "putty*", "rxvt*", "eterm*", "sun*", "wsvt25"), lean=True),
    TerminalKind(
        (
            *("xterm*", "kitty", "xterm-kitty", "alacritty", "foot*", "wezterm", "*ghostty*", "contour"),
            *("st*", "konsole*", "gnome*", "vte*", "iterm*", "ms-terminal"),
        )
    ),
    TerminalKind(("*",), colors="16", lean=True),
)
"""Table 3.1 of the SSH rules; the first matching row counts."""

_256_COLORS = frozenset({"kitty", "alacritty", "foot", "ghostty", "wezterm", "contour"})
_TRUECOLOR = frozenset({"truecolor", "24bit"})


def kind_of(term: str) -> TerminalKind:
    """The row for a value of `TERM`."""
    name = term.lower()
    return next(kind for kind in KINDS if any(fnmatchcase(name, pattern) for pattern in kind.patterns))


def depth_of(terminal: Terminal) -> Depth:
    """How many colours the terminal has, were colour used (SSH-TERM-02)."""
    if terminal.kind.colors != "by rule":
        return "16"
    if terminal.variables.get("COLORTERM", "").strip().lower() in _TRUECOLOR:
        return "rgb"
    name = terminal.term.lower()
    return "256" if "256color" in name or name.removeprefix("xterm-") in _256_COLORS else "16"


def locale_is_utf8(variables: Mapping[str, str]) -> bool:
    """Whether the locale as sent is UTF-8; Python's own coercion does not count (SSH-LOC-01)."""
    if told := variables.get("QPORTAL_ENCODING"):
        return _names_utf8(told)
    whole, kind, language = (variables.get(name, "") for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    coerced = kind == "C.UTF-8" and not whole and language in {"", "C", "POSIX"}
    return not coerced and _names_utf8(whole or kind or language)


def is_set(variable: str | None) -> bool:
    """Whether a boolean-like variable says yes (A11Y-MODE-02)."""
    return (variable or "").strip().lower() not in {"", "0", "false", "no", "off"}


def present_terminal(variables: Mapping[str, str] | None = None) -> Terminal:
    """The terminal of this process, as it is now."""
    stdin_tty, stdout_tty = _is_tty(sys.stdin), _is_tty(sys.stdout)
    columns, rows = _size() if stdout_tty else (0, 0)
    return Terminal(
        variables=dict(os.environ if variables is None else variables),
        stdin_tty=stdin_tty,
        stdout_tty=stdout_tty,
        columns=columns,
        rows=rows,
        encoding=getattr(sys.stdout, "encoding", None) or "ascii",
    )


def _is_tty(stream: object) -> bool:
    try:
        return bool(stream.isatty())  # type: ignore[attr-defined]
    except (AttributeError, ValueError):
        return False


def _size() -> tuple[int, int]:
    try:
        size = os.get_terminal_size(sys.stdout.fileno())
    except (OSError, ValueError):
        return (0, 0)
    return (size.columns, size.lines)


def _names_utf8(name: str) -> bool:
    return name.lower().replace("_", "-").endswith(("utf-8", "utf8"))
