"""What is written to the terminal: bytes of keys and pages, and that they show what they should.

Limits: SSH-NET-02 to SSH-NET-05 and style section 3, in truecolor, the dearest depth.
"""

import asyncio
from contextlib import AbstractAsyncContextManager
from typing import Any, ClassVar

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual import constants
from textual.driver import Driver
from textual.widgets import Static

from client.messages.screen import Screen
from tests.tui import pages
from tests.tui.driving import Driven, driven, lines_of
from tests.tui.fakes import Reply
from tui.screens.frame import FrameScreen
from tui.terminal_image import TerminalImage, cells_of

WALK: dict[str, Reply] = {
    "login": pages.TERMS,
    "accept": pages.USER,
    "next": pages.PASSWORD,
    "send": pages.CODE,
    "log_in": pages.HOME,
}


class CountingDriver(Driver):
    """A terminal that keeps what is written to it."""

    written: ClassVar[list[str]] = []

    def write(self, data: str) -> None:
        self.written.append(data)

    @property
    def is_headless(self) -> bool:
        return False

    def start_application_mode(self) -> None:
        """Nothing to set up."""

    def disable_input(self) -> None:
        """Nothing to stop."""

    def stop_application_mode(self) -> None:
        """Nothing to restore."""


@pytest.fixture(autouse=True)
def _truecolor(monkeypatch: pytest.MonkeyPatch) -> None:
    """The dearest colour depth, and no window title among the bytes."""
    monkeypatch.setattr(constants, "COLOR_SYSTEM", "truecolor")
    monkeypatch.setenv("QPORTAL_NO_TITLE", "1")
    CountingDriver.written.clear()


def counted(page: Screen, **options: Any) -> AbstractAsyncContextManager[Driven]:
    """The app on a terminal that keeps what is written."""
    return driven(page, WALK, driver=CountingDriver, **options)


def taken() -> str:
    """What was written since the last time."""
    data = "".join(CountingDriver.written)
    CountingDriver.written.clear()
    return data


async def cost(ui: Driven, *keys: str) -> int:
    """Bytes that the keys cause."""
    taken()
    await ui.press(*keys)
    return len(taken().encode())


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_ssh_net_02_first_paint_and_every_page(size: tuple[int, int]) -> None:
    async with counted(pages.LAND, size=size) as ui:
        assert len(taken().encode()) <= 8_400
        for keys in (["enter"], ["enter"], [*"demo.grouprep", "enter"]):
            assert await cost(ui, *keys) <= 8_400
        assert ui.page.state == "S-PASS"


async def test_ssh_net_03_one_typed_character() -> None:
    async with counted(pages.USER) as ui:
        assert 0 < await cost(ui, "a") <= 300
        assert 0 < await cost(ui, "b") <= 200


async def test_ssh_net_04_focus_and_highlight_moves() -> None:
    async with counted(pages.PASSWORD) as ui:
        for _ in range(8):
            assert 0 < await cost(ui, "tab") <= 4_200
    async with counted(pages.ATTESTATION) as ui:
        for _ in range(2):
            assert 0 < await cost(ui, "down") <= 600


async def test_ssh_net_05_an_idle_screen_writes_nothing() -> None:
    async with counted(pages.USER) as ui:
        taken()
        await asyncio.sleep(1.2)
        assert taken() == ""
        assert ui.focused == "field-user_id"


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_the_terminal_shows_what_was_composed(size: tuple[int, int]) -> None:
    terminal = pyte.Screen(*size)
    stream = pyte.Stream(terminal)
    keys = [
        "down",
        "up",
        "enter",
        "tab",
        "f1",
        "escape",
        "enter",
        *"demo",
        "f2",
        "escape",
        "ctrl+o",
        "escape",
    ]
    async with counted(pages.LAND, size=size) as ui:
        for key in keys:
            await ui.press(key)
            stream.feed(taken())
            assert [line.rstrip() for line in terminal.display] == [
                line.rstrip() for line in lines_of(ui.app)
            ], key


