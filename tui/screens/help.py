"""The help of a screen: its purpose, fields, actions and keys, built from the page and the bindings.

Nothing here is written twice: texts come from the portal, keys from the bindings in force (A11Y-HELP-01,
A11Y-HELP-03).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from client.messages.screen import Action, Screen
from tui import keys
from tui.screens.view import CLOSE, View, heading, text
from tui.widgets.entry import Entry

ABBREVIATIONS = (
    "APM: Alternative Payment Model.",
    "CEHRT: certified electronic health record technology.",
    "MFA: multi-factor authentication, a second proof besides the password.",
    "MIPS: Merit-based Incentive Payment System.",
    "NPI: National Provider Identifier, the number of one professional.",
    "PQRS: Physician Quality Reporting System.",
    "QDC: quality-data code on a claim.",
    "QRUR: Quality and Resource Use Report.",
    "TIN: Taxpayer Identification Number, the number of one practice.",
)
"""A11Y-TEXT-11."""
TIME_LIMITS = (
    "After 15 minutes without a key the screen is locked; a warning comes 2 minutes before, and any key "
    "keeps you signed in. After 12 hours the sign-in ends for security and cannot be extended."
)


@dataclass(frozen=True)
class HelpSection:
    """A heading and its paragraphs."""

    title: str
    paragraphs: tuple[str, ...]


def sections(page: Screen, bindings: Sequence[Binding]) -> list[HelpSection]:
    """The whole help of a page."""
    fields = tuple(
        f"{field.label}{', required' if field.required else ''}. {field.hint}".strip()
        for field in page.fields
        if field.visible
    )
    actions = tuple(f"{action.label} ({action.id})" for action in page.actions)
    parts = [
        HelpSection("What this screen is for", tuple(page.help) or (page.title,)),
        HelpSection("Fields", fields),
        HelpSection("Actions", actions),
        HelpSection("Keys", tuple(_key_line(binding) for binding in bindings)),
        HelpSection("Time limits", (TIME_LIMITS,)),
        HelpSection("Abbreviations", ABBREVIATIONS),
    ]
    return [part for part in parts if part.paragraphs]


def _key_line(binding: Binding) -> str:
    names = " or ".join(keys.spelled(key) for key in binding.key.split(","))
    return f"{names}: {binding.description}. {binding.tooltip}".strip()


class HelpView(View[Action]):
    """Read and search the help; answers the help desk action where it was chosen."""

    reads_first = True

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "find", "Find", tooltip="Go to the search field.", id="help.find"),
        Binding("slash", "find_single", "Find", show=False, id="help.find.single"),
    ]

    def __init__(self, page: Screen, bindings: Sequence[Binding]) -> None:
        super().__init__(name="help")
        self.title_text = f"Help: {page.title}"
        self._sections = sections(page, bindings)
        self._help_desk = page.action("help")

    def compose_content(self) -> ComposeResult:
        """The search field, then every section."""
        yield text("Find in this help:", "heading")
        yield Entry("find", width=30)
        for part in self._sections:
            yield heading(part.title)
            for paragraph in part.paragraphs:
                yield text(paragraph, "paragraph help--line")

    def buttons(self) -> list[Action]:
        """Back, and the help desk as the last line (A11Y-HELP-04)."""
        return [CLOSE, self._help_desk] if self._help_desk else [CLOSE]

    def chosen(self, action: Action) -> None:
        """The help desk is a page of the portal."""
        self.dismiss(action)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A shortcut of one character can be switched off (A11Y-KEY-08)."""
        if action == "find_single":
            return self.app.single_keys
        return super().check_action(action, parameters)

    def action_find(self) -> None:
        """Go to the search field."""
        self.query_one(Entry).focus()

    def action_find_single(self) -> None:
        """The same, for `/`."""
        self.action_find()

    def label_of(self, field_id: str) -> str:
        """The only field."""
        return "Find in this help"

    @on(Input.Changed)
    def _find(self, event: Input.Changed) -> None:
        wanted = event.value.casefold()
        lines = list(self.query(".help--line").results(Static))
        for line in lines:
            line.display = wanted in str(line.content).casefold()
        found = sum(line.display for line in lines)
        if wanted:
            self.status.update(f"{found} of {len(lines)} paragraphs have it.")
        else:
            self.status.update("")
