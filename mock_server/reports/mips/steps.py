"""Figures on the way to a category's points or percent, as rows of two columns."""

from typing import Any, Final, NamedTuple

from mock_server.reports.document import Column
from mock_server.reports.mips import cells
from mock_server.scoring.computed import Computed


class Step(NamedTuple):
    """One of the figures."""

    what: str
    figure: Computed[Any]


WHAT: Final[Column[Step]] = Column(
    id="what", heading="What", short="What", kind="text", cell=lambda step: cells.words(step.what)
)
IN_POINTS: Final[tuple[Column[Step], ...]] = (
    WHAT,
    Column(
        id="points",
        heading="Points",
        short="Points",
        kind="points",
        cell=lambda step: cells.points(step.figure),
    ),
)
IN_WHOLE_POINTS: Final[tuple[Column[Step], ...]] = (
    WHAT,
    Column(
        id="points",
        heading="Points",
        short="Points",
        kind="count",
        cell=lambda step: cells.count(step.figure),
    ),
)
