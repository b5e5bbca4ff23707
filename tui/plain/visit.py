"""One stay on a screen: what was asked and said there so far, and the choice of an action."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from client.messages.screen import FieldValue, Screen
from tui.plain.choices import Choice, choice_lines
from tui.plain.commitments import COMMITMENTS
from tui.plain.form import Form
from tui.plain.picker import Picker
from tui.plain.report_reader import ReportReader
from tui.plain.talk import Prompt, Talk


@dataclass(slots=True)
class Visit:
    """Lives as long as the state stays the same, however often its Screen is answered anew."""

    state: str
    form: Form
    picker: Picker
    report: ReportReader | None = None
    """None until the report was fetched."""
    token: str = ""
    """Step token up to which errors and notices were said."""
    said: set[str] = field(default_factory=set)
    """Texts of the notices that were said."""

    @classmethod
    def of(cls, talk: Talk) -> "Visit":
        """A new stay on the journey's present screen."""
        return cls(talk.journey.screen.state, Form(talk), Picker(talk))

    def values_for(self, screen: Screen, action_id: str) -> Mapping[str, FieldValue]:
        """What travels with an action: secrets with the screen's own action only."""
        action = screen.action(action_id)
        return self.form.values if action is not None and action.primary else self.form.kept_values


async def choose_action(talk: Talk, screen: Screen) -> str:
    """List the actions and ask for one; those that bind need their number (A11Y-PLAIN-13)."""
    choices = [
        Choice(
            action.label,
            enabled=action.enabled,
            reason=action.reason or "not now",
            number_only=(screen.state, action.id) in COMMITMENTS,
        )
        for action in screen.actions
    ]
    question = f"Action, number 1 to {len(choices)}:"
    binds = any(choice.number_only for choice in choices)
    found = await talk.choose(Prompt(question, tuple(choice_lines(choices)), commitment=binds), choices)
    return screen.actions[found].id
