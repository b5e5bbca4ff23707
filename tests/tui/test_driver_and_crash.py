"""The terminal driver's own sequences, window titles, and what is left after a crash."""

from pathlib import Path

import pytest

from client.messages.screen import Screen
from tests.tui import pages
from tests.tui.driving import driven
from tests.tui.fakes import ScriptedPortal, app_on
from tests.tui.test_painting import CountingDriver, taken
from tui import crash
from tui.driver import driver_class, lean
from tui.titles import WINDOW_TITLES, window_title


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("\x1b[?1049h\x1b[?25l\x1b[?1004h\x1b[>25u", "\x1b[?1049h\x1b[?25l"),
        ("\x1b[?2026$p\x1b[?2048$p\x1b[?2004h\x1b[?7l", "\x1b[?2004h\x1b[?7l"),
        ("\x1b]22;default\x07a\x1b[<u", "a"),
        ("\x1b[?1000h\x1b[?1003h\x1b[?1015h\x1b[?1006hx", "x"),
        ("\x1b[1;1Htext", "\x1b[1;1Htext"),
    ],
)
def test_ssh_term_04_lean_terminals_get_only_what_they_know(written: str, kept: str) -> None:
    assert lean(written) == kept


def test_a11y_focus_05_there_is_a_driver_of_our_own() -> None:
    driver = driver_class()
    assert driver is not None
    assert "start_application_mode" in vars(driver)


def test_sr_term_04_titles_are_constants_without_data() -> None:
    assert window_title("S-CODE") == "qportal - Sign in"
    assert window_title("S-ANYTHING") == "qportal"
    assert not [title for title in WINDOW_TITLES.values() if any(map(str.isdigit, title))]


async def test_a11y_focus_08_the_window_title_follows_the_state(monkeypatch: pytest.MonkeyPatch) -> None:
    async with driven(pages.USER, {"next": pages.PASSWORD}, driver=CountingDriver) as ui:
        assert "\x1b]2;qportal - Sign in\x07" in taken()
        monkeypatch.setenv("QPORTAL_NO_TITLE", "1")
        await ui.type("demo.grouprep")
        await ui.press("enter")
        assert "\x1b]2;" not in taken()


def canary_error() -> Exception:
    password = "canary-Walnut"  # noqa: F841 - a local variable that must not be shown
    try:
        raise ValueError("canary-message")
    except ValueError as error:
        return error


def test_sr_err_03_the_report_says_where_and_never_what() -> None:
    text = crash.report(canary_error(), ["state S-PASS", "action send"])
    assert "ValueError" in text
    assert "test_driver_and_crash.py" in text
    assert "in canary_error" in text
    assert "state S-PASS" in text
    assert "canary-" not in text


def read_report(line: str) -> tuple[str, int]:
    """Text and mode of the file that the last line names."""
    path = Path(line.split("Details in ")[1].rstrip("."))
    return path.read_text(), path.stat().st_mode


async def test_sr_err_03_a_crash_leaves_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_on(ScriptedPortal(pages.USER))

    async def broken(_page: Screen) -> None:
        secret = "canary-secret"  # noqa: F841
        raise RuntimeError("canary-message")

    monkeypatch.setattr(app.session, "show", broken)
    with pytest.raises(Exception, match="canary-message"):
        async with app.run_test() as pilot:
            await pilot.pause(0.2)
    assert app.return_code == 1
    assert app.last_words.startswith("Error: the program stopped (reference ")
    assert "canary" not in app.last_words
    text, mode = read_report(app.last_words)
    assert "RuntimeError" in text
    assert "canary" not in text
    assert mode & 0o077 == 0
