"""The views beside the walk: help, phone and mailbox, demo accounts, settings, messages."""

from pathlib import Path

from client.settings import Settings, read_file
from tests.tui import pages
from tests.tui.driving import driven
from tests.tui.fakes import ScriptedPortal


async def test_a11y_auth_04_the_phone_shows_the_code_and_its_digits() -> None:
    async with driven(pages.USER, {"next": pages.CODE}) as ui:
        await ui.type("demo.grouprep")
        await ui.press("enter", "f2")
        await ui.until("Code: 564123")
        assert "Digits: 5 6 4 1 2 3" in ui.words
        assert "E-mail to d***@example.org, 2018-10-01 10:00 ET" in ui.words
        assert "Real portals have no page that shows your messages." in ui.words


async def test_f_out_03_the_phone_is_read_on_request_and_never_by_a_timer() -> None:
    async with driven(pages.USER, {"next": pages.CODE}) as ui:
        await ui.type("demo.grouprep")
        await ui.press("enter", "f2")
        await ui.until("1 message read.")
        ui.portal.messages.clear()
        await ui.press("end", "left", "enter")
        await ui.until("No messages.")


async def test_before_a_user_id_was_typed_there_are_no_messages() -> None:
    async with driven(pages.LAND) as ui:
        await ui.press("f2")
        await ui.until("No messages.")


async def test_the_demo_accounts_say_how_to_sign_in() -> None:
    async with driven(pages.LAND, size=(100, 40)) as ui:
        await ui.press("3")
        await ui.until("demo.grouprep")
        for words in ("Walnut-Harbor-2468", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "Juno Hazel", "E-mail"):
            assert words in ui.words


async def test_a_view_that_cannot_be_read_says_why() -> None:
    portal = ScriptedPortal(pages.LAND)
    async with driven(pages.LAND, portal=portal) as ui:
        portal.down = True
        await ui.press("3")
        await ui.until("Error: The portal cannot be reached.")
        await ui.press("escape")
        assert not ui.app.view_is_open


async def test_a11y_help_01_purpose_fields_actions_keys_and_abbreviations() -> None:
    async with driven(pages.CODE, size=(100, 120)) as ui:
        await ui.press("f1")
        for words in (
            "Help: Enter Security Code",
            "Enter the code that was sent to your device.",
            "Security Code, required. 6 digits",
            "Log In (log_in)",
            "F1: Help.",
            "TIN: Taxpayer Identification Number",
            "Help desk contacts",
        ):
            assert words in ui.words, words


async def test_a11y_help_01_the_help_can_be_searched() -> None:
    async with driven(pages.CODE, size=(100, 40)) as ui:
        await ui.press("f1")
        ui.app.screen.query_one("#field-find").focus()
        await ui.type("taxpayer")
        assert "1 of " in ui.words
        assert "TIN: Taxpayer Identification Number" in ui.words
        assert "Log In (log_in)" not in ui.words


async def test_a11y_help_04_the_help_desk_is_the_last_entry_of_the_actions_menu() -> None:
    async with driven(pages.PASSWORD, {"help": pages.HELP_DESK}) as ui:
        await ui.press("ctrl+o", "end")
        assert ui.focused == "action-help"
        await ui.press("enter")
        assert ui.page.state == "S-HELP"


async def test_the_actions_button_opens_the_menu() -> None:
    async with driven(pages.USER) as ui:
        await ui.press("shift+tab", "enter")
        assert "Read this screen again" in ui.words


async def test_a_view_gives_way_to_another() -> None:
    async with driven(pages.PASSWORD) as ui:
        await ui.press("f1", "ctrl+o")
        assert "Read this screen again" in ui.words
        await ui.press("escape")
        assert ui.page.state == "S-PASS"
        assert not ui.app.view_is_open


async def test_settings_change_at_once_and_are_saved(tmp_path: Path) -> None:
    file = tmp_path / "config" / "config.toml"
    async with driven(pages.LAND, settings_file=file) as ui:
        ui.app.open_view("settings")
        await ui.until("Colours of the full screen")
        await ui.press("2")
        assert ui.app.theme == "qportal-light"
        await ui.press("tab", "2")
        assert not ui.app.settings.search_as_you_type
        assert "Done: The list of practices follows the typing: off." in ui.words
    assert read_file(file) == {"theme": "qportal-light", "search_as_you_type": False}


async def test_a11y_color_02_without_colour_themes_cannot_be_changed() -> None:
    async with driven(pages.LAND, color=False) as ui:
        ui.app.open_view("settings")
        await ui.until("Themes cannot be changed")
        assert ui.app.theme == "terminal"


async def test_a11y_color_09_only_our_themes_are_offered() -> None:
    async with driven(pages.LAND, settings=Settings()) as ui:
        assert list(ui.app.available_themes) == [
            "qportal-dark",
            "qportal-light",
            "qportal-contrast",
            "terminal",
        ]
