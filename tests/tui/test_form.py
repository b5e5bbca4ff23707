"""The generic form: what Enter does, what is kept, what is sent, and how a refusal looks."""

import pytest

from client.messages.calls import Act
from client.messages.screen import Screen
from tests.tui import pages
from tests.tui.driving import driven


async def test_enter_sends_the_only_field() -> None:
    async with driven(pages.USER, {"next": pages.PASSWORD}) as ui:
        await ui.type("demo.grouprep")
        await ui.press("enter")
        assert ui.portal.acts[0].values == {"user_id": "demo.grouprep"}
        assert ui.page.state == "S-PASS"


async def test_p_user_01_an_empty_field_is_sent_and_comes_back_focused() -> None:
    async with driven(pages.USER, {"next": pages.USER_REFUSED}) as ui:
        await ui.press("enter")
        assert ui.actions == ["next"]
        assert ui.focused == "field-user_id"


async def test_enter_goes_to_the_next_empty_required_field_first() -> None:
    async with driven(pages.PASSWORD, {"send": pages.CODE}) as ui:
        await ui.type("a long password")
        await ui.press("enter")
        assert ui.focused == "field-mfa_type"
        assert ui.actions == []


async def test_a11y_focus_09_moving_the_highlight_chooses_nothing() -> None:
    async with driven(pages.PASSWORD) as ui:
        await ui.press("tab", "down", "down", "up", "end", "home")
        assert ui.field("mfa_type").value is None
        assert ui.actions == []


async def test_enter_chooses_and_enter_again_goes_on() -> None:
    async with driven(pages.PASSWORD, {"send": pages.CODE}) as ui:
        await ui.type("a long password")
        await ui.press("tab", "down", "down", "down", "enter")
        assert ui.field("mfa_type").value == "email"
        assert ui.actions == []
        await ui.press("enter")
        assert ui.portal.acts[0].values == {"password": "a long password", "mfa_type": "email"}


async def test_a11y_key_07_digits_choose_and_letters_jump() -> None:
    async with driven(pages.PASSWORD) as ui:
        await ui.press("tab", "2")
        assert ui.field("mfa_type").value == "sms"
        await ui.press("o")
        assert ui.field("mfa_type").highlighted == 4
        assert ui.field("mfa_type").value == "sms"


@pytest.mark.scenario("P-TUI-02")
async def test_a11y_err_03_refused_fields_carry_the_word_and_the_focus() -> None:
    async with driven(pages.USER_REFUSED) as ui:
        assert ui.focused == "field-user_id"
        assert "> Error * User ID" in ui.text
        assert "Error: User ID does not have the expected form: 6 to 74 characters." in ui.words
        assert "Fix: Type at least 6 characters." in ui.words


async def test_a11y_err_04_typed_values_survive_a_refusal_and_secrets_do_not() -> None:
    async with driven(pages.PASSWORD, {"send": pages.PASSWORD_REFUSED}) as ui:
        await ui.type("a long password")
        await ui.press("tab", "4", "enter")
        assert ui.page.errors
        assert ui.field("mfa_type").value == "email"
        assert ui.field("password").value == ""
        assert ui.focused == "field-password"


async def test_p_rpt_02_changing_the_year_clears_report_and_action_and_says_so() -> None:
    async with driven(pages.REPORT_CHOICE) as ui:
        assert not ui.app.screen.query_one("#row-report").display
        await ui.press("3", "tab", "1", "tab", "1")
        assert ui.field("action").value == "view"
        await ui.press("shift+tab", "shift+tab", "2")
        assert ui.field("report").value is None
        assert not ui.app.screen.query_one("#row-action").display
        assert "Choose again: Select a Report, Select an Action." in ui.words


async def test_options_that_cannot_be_chosen_say_why() -> None:
    async with driven(pages.REPORT_CHOICE) as ui:
        assert "2018 (not available: not yet available)" in ui.words
        await ui.press("1")
        assert ui.field("year").value is None


async def test_f_gen_04_hidden_fields_are_neither_shown_nor_sent() -> None:
    async with driven(pages.UNKNOWN) as ui:
        assert "Hidden" not in ui.text
        await ui.press("enter")
        sent = ui.portal.acts[0].values
        assert "hidden" not in sent
        assert sent == {"since": "2018-01-01", "count": "", "sure": False, "note": "kept"}


async def test_a_checkbox_is_ticked_with_space() -> None:
    async with driven(pages.UNKNOWN) as ui:
        ui.field("sure").focus()
        await ui.press("space")
        assert "> [x] I am sure" in ui.text


async def test_an_action_that_is_not_available_says_why_and_is_no_stop() -> None:
    async with driven(pages.UNKNOWN) as ui:
        assert "[ Remove (not available: nothing is saved yet) ]" in ui.words
        assert "action-remove" not in [stop.id for stop in ui.stops()]


async def test_navigation_carries_no_password() -> None:
    async with driven(pages.PASSWORD, {"back": pages.USER}) as ui:
        await ui.type("a long password")
        await ui.press("escape")
        assert ui.portal.acts[0].action == "back"
        assert ui.portal.acts[0].values == {}


async def test_typed_values_come_back_with_the_page() -> None:
    def help_page(_act: Act) -> Screen:
        return pages.HELP_DESK

    async with driven(pages.UNKNOWN, {"save": help_page, "back": pages.UNKNOWN}) as ui:
        ui.field("note").focus()
        await ui.type(" and more")
        ui.app.journey.type({})
        assert ui.app.journey.values["note"] == "kept and more"


async def test_a11y_auth_05_a_secret_is_masked_until_shown_and_again_after_leaving() -> None:
    async with driven(pages.PASSWORD) as ui:
        await ui.type("canary-password")
        assert "canary" not in ui.text
        await ui.press("ctrl+r")
        assert "canary-password" in ui.text
        assert "Password is shown." in ui.words
        await ui.press("tab")
        assert "canary" not in ui.text


async def test_a11y_auth_01_the_newline_of_a_paste_submits_nothing() -> None:
    from textual.events import Paste

    async with driven(pages.CODE) as ui:
        ui.app.post_message(Paste("564-123\n"))
        await ui.settle()
        assert ui.field("code").value == "564-123"
        assert ui.actions == []


async def test_sr_term_08_pasted_control_characters_are_made_visible() -> None:
    from textual.events import Paste

    async with driven(pages.USER) as ui:
        ui.app.post_message(Paste("\x1b[2Jdemo"))
        await ui.settle()
        assert ui.field("user_id").value == "␛[2Jdemo"


async def test_s_term_committing_actions_need_their_own_key() -> None:
    async with driven(pages.ATTESTATION, {"confirm": pages.RUN}) as ui:
        await ui.press("1", "enter")
        assert ui.actions == []
        assert ui.focused == "action-confirm"
        await ui.press("enter")
        assert ui.portal.acts[0].values == {"purpose": "ce"}


async def test_ssh_net_07_a_committing_key_right_after_the_first_paint_is_ignored() -> None:
    async with driven(pages.TERMS, {"accept": pages.USER}, commit_delay_s=30.0) as ui:
        await ui.press("enter")
        assert ui.actions == []
        ui.app.commit_delay_s = 0.0
        await ui.press("enter")
        assert ui.actions == ["accept"]
