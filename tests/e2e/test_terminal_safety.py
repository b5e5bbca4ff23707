"""No text of a server reaches the terminal as anything but text (SR-TERM-04, SR-TERM-05)."""

import asyncio
import io
import re
import unicodedata

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from client.answers import Reply, decode
from client.messages.calls import FlowAnswer
from client.messages.screen import Screen
from tests.e2e.full_screen import CTRL_N, CTRL_O, ENTER, F1, FullScreen
from tests.e2e.plain import Plain
from tests.e2e.program import QPORTAL, Home, serving
from tests.support.hostile import PAYLOAD, HostileProxy, poisoned
from tests.support.piped import Piped
from tests.tui.driving import driven
from tests.tui.pages import PAGES
from tui.plain.announcer import screen_lines
from tui.plain.writer import Writer

PASSWORD = "Walnut-Harbor-2468"
OURS = re.compile(r"\x1b\]2;qportal(?: - [A-Za-z ]+)?\x07")
"""The window title, the only sequence of its kind; it is made of constants."""
OF_A_FRIENDLY_WALK = {
    *("\x1b[?1049h", "\x1b[?7l", "\x1b[?25h", "\x1b[?25l", "\x1b[?2004h", "\x1b[?2026$p", "\x1b[?2048$p"),
    *("\x1b[?1000h", "\x1b[?1003h", "\x1b[?1004h", "\x1b[?1006h", "\x1b[?1015h"),
    *("\x1b[H", "\x1b[m"),
}
"""Recorded from the same walk on a server of ours: modes, cursor position, colours."""
FORBIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def walk_and_look_around(own: Home, address: str) -> str:
    """Everything that a walk through all screens and views writes to the terminal."""
    with own.full_screen(160, 50, f"--server={address}") as terminal:
        person = FullScreen(terminal)
        person.arrive()
        person.choose("Demo accounts", "Devices:")
        person.back("Login to CMS Secure Portal")
        person.sign_in("demo.grouprep", PASSWORD)
        person.to_practices()
        person.select("ALDER CREEK DEMO CLINIC")
        person.to_attestation()
        person.open(F1, "What this screen is for")
        person.back("step 10")
        person.open(CTRL_O, "Read this screen again")
        person.back("step 10")
        person.to_run()
        person.confirm("Run Document", "Table 1")
        person.open(ENTER, place="Row 1 of 1")
        person.open("\x1b", place="Report view")
        terminal.press(CTRL_N, CTRL_N)
        return terminal.written


def sequences(written: str) -> set[str]:
    """Kinds of control sequences: private mark and final byte, for modes with their number."""
    found = set(re.findall(r"\x1b(?:\[[?<>=]?[\d;]*[ -/]*[@-~]|[@-Z\\^-~])", written))
    return {re.sub(r"[\d;]+(?=[mHfABCDGdJKX])", "", sequence) for sequence in found}


def test_sr_term_04_a_hostile_server_writes_nothing_but_text(own: Home) -> None:
    with serving(own) as port, HostileProxy(port) as proxy:
        written = walk_and_look_around(own, proxy.address)
    assert "␛]0;PWNED␇␛[2J␛[H\ufffd31m" in written, "it was shown, as text"
    assert sequences(OURS.sub("", written)) <= OF_A_FRIENDLY_WALK
    assert "\x07" not in OURS.sub("", written)
    assert not [char for char in written if "\x80" <= char <= "\x9f" or unicodedata.category(char) == "Cf"]


def test_sr_term_05_nor_does_it_in_plain_text(own: Home) -> None:
    with (
        serving(own) as port,
        HostileProxy(port, form=f"{PAYLOAD} {{}}") as proxy,
        Piped([*QPORTAL, "--plain", f"--server={proxy.address}"], own.env) as program,
    ):
        person = Plain(program, gap=r"(?:\s+|\s[^\n]+ )")
        person.sign_in("demo.grouprep", PASSWORD)
        person.to_choice("ALDER CREEK DEMO CLINIC")
        person.to_report()
        person.read_table()
        said = program.written
    assert "]0;PWNED" in said, "it was said, as text"
    assert {char for char in said if unicodedata.category(char) in FORBIDDEN} == {"\n"}


HOSTILE_TEXT = st.lists(
    st.one_of(
        st.sampled_from(
            ["\x1b[", "\x1b]", "\x1bP", "\x9b", "\x07", "\r", "\n", "\t", "\u202e", "\u2028", "[/]"]
        ),
        st.characters(categories=["Cc", "Cf", "Zl", "Zp", "Co", "Mn"]),
        st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S", "Zs"]), max_size=4),
    ),
    min_size=1,
    max_size=12,
).map("".join)


@given(name=st.sampled_from(sorted(PAGES)), text=HOSTILE_TEXT)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_sr_term_04_whatever_a_text_is_no_control_character_is_drawn_or_said(name: str, text: str) -> None:
    sent = poisoned(msgspec.to_builtins(PAGES[name]), f"{text}{{}}{text}")
    drawn = asyncio.run(drawing_of(msgspec.convert(sent, Screen)))
    assert not {char for char in drawn if unicodedata.category(char) in FORBIDDEN}
    assert {char for char in saying_of(sent) if unicodedata.category(char) in FORBIDDEN} <= {"\n"}


async def drawing_of(page: Screen) -> str:
    """All characters of a page in the full screen."""
    async with driven(page, size=(100, 40)) as ui:
        return ui.text.replace("\n", "")


def saying_of(page: object) -> str:
    """What plain mode writes for a page that came over the line."""
    body = msgspec.json.encode({"data": {"screen": page, "flow_token": None}})
    answer = decode(Reply(200, "application/json", body), FlowAnswer).data
    assert answer is not None
    output = io.StringIO()
    writer = Writer(output, width=lambda: 79)
    for line in screen_lines(answer.screen, said=frozenset()):
        writer.line(line)
    return output.getvalue()
