"""The generic form: draws any page, so that a state added on the server works here without new code.

Order as the portal gives it: notices, introduction, fields, actions. States that deserve their own look
subclass it and change the layout; none changes the workflow, which is the server's.
"""

import re
from collections.abc import Iterable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from client.messages.screen import Action, Field, FieldValue, Problem, Screen
from tui.announcement import Announcement, of_notice
from tui.commitments import default_action
from tui.screens.portal import PortalScreen
from tui.widgets.action_bar import ActionBar, ActionButton
from tui.widgets.check import Check
from tui.widgets.choice_list import ChoiceList
from tui.widgets.entry import Entry
from tui.widgets.field_row import FieldRow
from tui.widgets.list_table import ListTable

FACT = re.compile(r"[A-Z][A-Za-z ]{1,30}: \S.{0,80}$")
"""A line that names a thing and its value."""
LABEL_COLUMN = 26
"""Widest label column; longer labels wrap."""
MENU = Action(id="actions_menu", label="Actions", local=True)
"""The last focus stop of every screen: the way to the Actions menu without Ctrl+O (section 7.1)."""


def paragraph(text: str, classes: str = "paragraph") -> Static:
    """A piece of the portal's text; never read as markup (SR-TERM-06)."""
    return Static(Content(text), classes=classes, markup=False)


def grouped(lines: Sequence[str]) -> list[list[str]]:
    """Lines in paragraphs: facts that follow each other share one, sentences stand alone."""
    groups: list[list[str]] = []
    for line in lines:
        if groups and FACT.match(line) and FACT.match(groups[-1][-1]):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _line(text: str) -> Content:
    """A line of text; the name of a fact stands back."""
    name, colon, value = text.partition(": ") if FACT.match(text) else ("", "", text)
    return Content.assemble((name + colon, "$text-muted"), value)


def _lines(contents: Iterable[Content]) -> Content:
    return Content("\n").join(contents)


