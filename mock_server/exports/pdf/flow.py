"""Pages as they fill: blocks of content flow down a page and on to the next.

A block is drawn relative to its upper left corner (x to the right, y negative downward), so that the same
block can be placed anywhere. Pages are numbered when all are known.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

PAGE_WIDTH = 792.0
PAGE_HEIGHT = 612.0
"""US Letter, landscape."""
MARGIN = 36.0
WIDTH = PAGE_WIDTH - 2 * MARGIN
TOP = PAGE_HEIGHT - 58.0
"""Where content begins, below the running head."""
BOTTOM = 46.0
"""Where it ends, above the page number."""
HEIGHT = TOP - BOTTOM


class Block(NamedTuple):
    """Content that is never divided."""

    content: str
    """Content stream, relative to the block's upper left corner."""
    height: float


class Mark(NamedTuple):
    """A place that the document's outline names."""

    level: int
    title: str
    y: float
    """Upward from the bottom of the page."""


@dataclass(slots=True)
class Page:
    """A page under way."""

    section: str
    """What the running head says at the right."""
    content: list[str] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)


class Flow:
    """Pages in order, and where the next block goes."""

    def __init__(self) -> None:
        self.pages: list[Page] = []
        self._section = ""
        self._y = TOP

    def begin(self, section: str) -> None:
        """Begin a section on a new page."""
        self._section = section
        self.new_page()

    def new_page(self) -> None:
        """Go on at the top of a new page."""
        self.pages.append(Page(self._section))
        self._y = TOP

    @property
    def at_top(self) -> bool:
        """Whether nothing stands on the present page yet."""
        return self._y >= TOP

    def fits(self, height: float) -> bool:
        """Whether the present page has room."""
        return self._y - height >= BOTTOM

    def reserve(self, height: float) -> None:
        """Go to a new page unless so much fits on this one; more than a page has is asked for in vain."""
        if not self.fits(height) and not self.at_top:
            self.new_page()

    def put(self, block: Block) -> None:
        """Place a block at the present position, which has room for it."""
        self.pages[-1].content.append(f"q 1 0 0 1 {MARGIN:g} {self._y:.2f} cm\n{block.content}Q\n")
        self._y -= block.height

    def add(self, block: Block) -> None:
        """Place a block here, or on the next page where there is no room."""
        self.reserve(block.height)
        self.put(block)

    def space(self, height: float) -> None:
        """Leave a gap; none at the top of a page."""
        if not self.at_top:
            self._y -= height

    def mark(self, level: int, title: str) -> None:
        """Name the present position in the outline."""
        self.pages[-1].marks.append(Mark(level, title, self._y))
