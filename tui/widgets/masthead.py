"""The top band: where am I.

The first line is the title and the step, because that is what a screen reader or a braille line meets first
(A11Y-FOCUS-08); the trail, the organization and the scenario date stand below or to the right of it.
"""

from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from tui.glyphs import UNICODE, Glyphs
from tui.widgets.wrapping import wrapped


@dataclass(frozen=True)
class Place:
    """What the top band says."""

    title: str
    step: str = ""
    """`step 4 of 12`, or empty."""
    trail: tuple[str, ...] = ()
    date: str = ""
    """Scenario date."""
    organization: str = ""
    """Organization being worked for, masked; empty: none."""


def shortened(trail: tuple[str, ...], width: int, glyphs: Glyphs) -> str:
    """The end of the trail that fits in `width` cells; what is left out shows as an ellipsis."""
    for start in range(len(trail)):
        steps = trail[start:] if start == 0 else (glyphs.ellipsis, *trail[start:])
        text = glyphs.crumb.join(steps)
        if cell_len(text) <= width:
            return text
    return ""


def band(place: Place, width: int, glyphs: Glyphs) -> list[Content]:
    """The lines of the band: title and step; trail; organization where it needs a line of its own."""
    inner = width - 2
    heading = place.title + (f"  {place.step}" if place.step else "")
    wide = cell_len(heading) + cell_len(place.date) + 2 <= inner
    lines = _heading(place, inner, place.date if wide else "")
    right = place.organization if wide else place.date
    left = shortened(place.trail, inner - cell_len(right) - 2, glyphs)
    if left or right:
        lines.append(_sides(Content.styled(left, "$text-muted"), Content.styled(right, "$text-muted"), inner))
    if place.organization and not wide:
        lines += [Content.styled(line, "$text-muted") for line in wrapped(place.organization, inner)]
    return [Content(" ") + line for line in lines]


def _heading(place: Place, width: int, date: str) -> list[Content]:
    if not place.step or cell_len(place.title) + 2 + cell_len(place.step) <= width:
        title = Content.assemble(
            (place.title, "bold"), ("  " if place.step else ""), (place.step, "$text-muted")
        )
        if title.cell_length <= width:
            return [_sides(title, Content.styled(date, "$text-muted"), width)]
    lines = [Content.styled(line, "bold") for line in wrapped(place.title, width)]
    return [*lines, Content.styled(place.step, "$text-muted")] if place.step else lines


def _sides(left: Content, right: Content, width: int) -> Content:
    gap = width - left.cell_length - right.cell_length
    return left + Content(" " * max(gap, 0)) + right if right.cell_length else left


class Masthead(Widget):
    """The top band of every screen."""

    DEFAULT_CSS = """
    Masthead { height: auto; width: 100%; background: $panel; color: $foreground; }
    """

    def __init__(self, place: Place, glyphs: Glyphs = UNICODE) -> None:
        super().__init__(id="masthead")
        self.place = place
        self.glyphs = glyphs

    def show(self, place: Place) -> None:
        """Say another place."""
        if place != self.place:
            self.place = place
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Number of lines at `width`."""
        return len(band(self.place, width, self.glyphs))

    def render(self) -> Content:
        """The band."""
        return Content("\n").join(band(self.place, self.size.width, self.glyphs))
