"""The nearest right word (DEMO-ERR-03)."""

import pytest

from tui.demo.words import distance, help_for, nearest


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("emial", "email", 1),
        ("enter-userid", "enter-user-id", 1),
        ("", "abc", 3),
        ("abc", "acbd", 2),
        ("a", "a", 0),
    ],
)
def test_swapped_letters_count_once(one: str, other: str, apart: int) -> None:
    assert distance(one, other) == distance(other, one) == apart


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("OPEN_LOGIN", "open-login"),
        ("opn-login", "open-login"),
        ("ab", None),
        ("sa", "say"),
        ("cat", "car"),
        ("frobnicate", None),
    ],
)
def test_a_third_of_the_word_may_be_wrong_and_ties_go_by_the_alphabet(word: str, meant: str | None) -> None:
    assert nearest(word, ("open-login", "say", "cbt", "cut", "car")) == meant


def test_up_to_twelve_candidates_are_listed() -> None:
    few, many = [f"w{number}" for number in range(12)], [f"w{number}" for number in range(13)]
    assert help_for("x1", few) == (f'did you mean "w1"? Possible: {", ".join(few)}.',)
    assert help_for("x1", many) == ('did you mean "w1"?',)
    assert help_for("nothing", many) == ()
    assert help_for("b", ["a"], more="or a file") == ('did you mean "a"? Possible: a, or a file.',)
