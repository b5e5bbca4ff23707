"""Text that reaches a terminal (SR-TERM-01 to SR-TERM-03)."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.safe_text import LONGEST, SafeText, is_safe_json, safe_text, safe_tree, single_line

VECTORS = [
    ("\x1b]0;PWNED\x07", "␛]0;PWNED␇"),
    ("\x1b[2J\x1b[H", "␛[2J␛[H"),
    ("\x9b31mred", "\ufffd31mred"),
    ("a\r\nb", "a␍\nb"),
    ("x\u202egnp.exe", "x\ufffdgnp.exe"),
    ("\x1b]52;c;cm0=\x07", "␛]52;c;cm0=␇"),
    ("\x1b]8;;http://h/\x1b\\t\x1b]8;;\x1b\\", "␛]8;;http://h/␛\\t␛]8;;␛\\"),
    ("\ud800", "\ufffd"),
    ("A" + "\u0301" * 6, "A" + "\u0301" * 4),
    ("[bold]x[/]", "[bold]x[/]"),
    ("\u200bz", "\ufffdz"),
    ("tab\tend", "tab    end"),
    ("\U0001f469\u200d\u2695", "\U0001f469\ufffd\u2695"),
    ("\x7f", "\u2421"),
    ("\x00", "\u2400"),
    ("a\u2028b\u2029c", "a\ufffdb\ufffdc"),
]
FORBIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@pytest.mark.sr("SR-TERM-01")
@pytest.mark.parametrize(("given_text", "shown"), VECTORS)
def test_sr_term_01_vectors(given_text: str, shown: str) -> None:
    assert safe_text(given_text) == shown


@pytest.mark.sr("SR-TERM-01")
@given(st.text(st.characters(codec=None), max_size=200))
def test_sr_term_01_no_forbidden_code_point_is_left(value: str) -> None:
    shown = safe_text(value)
    assert all(character == "\n" or unicodedata.category(character) not in FORBIDDEN for character in shown)
    assert len(shown) <= 4 * len(value)
    assert safe_text(str(shown)) == shown


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E)))
def test_printable_ascii_stays_as_it_is(value: str) -> None:
    assert safe_text(value) == value


def test_a_long_text_ends_in_an_ellipsis() -> None:
    shown = safe_text("x" * (LONGEST + 1))
    assert len(shown) == LONGEST
    assert shown.endswith("x…")
    assert safe_text("x" * LONGEST) == "x" * LONGEST


@pytest.mark.sr("SR-TERM-03")
def test_sr_term_03_single_lines_have_no_line_feed() -> None:
    assert single_line("Practice\nforged status") == "Practice\u23ceforged status"
    assert isinstance(single_line("x"), SafeText)


@pytest.mark.sr("SR-TERM-02")
def test_sr_term_02_keys_and_values_of_a_tree_are_made_safe() -> None:
    hostile = {"a\x1b": ["\x9b", {"b": "\t", "c": 1.5, "d": None, "e": True}]}
    assert safe_tree(hostile) == {"a␛": ["\ufffd", {"b": "    ", "c": 1.5, "d": None, "e": True}]}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=3)
    ),
    max_leaves=10,
)


@pytest.mark.sr("SR-TERM-02")
@given(json_values, st.booleans())
def test_sr_term_02_a_document_judged_safe_needs_no_walk(value: object, ascii_only: bool) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only)
    if is_safe_json(text):
        assert safe_tree(value) == value


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E)))
def test_plain_documents_are_judged_safe(value: str) -> None:
    assert is_safe_json(json.dumps({"title": value}))


def test_a_string_that_would_be_cut_is_not_judged_safe() -> None:
    assert not is_safe_json(json.dumps(["x" * (LONGEST + 1)]))
    assert not is_safe_json(json.dumps(['x"' * (LONGEST // 2 + 1)]))
    assert is_safe_json(json.dumps(['x"' * (LONGEST // 2)]))
    assert is_safe_json(json.dumps(["x" * 100] * 1000))
