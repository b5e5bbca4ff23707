"""S-ORGPICK: find one organization among up to 310,184 and select it (portal-flow 5.3).

The list follows the typing through list reads that change nothing on the server (W-6); every action carries
the search as it stands, so the server's page and the one on the screen do not part. The body is built once:
an answer changes rows, not widgets, and the focus stays where it was.
"""

from typing import ClassVar

from msgspec.structs import replace
from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Static

from client.errors import PortalError
from client.messages.screen import Field, FieldValue, Screen, Table
from tui.announcement import Announcement, of_notice
from tui.screens.filled import FilledScreen
from tui.screens.form import MENU
from tui.widgets.action_bar import ActionButton
from tui.widgets.action_row import ActionRow
from tui.widgets.entry import Entry
from tui.widgets.line_list import LineList
from tui.widgets.picker_list import PickerList
from tui.widgets.picker_search import PickerSearch
from tui.widgets.picker_selected import PickerSelected
from tui.widgets.reading_line import ReadingLine

SLOW_S = 1.0
"""After this long, waiting is said (A11Y-MOTION-03)."""
STACKED_BELOW = 60
"""Columns below which Selected stands under Available (A11Y-SIZE-02)."""
BUTTONS = frozenset({"next", "back"})
"""Actions with a button of their own; keys do the others in their place, and the Actions menu lists all."""
NO_TABLE = Table(columns=[], rows=[], page=1, pages=1, first=0, last=0, total=0, pager="0 - 0 of 0")