class FormScreen(PortalScreen):
    """Any state of the portal as a form."""

    menu_actions = False
    """Whether the actions are a numbered menu instead of a row of words."""
    stacked_fields = False
    """Whether labels stand above their fields in every width."""

    def __init__(self, page: Screen) -> None:
        super().__init__(page)
        self._values: dict[str, FieldValue] = {}

    # Body

    def compose_body(self) -> ComposeResult:
        """Notices, introduction, table, fields and actions in the portal's order."""
        yield from self.compose_notices()
        yield from self.compose_intro()
        yield from self.compose_table()
        yield from self.compose_fields()
        yield from self.compose_actions()

    def compose_notices(self) -> ComposeResult:
        """What the portal says on this page, close together."""
        if self.page.notices:
            yield Static(
                _lines(of_notice(notice).content() for notice in self.page.notices), classes="paragraph"
            )

    def compose_intro(self) -> ComposeResult:
        """The introduction; `name: value` lines stay together."""
        for group in grouped(self.page.intro):
            yield Static(_lines(map(_line, group)), classes="paragraph")
        if self.page.progress is not None:
            yield paragraph(self.page.progress.text)

    def compose_table(self) -> ComposeResult:
        """A list that comes with the page."""
        if self.page.table is not None:
            yield ListTable(self.page.table)

    def compose_fields(self) -> ComposeResult:
        """One row for each offered field, and what the asterisk means (F-GEN-01)."""
        offer = self.app.journey.offer(self.app.journey.values)
        self._values = dict(offer.values)
        for field in self.page.fields:
            if field.visible and field.kind != "picker":
                now = next((item for item in offer.fields if item.id == field.id), field)
                value = self.initial(field, offer.values.get(field.id, field.value))
                row = FieldRow(
                    now,
                    value,
                    problem=self._problem(field),
                    stacked=self.stacked_fields,
                    options=len(field.options),
                )
                row.display = field.id in offer.values
                yield row
        if any(field.required and field.visible for field in self.page.fields):
            yield paragraph("* marks a required field.", "hint")

    def initial(self, field: Field, value: FieldValue) -> FieldValue:
        """What a field holds when it is drawn."""
        return value

    def compose_actions(self) -> ComposeResult:
        """The actions, and the way to the Actions menu."""
        yield ActionBar([*self.page.actions, MENU], menu=self.menu_actions)

    def _problem(self, field: Field) -> Problem | None:
        return next((problem for problem in self.page.errors if problem.field == field.id), None)

    async def rebuild(self) -> None:
        """As the base, and the labels in line again."""
        await super().rebuild()
        self._align()

    def opened(self) -> None:
        """Labels in line, then the focus."""
        self._align()
        super().opened()

    def resized(self) -> None:
        """Labels move above their fields in a narrow window."""
        self._align()

    def _align(self) -> None:
        rows = list(self.query(FieldRow))
        width = min(max((row.label_cells for row in rows), default=0), LABEL_COLUMN)
        for row in rows:
            row.align(width, narrow=self.app.size.width < 80)

    # Focus

    def first_stop(self) -> Widget | None:
        """First field in error, else first empty required field, else the primary action (A11Y-FOCUS-01)."""
        refused = next((row.control for row in self._shown_rows() if row.problem is not None), None)
        primary = self.page.primary
        button = self._button(primary) if primary else None
        return refused or self.first_empty_required() or button

    def first_empty_required(self, *, after: Widget | None = None) -> Widget | None:
        """The first required field without a value, other than `after`."""
        typed = self.typed()
        for row in self._shown_rows():
            if row.field.required and typed.get(row.field.id) in (None, "") and row.control is not after:
                return row.control
        return None

    def _shown_rows(self) -> list[FieldRow]:
        return [row for row in self.query(FieldRow) if row.display]

    def _button(self, action: Action) -> ActionButton | None:
        return next((button for button in self.query(ActionButton) if button.action.id == action.id), None)

    def enter_word(self) -> str:
        """What Enter does in a field: go to the next empty one, or the default action."""
        if isinstance(self.focused, Entry | Check):
            if self.first_empty_required(after=self.focused) is not None:
                return "Next"
            default = default_action(self.page)
            return default.label if default else "Next"
        return super().enter_word()

    def go_on(self) -> None:
        """Enter in a field: the next empty required field, else the default action, else the actions."""
        missing = self.first_empty_required(after=self.focused)
        default = default_action(self.page)
        if missing is not None:
            missing.focus()
        elif default is not None:
            self.app.perform(default)
        else:
            self.query(ActionButton).first().focus()

    # Values

    def typed(self) -> dict[str, FieldValue]:
        """What the controls hold."""
        return {row.field.id: _held(row.control) for row in self._shown_rows()}

    def clear_secrets(self) -> None:
        """Empty the secret fields (SR-AUTH-15)."""
        for entry in self.query(Entry):
            if entry.secret:
                entry.value = ""

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.go_on()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.keep_typed()
        if event.input is not self.focused:  # what Enter does in a field depends on the others alone
            self.show_keys()

    @on(Check.Toggled)
    def _toggled(self, event: Check.Toggled) -> None:
        event.stop()
        self._offer_again()

    @on(ChoiceList.Chosen)
    def _chosen(self, event: ChoiceList.Chosen) -> None:
        event.stop()
        if event.confirmed:
            self.go_on()
        else:
            self._offer_again()
            self.show_keys()

    def keep_typed(self) -> None:
        """Leave what was typed with the journey; it ignores secrets (A11Y-ERR-04)."""
        self.app.journey.type(self.typed())

    def _offer_again(self) -> None:
        """Narrow fields and options to what is offered now; say which choices that cleared (F-RPT-01)."""
        before = self.typed()
        offer = self.app.journey.offer(before)
        shown = {field.id: field for field in offer.fields}
        for row in self.query(FieldRow):
            field = shown.get(row.field.id)
            row.display = field is not None
            if field is not None and isinstance(row.control, ChoiceList):
                value = offer.values.get(field.id)
                row.control.offer(list(field.options), value if isinstance(value, str) else None)
        self.keep_typed()
        cleared = [
            self.label_of(name) for name, value in before.items() if value and not offer.values.get(name)
        ]
        if cleared:
            self.app.announce(Announcement("note", f"Choose again: {', '.join(cleared)}."))


def _held(control: Widget) -> FieldValue:
    match control:
        case Entry() | Check() | ChoiceList():
            return control.value
        case _:
            return None
