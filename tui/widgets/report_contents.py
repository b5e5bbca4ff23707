"""The list of a report's sections and tables, with a filter by NPI or name.

Sections fold: `[-]` open, `[+]` folded. Long reports start folded, because a practice's hundred professionals
bring five tables each. Typing filters the sections; Down goes from the filter into the list.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Static

from client.messages.report import Section
from tui.widgets.entry import Entry
from tui.widgets.line_list import Line, LineList
from tui.widgets.report_book import ReportBook, TableKey

ABOUT = "About this report"
FILTER = "Filter by NPI or name"
FOLDED_ABOVE = 3
"""Reports of more sections start with all but the first one folded."""


@dataclass(frozen=True)
class ContentsEntry:
    """One line of the list: a section, one of its tables, or the page about the report."""

    label: str
    section: str | None = None
    """Id of the section that it heads; None on other lines."""
    table: TableKey | None = None
    """The table that it opens; None on other lines."""


def entries(book: ReportBook, folded: frozenset[str], words: str = "") -> tuple[ContentsEntry, ...]:
    """The lines of the list; `words` keeps the sections whose title, name or NPI has every word in it."""
    wanted = words.casefold().split()
    return tuple(_entries(book, folded, lambda section: _matches(section, wanted), about=not wanted))


def _entries(
    book: ReportBook, folded: frozenset[str], shown: Callable[[Section], bool], *, about: bool
) -> Iterator[ContentsEntry]:
    if about:
        yield ContentsEntry(ABOUT)
    for section in filter(shown, book.report.sections):
        fold = "[+]" if section.id in folded else "[-]"
        yield ContentsEntry(f"{fold} {_heading(section)}", section=section.id)
        if section.id not in folded:
            for outline in section.outline:
                yield ContentsEntry(f"    {outline.short}", table=TableKey(section.id, outline.id))


def _heading(section: Section) -> str:
    """Name and NPI; the section's own title where it is not a professional's."""
    return f"{section.name or section.title} {section.npi}" if section.npi else section.title


def _matches(section: Section, wanted: list[str]) -> bool:
    text = f"{section.title} {section.name or ''} {section.npi or ''}".casefold()
    return all(word in text for word in wanted)


class ReportContents(Vertical):
    """Where to go in the report: Enter opens a table or folds a section."""

    DEFAULT_CSS = """
    ReportContents {
        width: 37; height: 1fr; padding: 0 1;
        & > Static { height: 1; color: $text-muted; }
        & > Entry { margin: 0; }
        & > LineList { width: 100%; }
        &.-few > Entry, &.-few > #filter-label { display: none; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "fold(True)", "Fold the section", show=False, id="contents.fold"),
        Binding("right", "fold(False)", "Unfold the section", show=False, id="contents.unfold"),
        Binding("down", "enter_list", "To the list", show=False, id="contents.enter_list"),
    ]

    @dataclass
    class TableChosen(Message):
        """The person opened a table; None: the page about the report."""

        key: TableKey | None

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._book: ReportBook | None = None
        self._folded: frozenset[str] = frozenset()
        self._entries: tuple[ContentsEntry, ...] = ()
        self._shown: TableKey | None = None

    def compose(self) -> ComposeResult:
        """The filter above the list."""
        yield Static(f"  {FILTER}", id="filter-label", markup=False)
        yield Entry("filter", width=30)
        yield LineList(id="contents")

    # What is listed

    def show(self, book: ReportBook) -> None:
        """List another report."""
        sections = book.report.sections
        self._book = book
        later = (section.id for section in sections[1:])
        self._folded = frozenset(later) if len(sections) > FOLDED_ABOVE else frozenset()
        self.set_class(len(sections) <= FOLDED_ABOVE, "-few")
        self._list()

    def mark(self, key: TableKey | None) -> None:
        """Mark the table that is on the screen, unfolding its section."""
        self._shown = key
        if key is not None:
            self._folded -= {key.section}
        self._list()
        here = (index for index, entry in enumerate(self._entries) if self._is_shown(entry))
        if (index := next(here, None)) is not None:
            self._lines.highlight(index)

    def focus_list(self) -> None:
        """Put the focus on the list."""
        self._lines.focus()

    def focus_filter(self) -> None:
        """Put the focus on the filter, where there is one."""
        (self._lines if self.has_class("-few") else self._filter).focus()

    @property
    def has_the_focus(self) -> bool:
        """Whether the filter or the list has the focus."""
        return self._lines.has_focus or self._filter.has_focus

    @property
    def _lines(self) -> LineList:
        return self.query_one(LineList)

    @property
    def _filter(self) -> Entry:
        return self.query_one(Entry)

    def _is_shown(self, entry: ContentsEntry) -> bool:
        return entry.section is None and entry.table == self._shown

    def _list(self) -> None:
        if self._book is None:
            return
        self._entries = entries(self._book, self._folded, self._filter.value)
        lines = [
            Line(entry.label, strong=entry.section is not None, marked=self._is_shown(entry))
            for entry in self._entries
        ]
        self._lines.show(lines, self._lines.highlighted)

    def on_descendant_focus(self) -> None:
        """Mark the label of the filter while it has the focus (A11Y-FOCUS-02)."""
        self._mark_label()

    def on_descendant_blur(self) -> None:
        """Take the mark away."""
        self._mark_label()

    def _mark_label(self) -> None:
        mark = ">" if self._filter.has_focus else " "
        self.query_one("#filter-label", Static).update(f"{mark} {FILTER}", layout=False)

    # Keys

    @on(Input.Changed)
    def _filter_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._list()

    @on(Input.Submitted)
    def _filter_entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.focus_list()

    @on(LineList.Typed)
    def _typed(self, event: LineList.Typed) -> None:
        """A letter in the list goes on in the filter."""
        event.stop()
        if not self.has_class("-few"):
            self._filter.focus()
            self._filter.insert_text_at_cursor(event.character)

    @on(LineList.EdgePassed)
    def _edge_passed(self, event: LineList.EdgePassed) -> None:
        event.stop()
        if event.direction < 0 and not event.by_page:
            self.focus_filter()

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        entry = self._entries[event.index]
        if entry.section is not None:
            self._fold(entry.section, entry.section not in self._folded)
        else:
            self.post_message(self.TableChosen(entry.table))

    def action_fold(self, folded: bool) -> None:
        """Fold or unfold the section that the highlighted line belongs to."""
        if not self._entries:
            return
        entry = self._entries[self._lines.highlighted]
        section = entry.section or (entry.table.section if entry.table else None)
        if section is not None:
            self._fold(section, folded)

    def action_enter_list(self) -> None:
        """Go from the filter into the list."""
        self.focus_list()

    def _fold(self, section: str, folded: bool) -> None:
        self._folded = self._folded | {section} if folded else self._folded - {section}
        self._list()
        heads = (index for index, entry in enumerate(self._entries) if entry.section == section)
        if folded and (index := next(heads, None)) is not None:
            self._lines.highlight(index)
