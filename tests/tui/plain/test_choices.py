"""Numbered choices (A11Y-PLAIN-06, T-A11Y-13)."""

import pytest

from tests.tui.plain.pages import DEVICES, LAND, PASSWORD, SIGN_IN
from tests.tui.plain.stage import PreparedPortal, choice_field, play, replaced, text_field
from tui.plain.choices import Choice, Mismatch, choice_lines, match_choice

LIST = [Choice(label) for label in DEVICES.values()]


@pytest.mark.parametrize("typed", ["4", "E-mail", "e-MAIL", "e-m", " e "])
def test_t_a11y_13_a_number_a_label_or_its_beginning_choose(typed: str) -> None:
    assert match_choice(typed, LIST) == 3


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("0", "the list goes from 1 to 5"),
        ("6", "the list goes from 1 to 5"),
        ("99999999999999999999", "the list goes from 1 to 5"),
        ("e-mial", "The nearest is E-mail."),
        ("zzz", "this is none of the choices."),
    ],
)
def test_t_a11y_13_anything_else_is_refused_with_the_nearest(typed: str, error: str) -> None:
    found = match_choice(typed, LIST)
    assert isinstance(found, Mismatch)
    assert error in found.error
    assert typed not in found.error + found.fix
    assert found.fix == "type a number from 1 to 5, or the beginning of a label."


def test_t_a11y_13_an_ambiguous_beginning_lists_the_candidates() -> None:
    found = match_choice("o", [Choice("Oak"), Choice("Elm"), Choice("Olive")])
    assert found == Mismatch(
        "this fits 2 choices: 1. Oak; 3. Olive.",
        "type a number from 1 to 3, or the beginning of a label.",
    )


def test_t_a11y_13_an_answer_that_fits_very_many_names_a_few() -> None:
    found = match_choice("row", [Choice(f"Row {n}") for n in range(1000)])
    assert isinstance(found, Mismatch)
    assert found.error.endswith("8. Row 7; and 992 more.")


def test_t_a11y_13_a_year_is_its_label_not_a_number_of_the_list() -> None:
    years = [Choice("2015"), Choice("2011")]
    assert match_choice("2011", years) == 1
    assert isinstance(match_choice("201", years), Mismatch)


def test_t_a11y_13_numbers_may_begin_elsewhere() -> None:
    assert match_choice("1002", LIST, first=1001) == 1


def test_a11y_plain_06_marks_and_reasons_are_words() -> None:
    choices = [
        Choice("2011", mark="selected", explain="Individual participation"),
        Choice("2015", enabled=False, reason="data not loaded."),
    ]
    assert choice_lines(choices) == [
        "1. 2011 (selected)",
        "Help: Individual participation.",
        "2. 2015 (not available: data not loaded)",
    ]
    refused = match_choice("2", choices)
    assert refused == Mismatch("2015 is not available: data not loaded.", "choose another number.")


def test_t_a11y_13_enter_takes_the_selected_entry_only_where_one_was_stated() -> None:
    portal = PreparedPortal(LAND, SIGN_IN)
    played = play(portal, "", "1", "1", "demo.grouprep", "/quit", "1")
    assert played.lines[played.lines.index("Action, number 1 to 8: <>") + 1] == "Error: a choice is needed."


def test_a11y_plain_08_the_chosen_label_is_said_once_and_a_number_is_sent_as_its_value() -> None:
    portal = PreparedPortal(LAND, SIGN_IN)
    played = play(portal, "1", "1", "jd", "demo.x", PASSWORD, "9", "2", "/quit", "1")
    assert [line for line in played.lines if line.startswith("Chosen: ")] == [f"Chosen: {DEVICES['sms']}"]
    assert portal.acts[-1].values["mfa_type"] == "sms"


def test_a11y_plain_16_a_value_is_offered_and_enter_keeps_it() -> None:
    user = replaced(SIGN_IN["S-TERMS", "accept"], fields=[text_field("user_id", "User ID", value="demo.x")])
    portal = PreparedPortal(LAND, {**SIGN_IN, ("S-TERMS", "accept"): user})
    played = play(portal, "1", "1", "", "/quit", "1")
    assert "User ID, required (Enter keeps demo.x): <>" in played.lines
    assert portal.acts[-1].values == {"user_id": "demo.x"}


PEOPLE = [
    Choice("Rowan Alder, NPI 0999010016"),
    Choice("Maya Fennel, NPI 0999010024"),
    *(Choice(f"NPI 09990{number:05d}") for number in range(1000)),
]


@pytest.mark.parametrize(
    ("typed", "found"), [("fennel", 1), ("alder rowan", 0), ("10024", 1), ("2", 1), ("0999000999", 1001)]
)
def test_f_rpt_06_any_part_of_a_label_chooses_in_a_long_list(typed: str, found: int) -> None:
    assert match_choice(typed, PEOPLE, within=True) == found


def test_f_rpt_06_a_part_that_fits_several_names_them() -> None:
    assert match_choice("01002", [*PEOPLE[:2], Choice("NPI 0999010025")], within=True) == Mismatch(
        "this fits 2 choices: 2. Maya Fennel, NPI 0999010024; 3. NPI 0999010025.",
        "type a number from 1 to 3, or a longer part of a label.",
    )


def test_f_rpt_06_a_long_select_is_listed_in_parts() -> None:
    people = choice_field("clinician", "Clinician", {f"{n}": f"NPI 09990{n:05d}" for n in range(45)})
    user = replaced(SIGN_IN["S-TERMS", "accept"], fields=[people])
    portal = PreparedPortal(LAND, {**SIGN_IN, ("S-TERMS", "accept"): user})
    played = play(portal, "1", "1", "/next", "zz", "0033", "/quit", "1")
    lines = played.lines
    assert "1 - 20 of 45. Type part of a label to find one, or /next for more." in lines
    asked = "Clinician, required, number 1 to 45 or part of a label: <>"
    assert lines.index("40. NPI 0999000039") > lines.index("20. NPI 0999000019")
    assert "41. NPI 0999000040" not in lines
    assert any(line.startswith(asked.removesuffix("<>")) for line in lines)
    assert "Chosen: NPI 0999000033" in lines
    assert portal.acts[-1].values == {"clinician": "33"}
