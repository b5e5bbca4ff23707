"""The bottom line: the keys that work now, `Key Word`, most useful first; none is ever cut (A11Y-HELP-02)."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

GAP = 2


@dataclass(frozen=True)
class KeyHint:
    """One entry of the bottom line."""

    key: str
    """As people write it: `Ctrl+O`."""
    word: str
    kept: bool = False
    """Never dropped."""

    @property
    def cells(self) -> int:
        """Width with the space between key and word."""
        return cell_len(self.key) + 1 + cell_len(self.word)


def fitting(hints: Sequence[KeyHint], width: int) -> list[KeyHint]:
    """The hints that fit into `width` cells, in order; those that may go are dropped from the right."""
    chosen = list(hints)
    while chosen and sum(hint.cells for hint in chosen) + GAP * (len(chosen) - 1) > width:
        droppable = [hint for hint in chosen if not hint.kept]
        if not droppable:
            break
        chosen.remove(droppable[-1])
    return chosen


class KeyBar(Static):
    """The bottom line of every screen."""

    DEFAULT_CSS = """
    KeyBar {
        width: 100%; height: 1; padding: 0 1;
        background: $footer-background; color: $footer-foreground;
    }
    """

    def __init__(self) -> None:
        super().__init__(id="keys", markup=False)
        self._hints: tuple[KeyHint, ...] = ()

    def show(self, hints: Sequence[KeyHint]) -> None:
        """Show as many of these as fit."""
        if tuple(hints) != self._hints:
            self._hints = tuple(hints)
            self._draw()

    def on_resize(self, _event: Resize) -> None:
        """More or fewer may fit."""
        self._draw()

    def _draw(self) -> None:
        entries = fitting(self._hints, self.content_size.width or 80)
        words = [
            Content.assemble((hint.key, "bold $footer-key-foreground"), f" {hint.word}") for hint in entries
        ]
        self.update(Content(" " * GAP).join(words), layout=False)
