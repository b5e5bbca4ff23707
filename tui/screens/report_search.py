"""`s`, F3 and `p`: sort by a column, find text in the table, go to a professional (accessibility 7.1)."""

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType

from client.messages.screen import Action
from client.report_search import count_words, find_sections
from tui.announcement import Announcement
from tui.screens.report_page import NO_CELL, ReportPage
from tui.widgets.find_bar import FindBar

FIND_FIELD = "find"
FIND_LABEL = "Find in this table"


class Searching(ReportPage):
    """Bring what one looks for under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "s",
            "tool('sort')",
            "Sort",
            tooltip="Sort by this column; again: reversed; again: report order.",
            id="report.sort",
        ),
        Binding("f3", "find", "Find", tooltip="Find text in this table.", id="report.find"),
        Binding(
            "slash",
            "tool('find')",
            "Find",
            show=False,
            tooltip="Find text in this table.",
            id="report.find.single",
        ),
        Binding(
            "n",
            "tool('next_match')",
            "Next match",
            show=False,
            tooltip="Go to the next match.",
            id="report.next_match",
        ),
        Binding(
            "N",
            "tool('match_before')",
            "Match before",
            show=False,
            tooltip="Go to the match before.",
            id="report.match_before",
        ),
        Binding(
            "p",
            "tool('find_professional')",
            "Professional",
            show=False,
            tooltip="Go to a professional by NPI or name.",
            id="report.professional",
        ),
    ]

    def tools(self) -> list[Action]:
        """With order and search."""
        return [
            *super().tools(),
            Action(id="sort", label="Sort by this column", local=True),
            Action(id="find", label=FIND_LABEL, local=True),
            Action(id="find_professional", label="Find a professional", local=True),
        ]

    def action_sort(self) -> None:
        """Sort by the column under the cursor, and say how."""
        self.app.announce(Announcement("note", self.view.sort_next() or NO_CELL))

    # Text in the table

    def action_find(self) -> None:
        """Show the line to type a text into."""
        if self.view.shows_about or self.view.grid.table is None:
            self.app.announce(Announcement("note", NO_CELL))
            return
        self.remove_class("-contents")
        self.view.find_bar.open()

    def action_next_match(self) -> None:
        """Go to the next match of the last text."""
        self._go_to_match(self.view.find_bar.text, 1)

    def action_match_before(self) -> None:
        """Go to the match before."""
        self._go_to_match(self.view.find_bar.text, -1)

    @on(FindBar.Asked)
    def _asked(self, event: FindBar.Asked) -> None:
        event.stop()
        self._go_to_match(event.text, event.step)

    def _go_to_match(self, text: str, step: int) -> None:
        """Go there and say how many there are; where no row has it, say which sections do."""
        table = self.view.grid.table
        if not text or table is None:
            self.app.announce(Announcement("note", "Type a text to find, then Enter."))
            return
        index, matches = self.view.find(text, step)
        words = count_words(len(matches), len(table.rows))
        if matches:
            words = f"{words} This is match {index + 1}, row {matches[index].row + 1}."
        self.app.announce(Announcement("note", f"{words}{self._elsewhere(text)}"))

    def _elsewhere(self, text: str) -> str:
        """Which section titles have the text."""
        found = find_sections(self.book.report.sections, text) if self.book else []
        if not found:
            return ""
        first = found[0].name or found[0].title
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        return f" In section titles: {first}{more}."

    # Professionals

    def action_find_professional(self) -> None:
        """Go to the filter above the list of tables."""
        self.add_class("-contents")
        self.contents.focus_filter()

    # What the screen says

    def enter_word(self) -> str:
        """Enter in the line goes on."""
        finding = self.view.find_bar.has_focus_within
        return "Next match" if finding else super().enter_word()

    def action_back(self) -> None:
        """Esc closes the line first."""
        if self.view.find_bar.is_open:
            self.view.find_bar.close()
            self.view.grid.focus()
        else:
            super().action_back()

    def label_of(self, field_id: str) -> str:
        """The label of the line."""
        return FIND_LABEL if field_id == FIND_FIELD else super().label_of(field_id)
