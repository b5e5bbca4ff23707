"""Keys that come faster than screens, pasted text, and the way into plain text (SSH-NET-07, AS-A11Y)."""

import re

from tests.e2e.full_screen import DOWN, ENTER, F1, F4, TAB, FullScreen
from tests.e2e.plain import Plain
from tests.e2e.program import Home

PASSWORD = "Walnut-Harbor-2468"
COLOR = re.compile(r"\x1b\[(?:[\d;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[\d;]*)?m")
"""A sequence that sets a colour."""


def test_ssh_net_07_keys_that_arrive_together_are_taken_one_after_the_other(own: Home) -> None:
    """Over a slow line several keys come in one packet: each belongs where the one before it led."""
    with own.full_screen() as terminal:
        person = FullScreen(terminal)
        person.arrive()
        person.to_password("demo.grouprep")
        terminal.send(f"{PASSWORD}{TAB}4")
        terminal.wait(lambda screen: "(o) 4" in screen.text, timeout=5)
        terminal.settle()
        assert "•" * len(PASSWORD) in terminal.text
        assert "•" * (len(PASSWORD) + 1) not in terminal.text, "the 4 went into the password"


def test_enter_pressed_twice_on_back_closes_a_view_once(own: Home) -> None:
    with own.full_screen() as terminal:
        person = FullScreen(terminal)
        person.arrive()
        person.choose("Demo accounts", "Devices:")
        person.focus("Back")
        terminal.send(ENTER + ENTER)
        terminal.wait(lambda screen: "Demo accounts" not in screen.line(0), timeout=5)
        terminal.settle(0.3)
        assert terminal.process.poll() is None
        assert terminal.text.strip(), "an empty screen that takes no key"


def test_as_a11y_04_12_13_14_a_walk_without_colour_and_on_in_plain_text(own: Home) -> None:
    with own.full_screen(env={"NO_COLOR": "1"}) as terminal:
        person = FullScreen(terminal)
        person.arrive()
        person.to_code("demo.bulk", PASSWORD)
        code = person.read_code()

        # AS-A11Y-12: pasted with a hyphen and a line end; sent by Enter alone.
        terminal.send(f"\x1b[200~{code[:3]}-{code[3:]}\n\x1b[201~")
        terminal.wait(lambda screen: code[3:] in screen.cursor_line)
        terminal.settle(0.2)
        assert "step 5" in terminal.text
        person.open(ENTER, "step 6")

        person.to_practices()
        assert "1 - 1000 of 310184" in terminal.words
        # AS-A11Y-13: the terminal's own cursor is on the highlighted row at each step.
        for number in range(5):
            assert f"DEMO PRACTICE 00{number}:" in terminal.cursor_line
            assert ">" in terminal.cursor_line
            person.move(DOWN)

        # AS-A11Y-04: no colour, and the selection is recognised all the same.
        chosen = terminal.cursor_line.strip().lstrip(">").split(":")[0]
        terminal.press(ENTER)
        terminal.wait(lambda screen: re.search(r"\* AMBER ANCHOR", screen.text))
        assert not COLOR.search(terminal.written)

        # AS-A11Y-14: plain text goes on with the selection.
        plain = Plain(terminal, heard=len(terminal.written))
        terminal.send(F4)
        said = plain.hear("Screen: Select an organization", "(Enter keeps")
        assert chosen in said
        assert "\x1b[?1049l" in terminal.written
        assert "\x1b" not in terminal.written.rpartition("Screen: Select an organization")[2]
        plain.answer("(Enter keeps", "")
        plain.hear("Select a Year")


def test_as_a11y_15_a_terminal_without_utf_8_gets_ascii_alone(own: Home) -> None:
    with own.full_screen(env={"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0"}) as terminal:
        person = FullScreen(terminal)
        person.arrive()
        person.to_user()
        person.open(F1, "What this screen is for")
        assert bytes(terminal.output).isascii()
