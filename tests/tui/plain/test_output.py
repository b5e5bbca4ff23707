"""The byte stream of plain mode: A11Y-PLAIN-01 to -05 and the grammar of its lines."""

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.tui.plain.pages import LAND, PASSWORD, SIGN_IN, WALK, picker
from tests.tui.plain.stage import Answer, PreparedPortal, action, notice, play, problem, replaced, screen
from tui.plain.characters import plain_characters
from tui.plain.grammar import production

HOSTILE = "\x1b]0;owned\x07 \x9b31m[bold]x[/] a\rb\tc\x7f \u202eevil\u2066 →▌█●⠿ \U0001f600 ab\u200dc \ue000"
ANSWERS: dict[tuple[str, str], Answer | list[Answer]] = {
    **SIGN_IN,
    ("S-HOME", "feedback_reports"): picker(31),
}
SCRIPT = (*WALK, "?", "/time", "1", "/next", "/settings", "/outbox", "/quit", "1")


def walked(width: int | None) -> str:
    played = play(PreparedPortal(LAND, ANSWERS), *SCRIPT, width=width, show_typing=False)
    assert played.code == 0
    return played.text


def is_allowed(character: str) -> bool:
    category = unicodedata.category(character)
    return " " <= character <= "~" or category[0] in "LMNP" or category == "Sc"


@pytest.mark.parametrize("ascii_only", [False, True])
def test_t_a11y_10_only_lf_and_printable_characters_come_out(ascii_only: bool) -> None:
    """Whatever the portal says, in every part of a screen."""
    hostile = screen(
        "S-LAND",
        HOSTILE,
        notices=[notice(HOSTILE)],
        errors=[problem("E-X", HOSTILE)],
        intro=[HOSTILE, f"line\nError: {HOSTILE}"],
        help=[HOSTILE],
        actions=[
            action("quit", HOSTILE, local=True),
            action("other", HOSTILE, enabled=False, reason=HOSTILE),
        ],
    )
    played = play(PreparedPortal(hostile), "?", "/actions", "2", "/quit", "1", ascii_only=ascii_only)
    assert all(is_allowed(character) for character in played.text.replace("\n", ""))
    assert not ascii_only or played.text.isascii()


@given(st.text())
def test_t_a11y_10_the_filter_lets_nothing_else_through(text: str) -> None:
    assert all(c == "\n" or is_allowed(c) for c in plain_characters(text, ascii_only=False))
    assert plain_characters(text, ascii_only=True).isascii()


def test_a11y_text_03_letters_are_simplified_and_that_is_said_once() -> None:
    page = replaced(LAND, notices=[notice("Zoë Müller–Łoś"), notice("Ærø 東京")])
    lines = play(PreparedPortal(page), "/quit", "1", ascii_only=True).lines
    assert lines[1] == "Notice: Zoe Muller-?os"
    assert sum("simplified" in line for line in lines) == 1


@pytest.mark.parametrize("width", [79, 60, 40, 20])
def test_t_a11y_11_no_line_is_longer_than_the_width(width: int) -> None:
    lines = walked(width).split("\n")
    # The space behind a prompt is where typing begins; the line is full at most with it.
    assert max(map(cell_len, lines)) <= width
    for line in lines:
        assert line == line.strip() or (line.endswith(": ") and line == f"{line.strip()} ")
    assert not any(one == two == "" for one, two in pairwise(lines[:-1]))


@pytest.mark.parametrize("width", [60, 40, 20])
def test_t_a11y_11_the_text_is_the_same_at_every_width(width: int) -> None:
    assert "".join(walked(width).split()) == "".join(walked(79).split()) == "".join(walked(None).split())


def test_t_a11y_11_without_a_terminal_nothing_is_wrapped_and_prompts_end_their_line() -> None:
    played = play(PreparedPortal(LAND, ANSWERS), *SCRIPT, width=None, interactive=False)
    assert "\nUser ID, required, 6 to 74 characters:\n" in played.text
    assert all(line == line.strip() for line in played.lines)
    notices = [line for line in played.lines if line.startswith("Notice: Unofficial")]
    assert notices == [f"Notice: {LAND.notices[0].text}"]


def test_a11y_brl_01_at_width_40_the_deciding_word_leads_every_logical_line() -> None:
    lines = walked(40).split("\n")
    assert not any(line.startswith(" ") for line in lines)
    assert any(line.startswith("Error: ") for line in lines)


def test_t_a11y_12_every_line_follows_the_grammar() -> None:
    lines = [line for line in walked(None).splitlines() if line]
    strangers = [line for line in lines if production(line) is None]
    assert strangers == []


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Screen: User ID, step 3 of 12", "label"),
        ("Working: sending.", "label"),
        ("Row 3 of 8", "row"),
        ("Row 3: Measure #: 31; Rate: 87%.", "row"),
        ("Note 2: Paid once.", "note"),
        ("4. E-mail", "item"),
        ("User ID, required, 6 to 74 characters:", "prompt"),
        ("User ID: (typing continues)", "prompt"),
        ("Reporting Rate (note 11): 87%", "pair"),
        ("Just a sentence without any label.", None),
        ("  Error: indented", None),
    ],
)
def test_t_a11y_12_the_productions(line: str, name: str | None) -> None:
    assert production(line) == name


def test_t_a11y_15_nothing_of_a_password_comes_out() -> None:
    assert len(PASSWORD) == 20
    for interactive in (True, False):
        played = play(PreparedPortal(LAND, ANSWERS), *SCRIPT, interactive=interactive, show_typing=False)
        assert "Done: password entered." in played.lines
        assert PASSWORD not in played.text
        assert "*" not in played.text
        assert not re.search(r"\b20 characters\b", played.text)
