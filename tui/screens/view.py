"""A view beside the walk: help, actions, messages and the like; Esc returns to where the person was.

Views are whole screens, not boxes over the form: one frame, one focus, nothing shining through (look.md 1).
"""

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from client.messages.screen import Action
from tui.screens.frame import FrameScreen, Result
from tui.widgets.action_bar import ActionBar, ActionButton
from tui.widgets.entry import Entry
from tui.widgets.masthead import Place

CLOSE = Action(id="close", label="Back", local=True)


class View(FrameScreen[Result]):
    """Base of the client's own views."""

    title_text = ""
    """Title of the top band."""

    def place(self) -> Place:
        """The title; views have no place on the walk."""
        return Place(title=self.title_text)

    reads_first = False
    """Whether the text has the focus when the view opens, so that the arrow keys read on."""

    def first_stop(self) -> Widget | None:
        """The text, where there is more of it than fits; else the first action."""
        self.body.can_focus = self.reads_first
        return self.body if self.reads_first else None

    def focus_first(self) -> None:
        """As every screen; once the text is measured and fits, the first action has the focus."""
        fits = self.body.virtual_size.height and self.body.virtual_size.height <= self.body.size.height
        if fits:
            self.reads_first = False
        super().focus_first()

    def enter_word(self) -> str:
        """Views have no form to go on with."""
        return "" if isinstance(self.focused, Entry) else super().enter_word()

    def buttons(self) -> list[Action]:
        """The view's actions, `Back` last."""
        return [CLOSE]

    def compose_body(self) -> ComposeResult:
        """The content, then the actions."""
        yield from self.compose_content()
        yield ActionBar(self.buttons())

    def compose_content(self) -> ComposeResult:
        """What the view shows."""
        yield from ()

    @on(ActionButton.Pressed)
    def _pressed(self, event: ActionButton.Pressed) -> None:
        event.stop()
        if event.action.id == CLOSE.id:
            self.dismiss(None)
        else:
            self.chosen(event.action)

    def chosen(self, action: Action) -> None:
        """Another action than `Back`."""


def text(value: str, classes: str = "paragraph") -> Static:
    """A paragraph; never read as markup (SR-TERM-06)."""
    return Static(Content(value), classes=classes, markup=False)


def heading(value: str) -> Static:
    """A heading inside a view."""
    return text(value, "heading")


def fact(name: str, value: str) -> Static:
    """One `name: value` line."""
    return Static(Content.assemble((f"{name}: ", "$text-muted"), value), classes="fact", markup=False)
