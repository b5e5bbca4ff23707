"""What the app's terminal shows, as the compositor draws it: all rows and the cursor, without full TINs."""

from functools import lru_cache
from typing import Any

from rich.segment import Segment
from rich.style import Style
from textual._compositor import LayoutUpdate
from textual.app import App

from tui.demo.events import Picture
from tui.demo.masking import masked_row


def picture_of(app: App[Any]) -> Picture:
    """The present picture; drawing it changes nothing."""
    update = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
    assert isinstance(update, LayoutUpdate)  # noqa: S101 - what a full update is
    rows = tuple(masked_row([_plain(segment) for strip in row for segment in strip]) for row in update.strips)
    x, y = app.screen.outer_size.clamp_offset(app.cursor_position)
    return Picture(rows, (x, y))


def _plain(segment: Segment) -> Segment:
    return Segment(segment.text, _without_meta(segment.style) if segment.style else None)


@lru_cache(maxsize=2048)
def _without_meta(style: Style) -> Style:
    """A style as it looks, without what only the app can use."""
    return style.clear_meta_and_links()
