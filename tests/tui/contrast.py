"""The contrast algorithm of accessibility 6.3, on rendered cells."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rich.color import Color, ColorType
from rich.style import Style

from tui.full_screen import QportalApp

TEXT, OTHER, ENHANCED = 4.5, 3.0, 7.0


def linear(channel: int) -> float:
    """One sRGB channel of 0 to 255 as linear light."""
    share = channel / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def luminance(rgb: tuple[int, int, int]) -> float:
    """Relative luminance."""
    red, green, blue = (linear(channel) for channel in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """Contrast ratio of two colours, unrounded."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def rgb(color: str) -> tuple[int, int, int]:
    """`#RRGGBB` as numbers."""
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


@dataclass(frozen=True)
class Cell:
    """A run of visible characters and its final colours."""

    x: int
    y: int
    text: str
    foreground: Color | None
    background: Color | None

    @property
    def is_text(self) -> bool:
        """Letters and digits are text, anything else is a mark."""
        return any(character.isalnum() for character in self.text)

    def contrast(self) -> float:
        """The ratio; 0 where a colour is not set."""
        if self.foreground is None or self.background is None:
            return 0.0
        colors = (self.foreground, self.background)
        if any(color.type is not ColorType.TRUECOLOR for color in colors):
            return 0.0
        return ratio(*(tuple(color.triplet) for color in colors if color.triplet))  # type: ignore[arg-type]


def cells(app: QportalApp) -> Iterator[Cell]:
    """Every run of visible characters on the screen."""
    for y, strip in enumerate(app.screen._compositor.render_strips()):
        x = 0
        for segment in strip:
            style: Style = segment.style or Style()
            if segment.text.strip():
                pair: tuple[Any, Any] = (style.color, style.bgcolor)
                foreground, background = reversed(pair) if style.reverse else pair
                yield Cell(x, y, segment.text, foreground, background)
            x += segment.cell_length


def failures(app: QportalApp, *, text: float = TEXT) -> list[str]:
    """Cells below the limits, each with place, text, colours and ratio."""
    return [
        f"({cell.x},{cell.y}) {cell.text!r} {cell.foreground} on {cell.background}: {cell.contrast():.2f}"
        for cell in cells(app)
        if cell.contrast() < (text if cell.is_text else OTHER)
    ]
