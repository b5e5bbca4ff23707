"""Which front end, colours and characters are chosen (T-A11Y-02, T-A11Y-30, A11Y-TEXT-03)."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from client.settings import Preferences, from_variables, parse_layer
from tui.interface_choice import (
    NOT_A_TERMINAL,
    appearance,
    choose_color,
    choose_glyphs,
    choose_interface,
    choose_motion,
    choose_mouse,
)
from tui.terminal import Terminal

PLAIN, FULL, ASK, REFUSED = "plain", "full-screen", "ask", "refused"
UTF8 = {"LANG": "en_US.UTF-8"}


@dataclass(frozen=True)
class Row:
    """One example: what was asked and found, and what is chosen."""

    expected: str
    flag: str = ""
    variable: str = ""
    saved: str = ""
    environ: dict[str, str] = field(default_factory=dict)
    terminal: dict[str, Any] = field(default_factory=dict)
    glyphs: str = ""
    said: str = ""
    """Part of the notice or refusal; empty: nothing is said."""


PIPE_IN, PIPE_OUT, SMALL = {"stdin_tty": False}, {"stdout_tty": False}, {"columns": 39}
DUMB = {"TERM": "dumb"}
ACCESSIBLE = {"ACCESSIBLE": "1"}

ROWS = [
    # First run and saved preferences
    Row(ASK),
    Row(FULL, saved="auto"),
    Row(FULL, saved=FULL),
    Row(PLAIN, saved=PLAIN),
    # Flags
    Row(PLAIN, flag=PLAIN),
    Row(FULL, flag=FULL),
    Row(PLAIN, flag=PLAIN, variable=FULL, saved=FULL),
    Row(FULL, flag=FULL, variable=PLAIN, saved=PLAIN),
    Row(FULL, flag=FULL, environ=ACCESSIBLE),
    # Variables
    Row(PLAIN, variable=PLAIN),
    Row(FULL, variable=FULL),
    Row(PLAIN, variable=PLAIN, saved=FULL),
    Row(FULL, variable=FULL, saved=PLAIN),
    Row(FULL, variable="auto"),
    Row(FULL, variable="auto", saved=PLAIN),
    Row(FULL, variable=FULL, environ=ACCESSIBLE),
    # ACCESSIBLE
    Row(PLAIN, environ=ACCESSIBLE),
    Row(PLAIN, environ={"ACCESSIBLE": "yes"}, saved=FULL),
    Row(PLAIN, environ=ACCESSIBLE, saved="auto"),
    Row(ASK, environ={"ACCESSIBLE": "0"}),
    Row(ASK, environ={"ACCESSIBLE": "False"}),
    Row(FULL, environ={"ACCESSIBLE": ""}, saved=FULL),
    # Not a terminal
    Row(REFUSED, terminal=PIPE_IN, said="--plain"),
    Row(REFUSED, terminal=PIPE_OUT, said="--plain"),
    Row(REFUSED, terminal=PIPE_OUT, flag=FULL, said="--plain"),
    Row(REFUSED, terminal=PIPE_OUT, variable=FULL, said="--plain"),
    Row(REFUSED, terminal=PIPE_OUT, saved=FULL, said="--plain"),
    Row(REFUSED, terminal=PIPE_OUT, flag=FULL, saved=PLAIN, said="--plain"),
    Row(PLAIN, terminal=PIPE_IN, flag=PLAIN),
    Row(PLAIN, terminal=PIPE_IN, variable=PLAIN),
    Row(PLAIN, terminal=PIPE_IN, saved=PLAIN),
    Row(PLAIN, terminal=PIPE_IN, environ=ACCESSIBLE),
    Row(REFUSED, terminal=PIPE_OUT, environ=DUMB, said="--plain"),
    # A terminal that cannot show the full screen
    Row(PLAIN, environ=DUMB),
    Row(PLAIN, environ={"TERM": ""}),
    Row(PLAIN, environ={"TERM": "unknown"}),
    Row(PLAIN, environ={"TERM": "vt52"}, saved="auto"),
    Row(FULL, environ={"TERM": "vt100"}, saved="auto"),
    Row(REFUSED, environ=DUMB, flag=FULL, said="cannot show the full screen: TERM is dumb. Use --plain."),
    Row(REFUSED, environ={"TERM": ""}, flag=FULL, said="TERM is not set"),
    Row(PLAIN, environ=DUMB, variable=FULL, said="Notice: plain text is used because TERM is dumb."),
    Row(PLAIN, environ=DUMB, saved=FULL, said="Notice: plain text is used because TERM is dumb."),
    Row(PLAIN, environ=DUMB, saved="auto"),
    Row(PLAIN, environ=DUMB, flag=PLAIN),
    Row(PLAIN, terminal=SMALL),
    Row(REFUSED, terminal=SMALL, flag=FULL, said="smaller than 40 columns by 12 rows"),
    Row(PLAIN, terminal=SMALL, saved=FULL, said="Notice: plain text is used because the terminal is smaller"),
    Row(ASK, terminal={"columns": 0, "rows": 0}),
    Row(ASK, terminal={"columns": 40, "rows": 12}),
    # An encoding that cannot be set up
    Row(PLAIN, terminal={"encoding": "ascii"}, glyphs="unicode"),
    Row(REFUSED, terminal={"encoding": "ascii"}, glyphs="unicode", flag=FULL, said="glyphs=unicode"),
    Row(ASK, terminal={"encoding": "ascii"}),
    Row(ASK, environ={"LANG": "C"}),
    Row(PLAIN, environ={"LANG": "C"}, glyphs="unicode"),
]


def asked(*, flags: dict[str, str], variables: dict[str, str], saved: dict[str, str]) -> Preferences:
    def layer(texts: dict[str, str]) -> dict[str, str]:
        return {key: text for key, text in texts.items() if text}

    return Preferences(parse_layer(layer(flags)), from_variables(layer(variables)), parse_layer(layer(saved)))


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_t_a11y_02_the_interface(row: Row) -> None:
    terminal = Terminal({"TERM": "xterm", **UTF8, **row.environ}, **row.terminal)
    preferences = asked(
        flags={"interface": row.flag, "glyphs": row.glyphs},
        variables={"QPORTAL_INTERFACE": row.variable},
        saved={"interface": row.saved},
    )
    choice = choose_interface(terminal, preferences)
    assert ((choice.ask and ASK) or (choice.refusal and REFUSED) or choice.interface) == row.expected
    assert row.said in choice.notice + choice.refusal
    assert bool(row.said) == bool(choice.notice + choice.refusal)


def test_t_a11y_02_there_are_enough_examples() -> None:
    assert len(ROWS) >= 40
    assert len(COLORS) >= 24


def test_the_refusal_without_a_terminal_is_one_line() -> None:
    assert "\n" not in NOT_A_TERMINAL


@dataclass(frozen=True)
class Paint:
    """One example of the colour rule, first match wins."""

    depth: str
    flag: str = ""
    variable: str = ""
    saved: str = ""
    environ: dict[str, str] = field(default_factory=dict)
    stdout_tty: bool = True


ON = "16"
COLORS = [
    Paint(ON),
    Paint("256", environ={"TERM": "xterm-256color"}),
    Paint("rgb", environ={"COLORTERM": "truecolor"}),
    Paint(ON, flag="always"),
    Paint("none", flag="never"),
    Paint(ON, flag="always", variable="never", environ={"NO_COLOR": "1"}),
    Paint("none", flag="never", variable="always", environ={"FORCE_COLOR": "1"}),
    Paint("none", flag="auto", variable="never"),
    Paint(ON, variable="always", environ={"NO_COLOR": "1"}),
    Paint("none", variable="never", environ={"FORCE_COLOR": "1"}),
    Paint("none", variable="auto", environ={"NO_COLOR": "1"}),
    Paint("none", environ={"NO_COLOR": "1"}),
    Paint("none", environ={"NO_COLOR": "0"}),
    Paint(ON, environ={"NO_COLOR": ""}),
    Paint("none", environ={"NO_COLOR": "1", "FORCE_COLOR": "1"}),
    Paint("none", environ={"NO_COLOR": "1"}, saved="always"),
    Paint(ON, environ={"FORCE_COLOR": "1"}, saved="never"),
    Paint(ON, environ={"CLICOLOR_FORCE": "1", "TERM": "dumb"}),
    Paint("none", environ={"CLICOLOR_FORCE": "0", "TERM": "dumb"}),
    Paint("none", environ={"FORCE_COLOR": ""}, stdout_tty=False),
    Paint(ON, saved="always", environ={"TERM": "dumb"}),
    Paint("none", saved="never"),
    Paint(ON, saved="auto"),
    Paint("none", environ={"TERM": "dumb"}),
    Paint("none", environ={"TERM": ""}),
    Paint("none", environ={"TERM": "vt100"}),
    Paint(ON, environ={"TERM": "vt100"}, flag="always"),
    Paint("none", stdout_tty=False),
    Paint(ON, stdout_tty=False, flag="always"),
    Paint("none", environ={"CLICOLOR": "0"}),
    Paint(ON, environ={"CLICOLOR": "1"}),
    Paint(ON, environ={"CLICOLOR": "0", "FORCE_COLOR": "1"}),
    Paint(ON, environ={"CLICOLOR": "0"}, saved="always"),
]


@pytest.mark.parametrize("row", COLORS, ids=str)
def test_t_a11y_30_the_colour(row: Paint) -> None:
    terminal = Terminal({"TERM": "xterm", **row.environ}, stdout_tty=row.stdout_tty)
    preferences = asked(
        flags={"color": row.flag}, variables={"QPORTAL_COLOR": row.variable}, saved={"color": row.saved}
    )
    choice = choose_color(terminal, preferences)
    assert choice.depth == row.depth
    assert choice.on == (row.depth != "none")
    assert choice.reason


def nothing_asked() -> Preferences:
    return Preferences({}, {}, {})


@pytest.mark.parametrize(
    ("environ", "encoding", "wish", "glyphs"),
    [
        (UTF8, "utf-8", "", "unicode"),
        (UTF8, "ascii", "", "ascii"),
        ({"LANG": "C"}, "utf-8", "", "ascii"),
        ({**UTF8, "TERM": "linux"}, "utf-8", "", "ascii"),
        ({**UTF8, "TERM": "vt100"}, "utf-8", "", "ascii"),
        ({**UTF8, "TERM": "linux"}, "utf-8", "unicode", "unicode"),
        (UTF8, "utf-8", "ascii", "ascii"),
    ],
)
def test_a11y_text_03_the_characters(environ: dict[str, str], encoding: str, wish: str, glyphs: str) -> None:
    terminal = Terminal({"TERM": "xterm", **environ}, encoding=encoding)
    assert choose_glyphs(terminal, asked(flags={"glyphs": wish}, variables={}, saved={})) == glyphs


@pytest.mark.parametrize(
    ("environ", "wish", "mouse", "motion"),
    [
        ({}, "", True, "full"),
        ({"SSH_CONNECTION": "192.0.2.1 1 192.0.2.2 22"}, "", False, "none"),
        ({"ACCESSIBLE": "1"}, "", False, "none"),
        ({"TEXTUAL_ANIMATIONS": "none"}, "", True, "none"),
        ({"ACCESSIBLE": "1"}, "on", True, "full"),
        ({}, "off", False, "none"),
    ],
)
def test_ssh_net_01_mouse_and_motion(environ: dict[str, str], wish: str, mouse: bool, motion: str) -> None:
    terminal = Terminal({"TERM": "xterm", **environ})
    flags = {"mouse": wish, "motion": {"on": "full", "off": "none"}.get(wish, "")}
    preferences = asked(flags=flags, variables={}, saved={})
    assert choose_mouse(terminal, preferences) is mouse
    assert choose_motion(terminal, preferences) == motion


@pytest.mark.parametrize(
    ("environ", "theme"),
    [
        ({"TERM": "xterm-256color"}, "qportal-light"),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "qportal-light"),
        ({"TERM": "xterm"}, "terminal"),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, "terminal"),
    ],
)
def test_a11y_color_04_few_colours_take_the_terminals_own(environ: dict[str, str], theme: str) -> None:
    preferences = asked(flags={"theme": "qportal-light"}, variables={}, saved={})
    assert appearance(Terminal(environ), preferences).theme == theme


def test_ssh_term_04_lean_terminals_are_named() -> None:
    assert appearance(Terminal({"TERM": "screen"}), nothing_asked()).lean
    assert not appearance(Terminal({"TERM": "tmux"}), nothing_asked()).lean
