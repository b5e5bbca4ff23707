"""What the program says once about the terminal: simplified letters, what tmux keeps."""

import pytest
from msgspec.structs import replace

from client.messages.screen import Notice
from tests.tui import pages
from tests.tui.driving import driven

SIGNED_OUT = replace(
    pages.LAND, notices=[Notice(code="N-OUT-01", level="success", text="You are signed out.")]
)
KEPT = "Report text may still be in your terminal's history. Clear it if others use this computer."


@pytest.mark.parametrize("in_tmux", [True, False])
async def test_ssh_sec_04_tmux_keeps_what_was_shown_and_that_is_said_once(in_tmux: bool) -> None:
    home = replace(pages.HOME, step_token="t-home-again")
    async with driven(pages.HOME, {"logout": SIGNED_OUT, "login": home}) as ui:
        ui.app.in_tmux = in_tmux
        for _ in range(2):
            await ui.press("escape", "left", "enter")
            await ui.until("You are signed out.")
            assert ui.page.state == "S-LAND"
            await ui.press("enter")
            await ui.until("My Portal")
        assert sum(KEPT in said for said in ui.said) == in_tmux


async def test_a11y_text_03_simplified_letters_are_said_once() -> None:
    page = replace(pages.HOME, intro=["Hello, Zoë Čapek."])
    async with driven(page, {"logout": SIGNED_OUT}, glyphs="ascii") as ui:
        await ui.until("Letters that this terminal cannot show are simplified.")
        await ui.press("f1", "escape", "tab")
        assert sum("Letters that this terminal" in said for said in ui.said) == 1


@pytest.mark.parametrize("intro", ["Hello, Juno.", "Hello, “Juno” – again…"])
async def test_a11y_text_03_typography_alone_is_no_loss(intro: str) -> None:
    async with driven(replace(pages.HOME, intro=[intro]), glyphs="ascii") as ui:
        await ui.press("f1", "escape", "tab")
        assert not any("Letters" in said for said in ui.said)
