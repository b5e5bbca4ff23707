"""Text to read in a fixed space: arrows scroll it, the first line says which part is in view.

For notes below a table and for the facts of a report. Like the lists, it has no scrollbar, and it is a focus
stop only where there is more to read than fits (A11Y-FOCUS-07).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.strip import Strip

from client.safe_text import single_line
from tui.widgets.cell_text import pad_right
from tui.widgets.control import Control
from tui.widgets.grown import Grown
from tui.widgets.wrapping import wrapped


@dataclass(frozen=True)
class Paragraph:
    """Text that is wrapped by itself."""

    text: str
    strong: bool = False


class TextPane(Control):
    """A title line and paragraphs below it."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"text-pane--title", "text-pane--strong", "text-pane--focused"}
    DEFAULT_CSS = """
    TextPane {
        height: 1fr; color: $foreground;
        & > .text-pane--title { color: $text-muted; }
        & > .text-pane--strong { text-style: bold; }
        & > .text-pane--focused {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
            text-style: $block-cursor-text-style;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_lines(-1)", "Line up", show=False, id="text.up"),
        Binding("down", "scroll_lines(1)", "Line down", show=False, id="text.down"),
        Binding("pageup", "scroll_pages(-1)", "Page up", show=False, id="text.page_up"),
        Binding("pagedown", "scroll_pages(1)", "Page down", show=False, id="text.page_down"),
        Binding("home", "scroll_lines(-1000000)", "Start", show=False, id="text.start"),
        Binding("end", "scroll_lines(1000000)", "End", show=False, id="text.end"),
    ]

    def __init__(self, title: str, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._title = title
        self._paragraphs: tuple[Paragraph, ...] = ()
        self._lines: list[Paragraph] = []
        self._top = 0

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """All of the text."""
        return self._paragraphs

    def show(self, paragraphs: Sequence[Paragraph]) -> None:
        """Show another text from its start."""
        self._paragraphs = tuple(paragraphs)
        self._top = 0
        self._wrap()

    def on_resize(self) -> None:
        """Wrap the text anew."""
        self._wrap()
        if self.has_focus:
            self.post_message(Grown())

    def on_focus(self) -> None:
        """Show the mark."""
        self.refresh()

    def on_blur(self) -> None:
        """Take the mark away."""
        self._wrap()

    def action_scroll_lines(self, lines: int) -> None:
        """Scroll by lines."""
        top = max(0, min(self._top + lines, len(self._lines) - self._room))
        if top != self._top:
            self._top = top
            self.refresh()

    def action_scroll_pages(self, pages: int) -> None:
        """Scroll by the lines that fit."""
        self.action_scroll_lines(pages * max(1, self._room - 1))

    @property
    def title(self) -> str:
        """The first line: what this is, and which lines of it are in view."""
        total, first = len(self._lines), self._top + 1
        last = min(self._top + self._room, total)
        if total <= self._room:
            return self._title
        return (
            f"{self._title}, {total} lines"
            if not self._room
            else f"{self._title}, lines {first}-{last} of {total}"
        )

    @property
    def cursor_cell(self) -> Offset:
        """First cell of the title."""
        return Offset(1, 0)

    @property
    def _room(self) -> int:
        return max(0, self.content_size.height - 1)

    def _wrap(self) -> None:
        width = self.content_size.width - 1
        self._lines = [
            Paragraph(line, paragraph.strong)
            for paragraph in self._paragraphs
            for text in paragraph.text.splitlines() or [""]
            for line in (wrapped(single_line(text), width) if width > 0 else ())
        ]
        self._top = max(0, min(self._top, len(self._lines) - self._room))
        # A pane that grows while it has the focus keeps it.
        self.can_focus = self.has_focus or len(self._lines) > self._room
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The title, or a line of the text."""
        width = self.content_size.width
        if y == 0:
            name = "text-pane--focused" if self.has_focus else "text-pane--title"
            mark = ">" if self.has_focus else " "
            return Strip(
                [Segment(pad_right(mark + self.title, width), self.get_component_rich_style(name))], width
            )
        number = self._top + y - 1
        if number >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        line = self._lines[number]
        style = self.get_component_rich_style("text-pane--strong") if line.strong else self.rich_style
        return Strip([Segment(pad_right(" " + line.text, width), style)], width)
