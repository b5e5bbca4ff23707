"""Preferences that can change while the program runs; saved for the next start (A11Y-MODE-05)."""

from textual import on
from textual.app import ComposeResult
from textual.widget import Widget

from client.messages.screen import Field, Option
from client.settings import preference
from tui.screens.view import View, text
from tui.widgets.choice_list import ChoiceList
from tui.widgets.field_row import FieldRow

CHANGEABLE = ("theme", "search_as_you_type", "single_keys", "bell")
"""Keys of table 4.1 offered here; the others are for `qportal config`."""


class SettingsView(View[None]):
    """Change how the program looks and behaves."""

    title_text = "Settings"

    def __init__(self, *, themes: bool = True) -> None:
        super().__init__(name="settings")
        self._keys = [key for key in CHANGEABLE if themes or key != "theme"]
        self._themes = themes

    def compose_content(self) -> ComposeResult:
        """One list for each preference."""
        if not self._themes:
            yield text("Themes cannot be changed: this terminal shows no colours, or colour is switched off.")
        for key in self._keys:
            known = preference(key)
            options = [Option(value=word, label=word) for word in known.words]
            field = Field(id=key, label=known.meaning, kind="radio", options=options)
            yield FieldRow(field, known.text(getattr(self.app.settings, key)), problem=None, stacked=True)

    def opened(self) -> None:
        """Labels above their lists."""
        for row in self.query(FieldRow):
            row.align(0, narrow=True)
        super().opened()

    def first_stop(self) -> Widget | None:
        """The first preference."""
        return self.query(ChoiceList).first()

    def label_of(self, field_id: str) -> str:
        """What the preference means."""
        return preference(field_id).meaning

    @on(ChoiceList.Chosen)
    def _chosen(self, event: ChoiceList.Chosen) -> None:
        event.stop()
        self.app.change_setting(event.field_id, event.value)