class TinPickerScreen(FilledScreen):
    """Search, select one row, go on."""

    CSS_PATH = "tin_picker.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "find", "Find", tooltip="Go to the search field.", id="picker.find"),
        Binding("slash", "find_single", "Find", show=False, key_display="/", id="picker.find.single"),
        Binding("ctrl+n", "turn('next_page')", "Next page", tooltip="The next 1000 rows.", id="picker.next"),
        Binding(
            "ctrl+p", "turn('prev_page')", "Previous page", tooltip="The 1000 before.", id="picker.previous"
        ),
        Binding("ctrl+home", "turn('first_page')", "First page", show=False, id="picker.first"),
        Binding("ctrl+end", "turn('last_page')", "Last page", show=False, id="picker.last"),
    ]

    search = getters.query_one(PickerSearch)
    available = getters.query_one("#available", PickerList)
    selected = getters.query_one("#selected", PickerSelected)
    reading = getters.query_one("#reading", ReadingLine)

    def __init__(self, page: Screen) -> None:
        super().__init__(_with_local_select(page))
        self._table = page.table or NO_TABLE
        self._picked: list[str] | None = None

    # Body

    def compose_body(self) -> ComposeResult:
        """Search above, Available and Selected below, then the actions."""
        yield Static("  ".join(self.page.intro), id="prompt", markup=False)
        text, ticked = (self.app.journey.values.get(name) for name in ("search", "match_case"))
        fields = (self._field("search"), self._field("match_case"))
        yield PickerSearch(*fields, text if isinstance(text, str) else "", ticked is True)
        with Horizontal(id="lists"):
            with Vertical(id="available-side"):
                yield Static(id="available-heading", markup=False)
                yield PickerList(id="available")
                yield ReadingLine(id="reading")
            with Vertical(id="selected-side"):
                yield Static("Selected:", id="selected-heading", markup=False)
                yield PickerSelected(id="selected")
        yield ActionRow([*(action for action in self.page.actions if action.id in BUTTONS), MENU])

    def _field(self, field_id: str) -> Field:
        return self.page.field(field_id) or Field(id=field_id, label=field_id, kind="text")

    def on_mount(self) -> None:
        """Show the rows, then the focus."""
        self.available.follow = self._read_row
        self._show_page()
        super().on_mount()

    def first_stop(self) -> Widget | None:
        """The list while nothing is selected (letters typed there search), else the way on."""
        if self.selected.text:
            return self.query(ActionButton).first()
        return self.available if self.available.rows else self.search.entry

    async def renew(self, page: Screen) -> None:
        """Other rows, another selection or a refusal; the focus stays."""
        self.page = _with_local_select(page)
        self.masthead.show(self.place())
        self._picked = None
        self._table = page.table or NO_TABLE
        self._show_page()
        self._keep_focus()
        self.say_problems()
        self.show_keys()

    def take_quietly(self, page: Screen) -> None:
        """A background read: the rows on the screen stay."""
        super().take_quietly(_with_local_select(page))

    def problems(self) -> list[Announcement]:
        """What was refused, and what the portal notes (N-ORG-01, N-ORG-02)."""
        return [*super().problems(), *map(of_notice, self.page.notices)]

    def looks(self, size: Size) -> dict[str, bool]:
        """The lists are stacked where they do not fit side by side."""
        return {**super().looks(size), "-stacked": size.width < STACKED_BELOW}

    def resized(self) -> None:
        """The row below the lists follows the width."""
        super().resized()
        self.call_after_refresh(self._read_row)

    # What is shown

    def _show_page(self) -> None:
        picked = self.page.field("org_ids")
        options = picked.options if picked else []
        self.selected.show(options[0].label if options else "")
        self._show_rows()

    def _show_rows(self) -> None:
        self.query_one("#available-heading", Static).update(f"Available:  {self._table.pager}", layout=False)
        self.available.show_page(self._table, self._selected_ids())
        self._read_row()

    def _selected_ids(self) -> list[str]:
        picked = self.page.field("org_ids")
        return [option.value for option in picked.options] if picked else []

    def _read_row(self) -> None:
        self.reading.say(self.available.sentence())

    def _keep_focus(self) -> None:
        """Go on to the next sensible place where the focused widget has nothing left to do."""
        if self.focused is self.available and not self.available.rows and self.selected.text:
            self.query(ActionButton).first().focus()
        elif self.focused is None or (self.focused is self.selected and not self.selected.text):
            self.available.focus()

    def enter_word(self) -> str:
        """What Enter does here."""
        match self.focused:
            case Entry():
                return "Search"
            case PickerList():
                return "Select"
            case PickerSelected():
                return "Move back"
            case _:
                return super().enter_word()

    def focus_words(self) -> str:
        """Where the focus is, in words."""
        match self.focused:
            case PickerList() if self.available.current is not None:
                return f"Focus on {self.available.current.cells[0]}. {self.available.sentence()}"
            case PickerSelected():
                return f"Focus on the selected row {self.selected.text}."
            case _:
                return super().focus_words()

    # Values

    def typed(self) -> dict[str, FieldValue]:
        """Search, match case, and the selection; with Enter on a row, that row."""
        picked, self._picked = self._picked, None
        return {**self._typed_search(), "org_ids": self._selected_ids() if picked is None else picked}

    @on(PickerSearch.Typed)
    def keep_typed(self) -> None:
        """Leave the search with the journey; the selection is the server's."""
        self.app.journey.type(self._typed_search())

    def _typed_search(self) -> dict[str, FieldValue]:
        return {"search": self.search.text, "match_case": self.search.match_case}

    def _carry_out(self, action_id: str) -> None:
        """Carry out an action with the search as it stands."""
        action = self.page.action(action_id)
        if action is not None:
            self.search.settle_no_more()
            self.app.perform(replace(action, local=False))

    # Searching

    @on(PickerSearch.Meant)
    def _follow(self, event: PickerSearch.Meant) -> None:
        """Enter searches; where the setting allows it, the list follows the typing (F-ORG-05)."""
        if event.at_once:
            self._carry_out("search")
        elif self.app.settings.search_as_you_type:
            self.run_worker(self._list(), group="search", exclusive=True)

    async def _list(self) -> None:
        """Read the list for what is typed; an older answer than the newest question is dropped (W-6)."""
        slow = self.set_timer(SLOW_S, lambda: self.status.say(Announcement("working", "searching.")))
        try:
            table = await self.app.journey.list_organizations(
                self.search.text, match_case=self.search.match_case
            )
        except PortalError as error:
            self.app.announce(Announcement("error", error.sentence, error.remedy))
            return
        finally:
            slow.stop()
        if table is not None:
            self._table = table
            self._show_rows()
            self.show_keys()
            self.app.announce(Announcement("note", _count(table)))

    # Selecting and paging

    @on(LineList.Chosen)
    def _select(self) -> None:
        if self.available.current is not None:
            self._picked = [self.available.current.id]
            self._carry_out("select")

    async def perform_locally(self, action: str) -> None:
        """`select` from the Actions menu takes the highlighted row."""
        if action == "select":
            self._select()

    @on(PickerSelected.Cleared)
    def _clear(self) -> None:
        self._carry_out("clear")

    @on(LineList.Typed)
    def _search_on(self, event: LineList.Typed) -> None:
        """A letter in the list goes on in the search field."""
        self.search.go_on(event.character)

    @on(LineList.EdgePassed)
    def _edge_passed(self, event: LineList.EdgePassed) -> None:
        """Page keys go on to the next page, Up from the first row to the search field."""
        if event.by_page:
            self.action_turn("next_page" if event.direction > 0 else "prev_page")
        elif event.direction < 0:
            self.action_find()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Pages that do not exist have no key; single-character shortcuts can be switched off."""
        if action == "turn":
            return self._page_exists(str(parameters[0]))
        if action == "find_single":
            return self.app.single_keys
        return super().check_action(action, parameters)

    def _page_exists(self, action_id: str) -> bool:
        backwards = action_id in {"prev_page", "first_page"}
        return self._table.page > 1 if backwards else self._table.page < self._table.pages

    def action_turn(self, action_id: str) -> None:
        """Show another page of the list."""
        if self._page_exists(action_id):
            self._carry_out(action_id)

    def action_find(self) -> None:
        """Go to the search field."""
        self.search.go_on()

    def action_find_single(self) -> None:
        """The same, for `/` (A11Y-KEY-08)."""
        self.action_find()

    @on(PickerSearch.Left)
    def _enter_list(self) -> None:
        self.available.focus()


def _with_local_select(page: Screen) -> Screen:
    """The page with `select` carried out here first: only this screen knows which row is highlighted."""
    actions = [replace(action, local=True) if action.id == "select" else action for action in page.actions]
    return replace(page, actions=actions)


def _count(table: Table) -> str:
    """How many rows match, in words."""
    if table.total == 0:
        return "No row matches."
    return "1 row matches." if table.total == 1 else f"{table.total} rows match."
