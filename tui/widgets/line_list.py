"""A list of one-line entries that repaints two lines per arrow key, however long it is (style.md 3, rule 4).

It draws its own lines and has no scrollbar: one beside a search field is repainted with every key typed in
it, so the position is said in words elsewhere. Moving past an edge scrolls half a page.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal, NamedTuple, Self

from rich.cells import cell_len
from rich.segment import Segment
from textual import events, getters
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip

from client.safe_text import single_line
from tui.portal_app import PortalApp
from tui.widgets.cell_text import pad_right
from tui.widgets.control import Control
from tui.widgets.grown import Grown

MARK = ">"
"""Prefix of the highlighted line while the list has the focus (A11Y-FOCUS-02)."""
OPEN_MARK = "*"
"""Prefix of an entry that is chosen or shown (A11Y-COLOR-06)."""
_SHORTCUTS = frozenset({"/", "?"})
"""Printable shortcuts that work in lists; every other printable key is text for the field above."""


class Line(NamedTuple):
    """One entry of a list; a page of them is made with every search, so they have to be cheap."""

    text: str
    aside: str = ""
    """A second column, for lists that have one."""
    strong: bool = False
    """Whether it heads the entries below it."""
    marked: bool = False
    """Whether it is chosen or shown."""


class LineList(Control):
    """Arrows move, Enter chooses, letters go to whoever listens for `Typed`."""

    app = getters.app(PortalApp)

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line-list--strong",
        "line-list--cursor",
        "line-list--cursor-blurred",
    }
    DEFAULT_CSS = """
    LineList {
        height: 1fr;
        color: $foreground;
        & > .line-list--strong { text-style: bold; }
        & > .line-list--cursor {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
            text-style: $block-cursor-text-style;
        }
        & > .line-list--cursor-blurred {
            background: $block-cursor-blurred-background;
            color: $block-cursor-blurred-foreground;
            text-style: $block-cursor-blurred-text-style;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Line up", show=False, id="list.up"),
        Binding("down", "move(1)", "Line down", show=False, id="list.down"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="list.page_up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="list.page_down"),
        Binding("home", "edge(0)", "First line", show=False, id="list.first"),
        Binding("end", "edge(-1)", "Last line", show=False, id="list.last"),
        Binding("enter", "choose", "Choose", show=False, id="list.choose"),
    ]

    @dataclass
    class Chosen(Message):
        """Enter or a double-click on a line (F-GEN-11)."""

        list: "LineList"
        index: int

        @property
        def control(self) -> "LineList":
            """The list."""
            return self.list

    @dataclass
    class EdgePassed(Message):
        """A key went past the first (-1) or the last (1) line."""

        list: "LineList"
        direction: Literal[-1, 1]
        by_page: bool

        @property
        def control(self) -> "LineList":
            """The list."""
            return self.list

    @dataclass
    class Typed(Message):
        """A printable character was typed."""

        list: "LineList"
        character: str

        @property
        def control(self) -> "LineList":
            """The list."""
            return self.list

    def __init__(self, lines: Sequence[Line] = (), *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._lines: Sequence[Line] = ()
        self._bar = 0
        self.highlighted = 0
        """Index of the highlighted line; 0 in an empty list."""
        self._top = 0
        self.follow: Callable[[], None] = lambda: None
        """Called at each move of the highlight; no message, because what it changes is painted with it."""
        self.show(lines)

    @property
    def lines(self) -> Sequence[Line]:
        """What is listed."""
        return self._lines

    def show(self, lines: Sequence[Line], highlighted: int = 0) -> Self:
        """List other lines."""
        self._lines = lines
        self._bar = self.widest(lines) + 1
        self.highlighted = max(0, min(highlighted, len(lines) - 1))
        self._bring_into_view()
        self.refresh()
        return self

    def highlight(self, index: int) -> None:
        """Highlight a line, the nearest one where there is none of that number."""
        index = max(0, min(index, len(self._lines) - 1))
        if index == self.highlighted:
            return
        before, self.highlighted = self.highlighted, index
        if self._bring_into_view():
            self.refresh()
        else:
            self.refresh(*(Region(0, line - self._top, self._bar, 1) for line in (before, index)))
        self.follow()

    # Keys and mouse

    def action_move(self, by: int) -> None:
        """Move by lines."""
        self._move(by, by_page=False)

    def action_page(self, direction: int) -> None:
        """Move by the lines that fit."""
        self._move(direction * max(1, self.content_size.height - 1), by_page=True)

    def action_edge(self, end: int) -> None:
        """Move to the first (0) or last (-1) line."""
        self.highlight(len(self._lines) - 1 if end else 0)

    def action_choose(self) -> None:
        """Choose the highlighted line."""
        if self._lines:
            self.post_message(self.Chosen(self, self.highlighted))

    def on_key(self, event: events.Key) -> None:
        """Hand printable keys on."""
        shortcut = event.character in _SHORTCUTS and self.app.single_keys
        if event.character and event.is_printable and not shortcut:
            event.stop()
            event.prevent_default()
            self.post_message(self.Typed(self, event.character))

    def on_click(self, event: events.Click) -> None:
        """Highlight the line under the pointer; a double-click chooses it."""
        offset = event.get_content_offset(self)
        if offset is None or not 0 <= self._top + offset.y < len(self._lines):
            return
        self.highlight(self._top + offset.y)
        if event.chain == 2:
            self.action_choose()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Three lines down."""
        event.stop()
        self.highlight(self.highlighted + 3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Three lines up."""
        event.stop()
        self.highlight(self.highlighted - 3)

    def on_resize(self) -> None:
        """Keep the highlighted line in view."""
        self._bring_into_view()
        self.refresh()
        if self.has_focus:
            self.post_message(Grown())

    def on_focus(self) -> None:
        """Show the mark."""
        self._refresh_highlighted()

    def on_blur(self) -> None:
        """Take the mark away."""
        self._refresh_highlighted()

    # Geometry and painting

    def _move(self, by: int, *, by_page: bool) -> None:
        last = len(self._lines) - 1
        if (by < 0 and self.highlighted <= 0) or (by > 0 and self.highlighted >= last):
            self.post_message(self.EdgePassed(self, -1 if by < 0 else 1, by_page))
        else:
            self.highlight(self.highlighted + by)

    def _bring_into_view(self) -> bool:
        before, page = self._top, max(1, self.content_size.height)
        if self.highlighted < self._top:
            self._top = self.highlighted - page + page // 2 + 1
        elif self.highlighted >= self._top + page:
            self._top = self.highlighted - page // 2
        self._top = max(0, min(self._top, len(self._lines) - page))
        return self._top != before

    def _refresh_highlighted(self) -> None:
        if self._lines:
            self.refresh(Region(0, self.highlighted - self._top, self._bar, 1))

    @property
    def cursor_cell(self) -> Offset:
        """First cell of the highlighted line's text (A11Y-FOCUS-05)."""
        return Offset(1, max(0, self.highlighted - self._top))

    def render_line(self, y: int) -> Strip:
        """One entry."""
        width, plain = self.content_size.width, self.rich_style
        index = self._top + y
        if index >= len(self._lines):
            return Strip.blank(width, plain)
        line = self._lines[index]
        here = index == self.highlighted
        mark = MARK if here and self.has_focus else OPEN_MARK if line.marked else " "
        style = plain
        if here:
            name = "line-list--cursor" if self.has_focus else "line-list--cursor-blurred"
            style = self.get_component_rich_style(name)
        elif line.strong:
            style = self.get_component_rich_style("line-list--strong")
        bar = min(self._bar, width)
        text = pad_right(mark + self.text_of(line), bar)
        return Strip([Segment(text, style)], bar).adjust_cell_length(width, plain)

    def text_of(self, line: Line) -> str:
        """What stands in a line."""
        return single_line(line.text)

    def widest(self, lines: Sequence[Line]) -> int:
        """Cells of the widest line: the highlight is as wide, and no wider, because its cells cost bytes."""
        return max((cell_len(single_line(line.text)) for line in lines), default=0)
