"""The text of a screen as expectations read it (11.5): whole, in reading order, whatever the window shows.

Widgets that know their text are asked for it; the others are drawn in full, also what is scrolled away. Marks
of focus and choice, borders and padding are left out.
"""

import re
from collections.abc import Iterator
from typing import Final

from textual.content import Content
from textual.geometry import Region
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from tui.demo.stage import TableView
from tui.screens.report_page import ReportPage
from tui.widgets.action_bar import ActionButton
from tui.widgets.check import Check
from tui.widgets.choice_list import ChoiceList
from tui.widgets.entry import Entry
from tui.widgets.field_row import FieldLabel
from tui.widgets.key_bar import KeyBar
from tui.widgets.line_list import LineList
from tui.widgets.list_table import ListTable
from tui.widgets.masthead import Masthead
from tui.widgets.picker_selected import PickerSelected
from tui.widgets.reading_line import ReadingLine
from tui.widgets.report_grid import ReportGrid
from tui.widgets.report_layout import cell_texts, heading_text
from tui.widgets.status import Status
from tui.widgets.text_pane import TextPane

_MARK: Final = re.compile(r"^\s*[>*]\s")
_NOT_CONTENT: Final = frozenset({"caption", "too-small", "position"})
"""Ids of what surrounds the content."""


def pieces_of(screen: Screen[object]) -> list[str]:
    """The texts of a screen, top to bottom, each without line breaks."""
    texts = (text for widget in _leaves(screen) for text in _texts(widget))
    return [piece for text in texts if (piece := " ".join(_MARK.sub("", text).split()))]


def report_table(screen: Screen[object]) -> TableView | None:
    """The table of a report that is up."""
    if not isinstance(screen, ReportPage) or screen.view.shows_about:
        return None
    table = screen.view.grid.table
    if table is None:
        return None
    texts = cell_texts(table.rows)
    rows = (tuple(cells) for row, cells in zip(table.rows, texts, strict=True) if row.kind == "data")
    return TableView(table.title, tuple(heading_text(column) for column in table.columns), tuple(rows))


def _leaves(widget: Widget) -> Iterator[Widget]:
    """Displayed widgets that hold no others, in reading order."""
    for child in widget.displayed_children:
        if child.id in _NOT_CONTENT or isinstance(child, KeyBar):
            continue
        if child.displayed_children:
            yield from _leaves(child)
        else:
            yield child


def _texts(widget: Widget) -> Iterator[str]:
    match widget:
        case Entry():
            yield "" if widget.secret else widget.value
        case FieldLabel() | Check():
            yield widget.label if isinstance(widget, Check) else widget.text.removeprefix("* ")
        case ActionButton() | PickerSelected():
            yield widget.label if isinstance(widget, ActionButton) else widget.text
        case ChoiceList():
            for option in widget.options:
                yield option.label
                yield option.explain
        case LineList():
            for line in widget.lines:
                yield f"{line.text} {line.aside}"
        case ReportGrid():
            yield from _grid(widget)
        case TextPane():
            yield from (paragraph.text for paragraph in widget.paragraphs)
        case ReadingLine():
            yield widget.text
        case ListTable():
            yield from (" ".join(row.cells) for row in widget.table.rows)
            yield widget.table.pager
        case Status():
            yield from (said.plain() for said in widget.said)
        case Masthead():
            place = widget.place
            yield from (place.title, place.step, place.date, place.organization, *place.trail)
        case Static() if isinstance(widget.content, Content | str):
            yield str(widget.content)
        case _:
            yield from (strip.text for strip in widget.render_lines(Region(0, 0, *widget.size)))


def _grid(grid: ReportGrid) -> Iterator[str]:
    if grid.table is None:
        yield grid.text
        return
    yield " ".join(heading_text(column) for column in grid.table.columns)
    yield from (" ".join(cells) for cells in cell_texts(grid.table.rows))
