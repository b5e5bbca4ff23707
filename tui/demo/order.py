"""What can be told of the order of the steps without running them: D216, D302 and D306.

The linter walks the script once for each front end with the set of states in which the portal may be. Where
the table of verbs or the portal's transitions leave it open where a step leads, every possibility is kept, so
that a script is only refused where no run of it could succeed.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from tui.demo.nodes import Log, Node
from tui.demo.script import FrontEnd, Place, Step
from tui.demo.variables import references, texts_of
from tui.demo.verbs import ANYWHERE, UNCHANGED, VERBS, Verb
from tui.demo.vocabulary import PRIMARY, SETTLES, VOCABULARY
from tui.demo.words import help_for

States = frozenset[str]

_EVERYWHERE: Final[States] = frozenset(VOCABULARY.states) - frozenset(SETTLES)
_LISTED: Final = 12
_GIVES: Final = {"read-outbox": "outbox.", "run-report": "file.", "export": "file."}
"""Verb -> the built-in variables that have a value afterwards."""


def check_order(document: Node, steps: Sequence[Step], front_ends: Iterable[FrontEnd]) -> None:
    """Note every step that cannot be performed where it stands."""
    log, seen = document.log, set[tuple[str, Place]]()
    for front_end in front_ends:
        walk = _Walk()
        for step in steps:
            if step.runs_on(front_end):
                for code, place, helps, values in walk.problems(step, document):
                    if (code, place) not in seen:
                        seen.add((code, place))
                        log.add(code, place, *helps, **values)
                walk.follow(step)
    check_personas(document, log)


_Problem = tuple[str, Place, tuple[str, ...], dict[str, object]]


@dataclass(slots=True)
class _Walk:
    """Where the portal may be, and what has a value."""

    states: States = frozenset({"S-LAND"})
    before: str = "the start"
    under_help: States = _EVERYWHERE
    given: set[str] = field(default_factory=lambda: {"screen.", "run.", "clock."})

    def problems(self, step: Step, document: Node) -> list[_Problem]:
        """D302 for values that do not exist yet, D216 for a verb that is not possible here."""
        found = [self._too_early(name, step, document) for name in _too_early(step, self.given)]
        if step.verb is not None and not self.possible(step):
            states = " or ".join(sorted(self.states))
            wanted = f'do "{step.argument}"' if step.verb == "do" else step.verb
            values: dict[str, object] = {"verb": wanted, "before": self.before, "state": states}
            found.append(("D216", step.place, (_possible_in(self.states),), values))
        return found

    def possible(self, step: Step) -> States:
        """The states of now in which the step can be performed."""
        can = _CAN.get(step.verb or "")
        if can is not None:
            return frozenset(state for state in self.states if can(step, state))
        verb = VERBS[step.verb] if step.verb else None
        return frozenset(state for state in self.states if verb is None or _can(verb, state))

    def follow(self, step: Step) -> None:
        """Go where the step leads."""
        verb = VERBS[step.verb] if step.verb else None
        here = self.possible(step) or (verb.states if verb and verb.states else self.states)
        led = self._led(step, verb, here)
        if verb is not None and verb.name == "open-help":
            self.under_help = here
        expected = step.expect.state
        self.states = frozenset({expected}) if expected in VOCABULARY.states else _settled(led)
        self.before = step.verb or self.before
        self.given |= {_GIVES[step.verb]} if step.verb in _GIVES else set()

    def _led(self, step: Step, verb: Verb | None, here: States) -> States:
        if verb is None or step.expect_error or verb.to == UNCHANGED:
            return here
        if verb.to != ANYWHERE:
            return frozenset(verb.to) & frozenset(VOCABULARY.states)
        if verb.name == "close-help" or (verb.name == "go-back" and here == {"S-HELP"}):
            return self.under_help
        actions = _ACTION_OF.get(verb.name)
        if actions is None:
            return _EVERYWHERE
        return frozenset().union(*(_targets(state, actions(step, state)) for state in here))

    def _too_early(self, name: str, step: Step, document: Node) -> _Problem:
        place = _place_of(name, step, document)
        remedy = next(verb for verb, gives in _GIVES.items() if name.startswith(gives))
        return "D302", place, (f"add a step {remedy} = true before",), {"name": f"${{{name}}}"}


def check_personas(document: Node, log: Log) -> None:
    """D306: the persona file has no password for this user ID."""
    user: Node | None = None
    step_node = document.get("step")
    for step in step_node.children() if step_node else ():
        user = step.get("enter-user-id") or user
        password = step.get("enter-password")
        wanted = user.value if user else None
        if (
            user
            and password
            and password.value is True
            and isinstance(wanted, str)
            and not references(wanted)
        ):
            known = (persona.lower() for persona in VOCABULARY.personas)
            if wanted.strip().lower() not in known:
                user.say("D306", *help_for(wanted, VOCABULARY.personas), id=wanted)
            user = None


def _too_early(step: Step, given: set[str]) -> list[str]:
    names = dict.fromkeys(name for text in texts_of(step) for name in references(text))
    return [name for name in names if not name.startswith(tuple(given)) and _is_given_later(name)]


def _is_given_later(name: str) -> bool:
    return name.startswith(tuple(_GIVES.values()))


def _place_of(name: str, step: Step, document: Node) -> Place:
    """Where a reference is written, in any part of the step."""
    written = f"${{{name}}}"
    stack = [part for part in (document.get("step"),) if part]
    nodes = list(stack[0].children())[step.number - 1 : step.number] if stack else []
    while nodes:
        node = nodes.pop(0)
        if isinstance(node.value, str) and written in node.value:
            return node.place_of(written)
        nodes.extend(node.children())
    return step.place


def _can(verb: Verb, state: str) -> bool:
    """Whether a verb of the table is possible in a state of this version."""
    action = verb.action_in(state)
    if action is None or not verb.allowed_in(state):
        return verb.allowed_in(state)
    return action in VOCABULARY.actions_in(state) or action not in VOCABULARY.actions


def _does(step: Step, state: str) -> str:
    return step.argument if isinstance(step.argument, str) else ""


def _can_do(step: Step, state: str) -> bool:
    action = _does(step, state)
    local = action in VOCABULARY.local_actions
    return local or not action or bool(references(action)) or action in VOCABULARY.actions_in(state)


_CAN: Final[dict[str, Callable[[Step, str], bool]]] = {"do": _can_do}
_ACTION_OF: Final[dict[str, Callable[[Step, str], str]]] = {
    "do": _does,
    "continue": lambda step, state: PRIMARY.get(state, ""),
    "go-back": lambda step, state: "back",
}


def _targets(state: str, action: str) -> States:
    """Where an action may lead; a local one, or one that is not known, anywhere."""
    leads = VOCABULARY.actions_in(state).get(action)
    if leads is None:
        return frozenset({state}) if action in VOCABULARY.local_actions else _EVERYWHERE
    return _EVERYWHERE if "*" in leads else frozenset((*leads, state))


def _settled(states: States) -> States:
    return frozenset(after for state in states for after in SETTLES.get(state, (state,)))


def _possible_in(states: States) -> str:
    """What can be done there, in a line."""
    names = [verb.name for verb in VERBS.values() if verb.states and any(verb.allowed_in(s) for s in states)]
    listed = ", ".join(names[:_LISTED]) or "do, continue"
    return f"possible there: {listed}"