async def test_a_scroll_that_meets_a_layout_is_painted() -> None:
    async with counted(pages.PASSWORD, size=(40, 12)) as ui:
        terminal = pyte.Screen(40, 12)
        stream = pyte.Stream(terminal)
        screen = ui.app.screen
        assert isinstance(screen, FrameScreen)
        below = screen.query_one("#actions")
        below.refresh()  # something out of view changes
        await ui.settle()
        screen.body.scroll_to(y=4, animate=False, immediate=True)
        assert below.region.y > 12  # somebody asks where it is
        screen.query_one("#position", Static).update("elsewhere")  # and the screen is laid out
        await ui.settle()
        stream.feed(taken())
        assert round(screen.body.scroll_y) == 4
        assert [line.rstrip() for line in terminal.display] == [line.rstrip() for line in lines_of(ui.app)]


async def test_after_a_resize_everything_is_written_again() -> None:
    async with counted(pages.USER) as ui:
        taken()
        await ui.pilot.resize_terminal(60, 20)
        await ui.settle()
        terminal = pyte.Screen(60, 20)
        pyte.Stream(terminal).feed(taken())
        assert [line.rstrip() for line in terminal.display] == [line.rstrip() for line in lines_of(ui.app)]


STYLES = [
    Style.null(),
    Style(bold=True),
    Style(reverse=True),
    Style(bgcolor="blue"),
    Style(underline=True),
    Style(color="red", bgcolor="blue"),
    Style(color="green", bgcolor="blue"),
    Style(color="green", bgcolor="yellow"),
    Style(color="green", bgcolor="yellow", bold=True),
]
PIECES = st.lists(
    st.tuples(
        st.integers(0, 19),
        st.integers(0, 3),
        st.lists(st.tuples(st.text("ab 診é", max_size=6), st.sampled_from(STYLES)), max_size=3),
    ),
    max_size=8,
)


@given(PIECES)
def test_the_image_writes_exactly_what_a_terminal_needs(
    pieces: list[tuple[int, int, list[tuple[str, Style]]]],
) -> None:
    image = TerminalImage()
    image.fit(20, 4)
    terminal, plain = pyte.Screen(20, 4), pyte.Screen(20, 4)
    stream, naive = pyte.Stream(terminal), pyte.Stream(plain)
    blank = [(0, y, [Segment(" " * 20)]) for y in range(4)]
    stream.feed(image.show(blank, ColorSystem.TRUECOLOR))
    expected = [[" "] * 20 for _ in range(4)]
    for x, y, texts in pieces:
        line = [cell for text, style in texts for cell in cells_of([Segment(text, style)])][: 20 - x]
        if line and line[-1][0] not in {"", " "} and cell_len(line[-1][0]) == 2:
            continue  # half a wide character at the edge
        if (x and expected[y][x] == "") or (x + len(line) < 20 and expected[y][x + len(line)] == ""):
            continue  # Textual never writes over half a wide character either
        stream.feed(image.show([(x, y, [Segment(t, s) for t, s in texts])], ColorSystem.TRUECOLOR))
        expected[y][x : x + len(line)] = [text for text, _style in line]
        naive.feed(f"\x1b[{y + 1};{x + 1}H" + "".join(style.render(text) for text, style in line))
    assert [row.rstrip() for row in terminal.display] == ["".join(row).rstrip() for row in expected]
    assert looks(terminal) == looks(plain)


def looks(terminal: pyte.Screen) -> list[tuple[object, ...]]:
    """What can be seen of each cell's colours and attributes."""
    cells = [terminal.buffer[y][x] for y in range(4) for x in range(20)]
    return [
        (cell.bg, cell.reverse, cell.underscore)
        + ((cell.fg, cell.bold) if cell.data.strip() or cell.reverse else ())
        for cell in cells
    ]


def test_showing_the_same_again_writes_nothing() -> None:
    image = TerminalImage()
    image.fit(10, 1)
    piece = [(0, 0, [Segment("hello"), Segment("     ")])]
    assert image.show(piece, None)
    assert image.show(piece, None) == ""
    image.forget()
    image.fit(10, 1)
    assert image.show(piece, None)
