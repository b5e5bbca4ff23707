"""Write only the cells that changed: Textual's compositor, with the terminal's image between it and the
terminal.

The compositor is private to Textual, which is why its version is pinned and tests count the bytes of keys
and pages. One image serves all screens of an app, because they share the terminal.
"""

from collections.abc import Iterator
from typing import Any, Protocol, runtime_checkable
from weakref import WeakKeyDictionary, WeakSet

from rich.console import Console
from rich.segment import Segment
from textual._compositor import (
    ChopsUpdate,
    Compositor,
    CompositorMap,
    CompositorUpdate,
    LayoutUpdate,
)
from textual.app import App
from textual.screen import Screen

from tui.terminal_image import TerminalImage

_images: WeakKeyDictionary[App[Any], TerminalImage] = WeakKeyDictionary()
_unseen: WeakSet[App[Any]] = WeakSet()

Piece = tuple[int, int, Iterator[Segment]]


def image_of(app: App[Any]) -> TerminalImage:
    """What the app's terminal shows."""
    return _images.setdefault(app, TerminalImage())


def paint_on_demand(app: App[Any]) -> None:
    """Nobody watches this app: it is drawn only where a whole picture is asked for."""
    _unseen.add(app)


@runtime_checkable
class Painted(Protocol):
    """A screen that wants to know when a paint begins."""

    def painting(self) -> None:
        """Something is about to be written."""


class Difference(CompositorUpdate):
    """An update that writes what differs from the terminal's image."""

    def __init__(self, update: LayoutUpdate | ChopsUpdate, screen: Screen[Any]) -> None:
        self._update = update
        self._screen = screen

    def render_segments(self, console: Console) -> str:
        """What is written to the terminal."""
        if isinstance(self._screen, Painted):
            self._screen.painting()
        image = image_of(self._screen.app)
        image.fit(*self._screen.app.size)
        pieces = _layout(self._update) if isinstance(self._update, LayoutUpdate) else _chops(self._update)
        return image.show(pieces, console._color_system)


def _layout(update: LayoutUpdate) -> Iterator[Piece]:
    for y, strips in enumerate(update.strips, start=update.region.y):
        yield update.region.x, y, (segment for strip in strips for segment in strip)


def _chops(update: ChopsUpdate) -> Iterator[Piece]:
    for y, left, right in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is not None and x < right and end > left:
                start = max(x, left)
                yield start, y, iter(strip.crop(start - x, min(end, right) - x))


class TightCompositor(Compositor):
    """Answers updates as differences."""

    def __init__(self, screen: Screen[Any]) -> None:
        super().__init__()
        self._screen = screen

    @property
    def full_map(self) -> CompositorMap:
        """Where everything is. Textual looks anew when it is asked, and then forgets what has moved since the
        last layout: a scroll that meets another layout was never painted.
        """
        before = self._full_map
        found = super().full_map
        if found is not before:
            moved = (place.clip.intersection(place.region) for _, place in found.items() ^ before.items())
            self._dirty_regions.update(region for region in moved if region)
        return found

    def render_update(
        self, full: bool = False, screen_stack: list[Screen[Any]] | None = None, simplify: bool = False
    ) -> Any:
        """The difference; a screenshot (`full`) gets the whole."""
        if not full and self._screen.app in _unseen:
            self._dirty_regions.clear()
            return None
        update = super().render_update(full, screen_stack, simplify)
        if full or not isinstance(update, LayoutUpdate | ChopsUpdate):
            return update
        return Difference(update, self._screen)


def paint_tightly(screen: Screen[Any]) -> None:
    """Let a screen write only changed cells; to be called before it is shown."""
    if not isinstance(screen._compositor, TightCompositor):
        screen._compositor = TightCompositor(screen)
