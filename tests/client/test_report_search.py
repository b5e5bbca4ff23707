"""Finding text in rows and section titles, and going from match to match (A11Y-TABLE-07, P-FMT-21)."""

import pytest

from client.messages.report import Section
from client.report_search import Match, beside, count_words, find_rows, find_sections

ROWS = [
    ("31", "Stroke: prophylaxis", "87%"),
    ("32", "Antiplatelet therapy", "80%"),
    ("47", "Advance Care Plan", "73%"),
    ("124", "stroke unit", "63%"),
]


def section(title: str, npi: str | None = None, name: str | None = None) -> Section:
    return Section(id=npi or "TIN", title=title, npi=npi, name=name, outline=[])


SECTIONS = [
    section("Tax ID XXXXX4802, ALDER CREEK"),
    section("NPI 0999010016, Rowan Alder", "0999010016", "Rowan Alder"),
    section("NPI 0999010024, Maya Fennel", "0999010024", "Maya Fennel"),
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("stroke", [Match(0, 1), Match(3, 1)]),
        ("STROKE", [Match(0, 1), Match(3, 1)]),
        ("3", [Match(0, 0), Match(1, 0), Match(2, 2), Match(3, 2)]),
        ("87%", [Match(0, 2)]),
        ("nothing", []),
        ("", []),
    ],
)
def test_a_row_matches_by_any_cell_whatever_the_case(text: str, found: list[Match]) -> None:
    assert find_rows(ROWS, text) == found


def test_next_and_before_go_round() -> None:
    matches = [Match(2, 0), Match(5, 0), Match(9, 0)]
    assert [beside(matches, row, 1) for row in (0, 2, 5, 9)] == [0, 1, 2, 0]
    assert [beside(matches, row, -1) for row in (0, 2, 3, 5, 9, 10)] == [2, 2, 0, 0, 1, 2]
    assert beside([Match(4, 0)], 4, 1) == beside([Match(4, 0)], 4, -1) == 0
    assert beside([], 4, 1) is None


def test_sections_match_by_every_word_of_title_name_or_npi() -> None:
    assert [found.id for found in find_sections(SECTIONS, "alder")] == ["TIN", "0999010016"]
    assert [found.id for found in find_sections(SECTIONS, "fennel maya")] == ["0999010024"]
    assert [found.id for found in find_sections(SECTIONS, "0999010016")] == ["0999010016"]
    assert find_sections(SECTIONS, " ") == []


def test_the_count_is_said() -> None:
    assert count_words(2, 6) == "2 of 6 rows match."
    assert count_words(0, 1) == "0 of 1 row matches."
