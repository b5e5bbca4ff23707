"""A screen that shows a state of the portal; what all states share, whatever their layout.

The portal's `Screen` is called a page here, because Textual has a Screen of its own. A page is replaced as
a whole by the portal's next answer; the one thing kept between two pages of a state is what the person
typed.
"""

from typing import TYPE_CHECKING, Any

from textual import on
from textual.widget import Widget

from client.messages.screen import Action, CurrentOrganization, FieldValue, Screen
from tui.announcement import Announcement, of_problem
from tui.commitments import way_back
from tui.fixes import fix_for
from tui.screens.frame import FrameScreen
from tui.widgets.action_bar import ActionButton
from tui.widgets.masthead import Place

if TYPE_CHECKING:
    from tui.screens.view import View

ORGANIZATION_TYPES = {
    "practice": "Practices",
    "apm_entity": "APM Entities",
    "virtual_group": "Virtual Groups",
    "registry": "Registries",
}
"""Organization type -> its label, shown at the top of all following screens (F-ORGT-02)."""


def organization_of(organization: CurrentOrganization | None) -> str:
    """The organization being worked for, or its type before one is selected."""
    if organization is None:
        return ""
    return organization.display or ORGANIZATION_TYPES.get(organization.org_type, organization.org_type)


def place_of(page: Screen) -> Place:
    """The top band of a page."""
    step = f"step {page.step.number} of {page.step.total}" if page.step else ""
    clock = page.clock
    return Place(
        title=page.title,
        step=step,
        trail=tuple(page.trail),
        date=f"{clock.business_now:%a %Y-%m-%d %H:%M} {clock.zone}",
        organization=organization_of(page.org),
    )


def sentence(fix: str) -> str:
    """A repair as a sentence of its own."""
    return f"{fix[:1].upper()}{fix[1:]}." if fix else ""


class PortalScreen(FrameScreen[None]):
    """Base of every portal state; subclasses compose the body."""

    def __init__(self, page: Screen) -> None:
        super().__init__(name=page.state)
        self.page = page

    def place(self) -> Place:
        """Title, step, trail, date and organization of the page."""
        return place_of(self.page)

    def opened(self) -> None:
        """Say the errors and put the focus where it belongs."""
        super().opened()
        self.say_problems()

    async def renew(self, page: Screen) -> None:
        """Show another page of the same state: build the body anew, focus as on entry."""
        self.page = page
        self.masthead.show(self.place())
        await self.rebuild()
        self.say_problems()

    async def rebuild(self) -> None:
        """Compose the body anew in one paint."""
        with self.app.batch_update():
            self.set_focus(None)
            await self.column.recompose()
            self.focus_first()
            self.show_keys()

    def take_quietly(self, page: Screen) -> None:
        """A background read of the same step: date and new notices, not focus or scroll (A11Y-MOTION-04)."""
        self.page = page
        self.masthead.show(self.place())

    def typed(self) -> dict[str, FieldValue]:
        """What the controls hold now, secrets included; only ever sent, never kept."""
        return {}

    def clear_secrets(self) -> None:
        """Empty every secret field, after sending (SR-AUTH-15)."""

    def problems(self) -> list[Announcement]:
        """The page's errors, each with its repair."""
        return [of_problem(problem, sentence(fix_for(problem))) for problem in self.page.errors]

    def say_problems(self) -> None:
        """Put the errors into the status region, or empty it; a page's errors go into the log as well."""
        problems = self.problems()
        self.app.remember(*problems)
        self.say(*problems)

    def label_of(self, field_id: str) -> str:
        """The label of a field of this page."""
        field = self.page.field(field_id)
        return field.label if field else field_id

    @on(ActionButton.Pressed)
    def _perform(self, event: ActionButton.Pressed) -> None:
        event.stop()
        self.app.perform(event.action)

    def own_actions(self) -> list[Action]:
        """Entries of the Actions menu that belong to this page."""
        return list(self.page.actions)

    def action_back(self) -> None:
        """Esc: the page's own way back; without one, the question whether to quit."""
        action = way_back(self.page)
        if action is not None:
            self.app.perform(action)
        else:
            self.app.call_later(self.app.run_action, "ask_quit")

    def first_empty_required(self) -> Widget | None:
        """The first required field without a value."""
        return None

    def keep_typed(self) -> None:
        """Leave what was typed with the journey."""

    def own_view(self, name: str) -> "View[Any] | None":
        """A view that only this screen can open; None: it has none of that name."""
        return None

    async def perform_locally(self, action: str) -> None:
        """An action that needs no call and that only this screen knows (`next_table`, `find`, ...)."""
