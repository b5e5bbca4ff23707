"""The organization picker, line by line (F-ORG-12 and the plain halves of P-TIN-*)."""

from msgspec.structs import replace

from client.messages.screen import Screen, TableRow
from client.settings import Settings
from tests.tui.plain.pages import ATTEST, picker
from tests.tui.plain.stage import Answer, PreparedPortal, notice, play, problem

END = ("/quit", "1")
THIRD = ("o3", "DEMO PRACTICE 003:4802")
NINTH = ("o9", "DEMO PRACTICE 009:4802")
Prepared = dict[tuple[str, str], Answer | list[Answer]]


def without(page: Screen, org_id: str) -> Screen:
    """The page as the portal answers it once a row is selected: F-ORG-11."""
    assert page.table is not None
    rows = [row for row in page.table.rows if row.id != org_id]
    return replace(page, table=replace(page.table, rows=rows))


def test_f_org_12_the_pager_then_rows_20_at_a_time_numbered_from_first() -> None:
    page = picker(1000, total=310184, page=2, pages=311)
    lines = play(PreparedPortal(page), "/next", "/prev", *END, width=None).lines
    at = lines.index("Available: 1001 - 2000 of 310184")
    assert lines[at + 1] == "1001. DEMO PRACTICE 1001:4802, Staff User"
    assert lines[at + 20] == "1020. DEMO PRACTICE 1020:4802, Staff User"
    assert lines[at + 22] == "TIN, number 1001 to 1020: </next>"
    assert lines[at + 23] == "1021. DEMO PRACTICE 1021:4802, Staff User"
    assert lines.count("1001. DEMO PRACTICE 1001:4802, Staff User") == 2


def test_f_org_12_next_goes_on_to_the_next_page_and_prev_back() -> None:
    pages = {1: picker(20, total=40, page=1, pages=2), 2: picker(20, total=40, page=2, pages=2)}
    portal = PreparedPortal(
        pages[1], {("S-ORGPICK", "next_page"): pages[2], ("S-ORGPICK", "prev_page"): pages[1]}
    )
    lines = play(portal, "/next", "/next", "/prev", "/prev", *END).lines
    assert [act.action for act in portal.acts] == ["next_page", "prev_page"]
    assert "Done: page 2 of 2." in lines
    assert "Error: this is the end of the list." in lines
    assert "Error: this is the beginning of the list." in lines


def test_p_tin_11_a_number_selects_and_enter_goes_on_with_it() -> None:
    portal = PreparedPortal(
        picker(31),
        {
            ("S-ORGPICK", "select"): without(picker(31, selected=THIRD), "o3"),
            ("S-ORGPICK", "next"): ATTEST,
        },
    )
    lines = play(portal, "3", "/selected", "", *END, width=None).lines
    assert "Done: selected DEMO PRACTICE 003:4802." in lines
    assert "Selected: DEMO PRACTICE 003:4802" in lines
    assert "TIN, number 1 to 20 (Enter keeps DEMO PRACTICE 003:4802): <>" in lines
    assert [(act.action, act.values["org_ids"]) for act in portal.acts] == [
        ("select", ["o3"]),
        ("next", ["o3"]),
    ]


def test_f_org_11_numbers_mean_the_rows_as_they_were_read() -> None:
    """After row 3 left the list, 4 is still the row that was read as 4."""
    portal = PreparedPortal(picker(31), {("S-ORGPICK", "select"): without(picker(31, selected=THIRD), "o3")})
    play(portal, "3", "4", *END)
    assert portal.acts[1].values["org_ids"] == ["o4"]


def test_p_tin_07_another_choice_replaces_the_first_and_both_are_named() -> None:
    both = "DEMO PRACTICE 009:4802 replaced DEMO PRACTICE 003:4802. Only one selection is allowed."
    second = replace(without(picker(31, selected=NINTH), "o9"), notices=[notice(both)])
    portal = PreparedPortal(
        picker(31), {("S-ORGPICK", "select"): [without(picker(31, selected=THIRD), "o3"), second]}
    )
    lines = play(portal, "3", "9", *END, width=None).lines
    assert f"Notice: {both}" in lines


