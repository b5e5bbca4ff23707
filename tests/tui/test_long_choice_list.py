"""A select with many options: narrowed by typing, a window of it shown (F-RPT-06, A11Y-KEY-07)."""

from msgspec.structs import replace

from client.messages.screen import Field, Option, Screen
from tests.tui import pages
from tests.tui.driving import driven
from tui.widgets.long_choice_list import LONG, WINDOW, LongChoiceList

NAMES = {0: "Rowan Alder", 7: "Maya Fennel", 8: "Pavel Maynard", 199: "Gilda Mallow"}


def people(count: int = 200) -> list[Option]:
    return [
        Option(
            value=f"09990{number:05d}",
            label=", ".join(filter(None, [NAMES.get(number), f"NPI 09990{number:05d}"])),
        )
        for number in range(count)
    ]


def page(count: int = 200) -> Screen:
    year = replace(pages.REPORT_CHOICE.fields[0], value="2011")
    clinician = Field(
        id="clinician", label="Select a Clinician", kind="select", required=True, options=people(count)
    )
    return replace(pages.REPORT_CHOICE, fields=[year, clinician])


async def test_f_rpt_06_typing_narrows_a_long_list_and_enter_chooses() -> None:
    async with driven(page(), {"next": pages.ATTESTATION}) as ui:
        control = ui.field("clinician")
        assert isinstance(control, LongChoiceList)
        assert "1 - 8 of 200" in ui.words
        assert "NPI 0999000009" not in ui.words
        await ui.type("may")
        assert "Narrowed by: may" in ui.words
        assert [option.label for option in control.options] == [
            "Maya Fennel, NPI 0999000007",
            "Pavel Maynard, NPI 0999000008",
        ]
        await ui.press("down")
        assert not ui.field("clinician").value
        await ui.press("enter")
        assert ui.field("clinician").value == "0999000008"
        await ui.press("enter")
        assert ui.portal.acts[0].values["clinician"] == "0999000008"


async def test_f_rpt_06_digits_narrow_and_backspace_widens_again() -> None:
    async with driven(page()) as ui:
        control = ui.field("clinician")
        await ui.type("0199")
        assert not ui.field("clinician").value
        assert [option.value for option in control.options] == ["0999000199"]
        await ui.type("x")
        assert "0 - 0 of 0" in ui.words
        await ui.press("enter", "down", "backspace")
        assert "1 - 1 of 1" in ui.words
        await ui.press("enter", *["backspace"] * 4)
        assert control.value == "0999000199"
        assert len(control.options) == 200
        assert control.highlighted == 199
        assert "193 - 200 of 200" in ui.words
        await ui.press("home")
        assert "1 - 8 of 200. Chosen: Gilda Mallow, NPI 0999000199" in ui.words
        await ui.press(*"gilda", "space", *"mallow")  # a space chooses, and does not end the search
        assert [option.value for option in control.options] == ["0999000199"]


async def test_a_move_within_the_window_keeps_it_and_one_beyond_takes_it_along() -> None:
    async with driven(page(), size=(40, 24)) as ui:
        await ui.press(*["down"] * (WINDOW - 1))
        control = ui.field("clinician")
        assert (control.first, control.highlighted) == (0, WINDOW - 1)
        await ui.press("down")
        assert (control.first, control.highlighted) == (1, WINDOW)
        await ui.press("pagedown", "end", "pageup")
        assert control.highlighted == 199 - WINDOW
        assert control.first <= control.highlighted < control.first + WINDOW
        assert len(control.rows(40)) <= 2 * (WINDOW + 2)


async def test_a_list_of_a_few_options_is_shown_whole() -> None:
    async with driven(page(LONG)) as ui:
        assert not isinstance(ui.field("clinician"), LongChoiceList)
