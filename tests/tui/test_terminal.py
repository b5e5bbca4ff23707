"""What is known about a terminal: table 3.1, colours, size, locale (SSH-TERM-01, SSH-TERM-02, SSH-LOC-01)."""

import pytest

from tui.terminal import Terminal, depth_of, is_set, kind_of, locale_is_utf8

ROWS = [
    # TERM, interface, colours, glyphs, lean
    ("", "plain", "never", "auto", False),
    ("dumb", "plain", "never", "auto", False),
    ("unknown", "plain", "never", "auto", False),
    ("emacs", "plain", "never", "auto", False),
    ("network", "plain", "never", "auto", False),
    ("vt52", "plain", "never", "ascii", False),
    ("tty33", "plain", "never", "ascii", False),
    ("vt100", "full-screen", "never", "ascii", True),
    ("vt420", "full-screen", "never", "ascii", True),
    ("xterm-mono", "full-screen", "never", "ascii", True),
    ("wy60-m", "full-screen", "never", "ascii", True),
    ("linux", "full-screen", "16", "ascii", True),
    ("linux-16color", "full-screen", "16", "ascii", True),
    ("screen", "full-screen", "by rule", "auto", True),
    ("screen.xterm-256color", "full-screen", "by rule", "auto", True),
    ("screen-256color", "full-screen", "by rule", "auto", True),
    ("tmux-256color", "full-screen", "by rule", "auto", False),
    ("putty-256color", "full-screen", "by rule", "auto", True),
    ("Eterm", "full-screen", "by rule", "auto", True),
    ("xterm", "full-screen", "by rule", "auto", False),
    ("xterm-256color", "full-screen", "by rule", "auto", False),
    ("xterm-ghostty", "full-screen", "by rule", "auto", False),
    ("st-256color", "full-screen", "by rule", "auto", False),
    ("hp2621", "full-screen", "16", "auto", True),
]


@pytest.mark.parametrize(("term", "interface", "colors", "glyphs", "lean"), ROWS)
def test_ssh_term_01_rows_of_the_table(
    term: str, interface: str, colors: str, glyphs: str, lean: bool
) -> None:
    kind = kind_of(term)
    assert (kind.interface, kind.colors, kind.glyphs, kind.lean) == (interface, colors, glyphs, lean)


@pytest.mark.parametrize(
    ("term", "colorterm", "depth"),
    [
        ("xterm", "", "16"),
        ("xterm", "truecolor", "rgb"),
        ("xterm", "24bit", "rgb"),
        ("xterm", "yes", "16"),
        ("xterm-256color", "", "256"),
        ("screen-256color", "truecolor", "rgb"),
        ("kitty", "", "256"),
        ("xterm-kitty", "", "256"),
        ("xterm-ghostty", "", "256"),
        ("foot", "", "256"),
        ("linux", "truecolor", "16"),
        ("hp2621", "truecolor", "16"),
    ],
)
def test_ssh_term_02_depth_of_colour(term: str, colorterm: str, depth: str) -> None:
    assert depth_of(Terminal({"TERM": term, "COLORTERM": colorterm})) == depth


@pytest.mark.parametrize(
    ("variables", "utf8"),
    [
        ({"LANG": "en_US.UTF-8"}, True),
        ({"LANG": "en_US.utf8"}, True),
        ({"LANG": "de_DE"}, False),
        ({}, False),
        ({"LC_ALL": "C", "LANG": "en_US.UTF-8"}, False),
        ({"LC_ALL": "C.UTF-8"}, True),
        ({"LC_ALL": "", "LANG": "en_US.UTF-8"}, True),
        ({"LC_CTYPE": "en_US.ISO-8859-1", "LANG": "en_US.UTF-8"}, False),
        ({"LC_CTYPE": "C.UTF-8"}, False),
        ({"LC_CTYPE": "C.UTF-8", "LANG": "POSIX"}, False),
        ({"LC_CTYPE": "C.UTF-8", "LANG": "en_US.UTF-8"}, True),
        ({"LC_CTYPE": "UTF-8"}, True),
        ({"QPORTAL_ENCODING": "utf-8", "LC_ALL": "C"}, True),
        ({"QPORTAL_ENCODING": "ascii", "LANG": "en_US.UTF-8"}, False),
    ],
)
def test_ssh_loc_01_the_locale_as_it_was_sent(variables: dict[str, str], utf8: bool) -> None:
    assert locale_is_utf8(variables) is utf8


@pytest.mark.parametrize(
    ("columns", "rows", "small"), [(40, 12, False), (39, 12, True), (40, 11, True), (0, 0, False)]
)
def test_ssh_size_02_an_unknown_size_is_an_ordinary_one(columns: int, rows: int, small: bool) -> None:
    assert Terminal({}, columns=columns, rows=rows).too_small is small


@pytest.mark.parametrize("falsey", [None, "", "0", "false", "NO", "Off", " "])
def test_a11y_mode_02_falsey_words(falsey: str | None) -> None:
    assert not is_set(falsey)
    assert is_set("1")