def test_p_tin_06_two_rows_that_look_alike_are_told_apart_by_their_id() -> None:
    page = picker(2)
    assert page.table is not None
    rows = [TableRow(id="a", cells=["SAME:4802", ""]), TableRow(id="b", cells=["SAME:4802 (2)", ""])]
    portal = PreparedPortal(replace(page, table=replace(page.table, rows=rows)))
    play(portal, "same:4802", "2", *END)
    assert [act.values["org_ids"] for act in portal.acts] == [["a"], ["b"]]


def test_as_a11y_09_find_searches_and_choosing_by_number_follows() -> None:
    found = picker(31, search="4802")
    portal = PreparedPortal(
        picker(1000, total=310184, pages=311),
        {
            ("S-ORGPICK", "search"): found,
            ("S-ORGPICK", "select"): without(picker(31, selected=THIRD, search="4802"), "o3"),
        },
    )
    lines = play(portal, "/find 4802", "3", "/selected", *END).lines
    assert portal.acts[0].values["search"] == "4802"
    assert "Available: 1 - 31 of 31" in lines
    assert "Selected: DEMO PRACTICE 003:4802" in lines


def test_p_plain_02_at_the_search_prompt_back_is_searched_for_and_the_command_leaves() -> None:
    portal = PreparedPortal(picker(3))
    lines = play(portal, "/find", "back", "/find", "/back", *END).lines
    assert [(act.action, act.values["search"]) for act in portal.acts] == [("search", "back")]
    assert "Search for: <back>" in lines
    assert lines[lines.index("Search for: </back>") + 1] == "TIN, number 1 to 3: </quit>"


def test_p_tin_04_nothing_found_says_so_and_asks_for_another_search() -> None:
    nothing = replace(picker(0, search="Harbor"), notices=[notice('Nothing matches "Harbor".')])
    portal = PreparedPortal(picker(3), {("S-ORGPICK", "search"): [nothing, picker(3)]})
    lines = play(portal, "/find Harbor", "demo", *END).lines
    assert 'Notice: Nothing matches "Harbor".' in lines
    assert "Available: 0 - 0 of 0" in lines
    assert "Search for: <demo>" in lines
    assert portal.acts[1].values["search"] == "demo"


def test_f_org_04_case_searches_again_where_there_is_a_search() -> None:
    portal = PreparedPortal(picker(3), {("S-ORGPICK", "search"): picker(3, search="Harbor")})
    lines = play(portal, "/case on", "/find Harbor", "/case off", "/case maybe", *END).lines
    assert "Done: match case is on." in lines
    assert [act.values["match_case"] for act in portal.acts] == [True, False]
    assert "Error: /case takes on or off." in lines


def test_p_tin_09_enter_without_a_selection_is_refused_by_the_portal() -> None:
    refused = replace(picker(3), errors=[problem("E-ORG-01", "Select a TIN.", "org_ids")])
    portal = PreparedPortal(picker(3), {("S-ORGPICK", "next"): refused})
    lines = play(portal, "", *END).lines
    at = lines.index("TIN, number 1 to 3: <>")
    assert lines[at + 1 : at + 4] == [
        "Error: Select a TIN.",
        "Fix: choose a row of the list, or /back.",
        "TIN, number 1 to 3: </quit>",
    ]
    assert portal.acts[0].values["org_ids"] == []


def test_f_org_08_clear_takes_the_selection_back() -> None:
    portal = PreparedPortal(without(picker(31, selected=THIRD), "o3"), {("S-ORGPICK", "clear"): picker(31)})
    lines = play(portal, "/clear", "/clear", *END).lines
    assert [act.action for act in portal.acts] == ["clear"]
    assert lines.count("Done: nothing is selected.") == 2


def test_done_lists_the_actions_of_the_picker() -> None:
    portal = PreparedPortal(picker(3))
    lines = play(portal, "/done", "back", *END).lines
    assert "4. Clear selection (not available: Nothing is selected)" in lines
    assert portal.acts[0].action == "back"


def test_a11y_brl_02_brief_prompts_stay_short_with_a_selection() -> None:
    page = without(picker(31, selected=THIRD), "o3")
    lines = play(PreparedPortal(page), *END, settings=Settings(announce="brief")).lines
    assert "TIN, number 1 to 20, or Enter: </quit>" in lines
