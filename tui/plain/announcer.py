"""A Screen as logical lines, in the order of A11Y-PLAIN-07; fields and actions are asked elsewhere. Pure."""

from collections.abc import Iterable, Iterator
from typing import Final

from client.messages.screen import Notice, Problem, Screen
from tui.fixes import fix_for
from tui.plain.grammar import Label, is_pair, labelled, sentence

FIRST_HELP: Final = "Help: type ? at any prompt."
COMMANDS_HELP: Final = (
    "Help: commands /help, /back, /cancel, /repeat, /actions, /do, /time, /settings, /quit."
)

_ORGANIZATION_TYPES: Final = {
    "practice": "Practices",
    "apm_entity": "APM Entities",
    "virtual_group": "Virtual Groups",
    "registry": "Registries",
}


def screen_lines(screen: Screen, *, said: frozenset[str] = frozenset()) -> Iterator[str]:
    """Title, organization, errors, notices and intro; notices whose text is in `said` are left out."""
    step = f", step {screen.step.number} of {screen.step.total}" if screen.step else ""
    yield labelled(Label.SCREEN, f"{screen.title}{step}")
    yield from _organization(screen)
    yield from problem_lines(screen.errors)
    yield from notice_lines(notice for notice in screen.notices if notice.text not in said)
    yield from map(paragraph, _paragraphs(screen.intro))


def problem_lines(problems: Iterable[Problem]) -> Iterator[str]:
    """`Error:` and `Fix:` for each refusal; a field's repair also names the way back."""
    for problem in problems:
        yield labelled(Label.ERROR, sentence(problem.text))
        way_out = ", or /back" if problem.field else ""
        yield labelled(Label.FIX, f"{fix_for(problem)}{way_out}.")


def notice_lines(notices: Iterable[Notice]) -> Iterator[str]:
    """`Warning:` for warnings, else `Notice:`."""
    for notice in notices:
        label = Label.WARNING if notice.level == "warning" else Label.NOTICE
        yield labelled(label, notice.text)


def paragraph(text: str) -> str:
    """A paragraph of the portal: as it is if it is a pair or a numbered point, else a notice."""
    return text if is_pair(text) else labelled(Label.NOTICE, text)


def _organization(screen: Screen) -> Iterator[str]:
    if screen.org is not None:
        kind = _ORGANIZATION_TYPES.get(screen.org.org_type, screen.org.org_type)
        yield f"Organization: {kind}, {screen.org.display}" if screen.org.display else f"Organization: {kind}"


def _paragraphs(intro: Iterable[str]) -> Iterator[str]:
    return (line for text in intro for line in text.splitlines() if line.strip())
