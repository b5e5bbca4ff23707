"""Turns what is sent and answered into steps of a script, by the table of verbs.

A secret never gets into a step: passwords and codes become `true`, which the player fills in itself, and an
attempt that the portal refused for its secret is left out, because a script cannot hold what was typed. The
one exception is a wrong code, for which any wrong code will do.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from client.journey import BUSY
from client.messages.calls import Act
from client.messages.screen import FieldValue, Screen
from tui.demo.capture.watching import Answered, Arrived, MailboxRead, Sight
from tui.demo.capture.writing import Written, without_tin
from tui.demo.verbs import ANYWHERE, EXPORTS, REPORT_ACTIONS, VERBS, Takes, Verb

WRONG_CODE: Final = "000000"
"""Stands for a code that was refused."""
CODE_REFUSED: Final = "E-MFA-04"
PICKER: Final = "S-ORGPICK"
LOCKED: Final = "S-REAUTH"
_EXPORT_ACTIONS: Final = {action: word for word, action in EXPORTS.items()}


@dataclass(frozen=True, slots=True)
class CapturedStep:
    """One `[[step]]` in the making."""

    verb: str
    value: Written
    expect_state: str | None = None
    expect_error: str | None = None


class Captor:
    """A listener of one walk."""

    def __init__(self) -> None:
        self.steps: list[CapturedStep] = []
        self.left_out = 0
        """Attempts that were refused for a secret, and forms with secrets that no verb fills in."""
        self._export: str | None = None
        """Format of an export that was chosen and not run yet."""

    def __call__(self, sight: Sight) -> None:
        """Take the next thing that happened."""
        match sight:
            case Answered(before, _, _) if before.state == BUSY:
                self.steps.pop()  # the run was stopped: no script waits where nobody else does
            case Answered(before, act, after) if not _answers_a_clock(before, act):
                self.steps += self._steps(before, act, after)
            case Arrived(screen):
                self._settle(screen)
            case MailboxRead() if not self.steps or self.steps[-1].verb != "read-outbox":
                self.steps.append(CapturedStep("read-outbox", Written(True)))

    # Answers

    def _steps(self, before: Screen, act: Act, after: Screen) -> Iterator[CapturedStep]:
        """The steps that send this action; the last one carries what came of it."""
        if after.errors and _secrets(before, act) and not _wrong_code(after):
            self.left_out += 1
            return
        exported = self._exported(before, act)
        if exported is None:
            return
        *fills, last = exported if exported else self._performed(before, act, after)
        yield from fills
        yield _with_outcome(last, before, after)

    def _exported(self, before: Screen, act: Act) -> Sequence[CapturedStep] | None:
        """`export` is an action of S-REPORT and then the run; None: wait for the second, empty: neither."""
        chosen, self._export = self._export, None
        if before.state == "S-REPORT" and act.action in _EXPORT_ACTIONS:
            self._export = _EXPORT_ACTIONS[act.action]
            return None
        if chosen is None:
            return ()
        if before.state == "S-RUN" and act.action == "run_document":
            return (CapturedStep("export", Written({"format": chosen})),)
        return (CapturedStep("do", Written(EXPORTS[chosen]), "S-RUN"), *self._performed(before, act, before))

    def _performed(self, before: Screen, act: Act, after: Screen) -> list[CapturedStep]:
        if before.state == PICKER:
            return list(self._picked(before, act, after))
        verb = _verb_of(before, act.action)
        own = verb.fields if verb is not None else ()
        fills = list(self._filled(before, act, own))
        return [*fills, _action_step(verb, before, act, after)]

    def _picked(self, before: Screen, act: Act, after: Screen) -> Iterator[CapturedStep]:
        """The picker sends its search with every action; only a search that changed the list is a step."""
        search, shown = _search_in(act.values), _search_in(_held(before))
        if act.action == "search" or (act.action == "select" and search != shown):
            yield CapturedStep("search-tin", _search(search, matched_case=shown[1]))
        if act.action == "select":
            yield CapturedStep("pick-tin", Written(_row(before, act, after), name="practice"))
        elif act.action != "search":
            yield _action_step(_verb_of(before, act.action), before, act, after)

    def _filled(self, before: Screen, act: Act, own: Sequence[str]) -> Iterator[CapturedStep]:
        """Steps that fill in what the action's verb does not; what is as the portal gave it is no `fill`."""
        rest: dict[str, str | bool] = {}
        for name, value in act.values.items():
            field, verb = before.field(name), _verb_filling(before.state, name)
            if name in own or field is None or value in (None, "") or isinstance(value, list):
                continue
            if verb is not None:
                yield CapturedStep(verb.name, _argument(verb, before, act, before))
            elif field.kind == "secret":
                self.left_out += 1
            elif value != field.value:
                rest[name] = without_tin(value) if isinstance(value, str) else value
        if rest:
            yield CapturedStep("fill", Written(rest))

    def _settle(self, screen: Screen) -> None:
        """What a run led to, once it is over; while it runs nothing is known."""
        if not self.steps or screen.state == BUSY or self.steps[-1].expect_state != BUSY:
            return
        last = self.steps[-1]
        usual = screen.state in VERBS[last.verb].to
        self.steps[-1] = replace(last, expect_state=None if usual else screen.state)


def _answers_a_clock(screen: Screen, act: Act) -> bool:
    """Whether the action was not the person's wish but a limit's: the script's clock is another one."""
    return act.action == "stay" or (screen.state == LOCKED and act.action == "confirm")


def _verb_of(screen: Screen, action: str) -> Verb | None:
    """The verb that takes an action there, the most particular one first; None: none by name."""
    found = [verb for verb in VERBS.values() if verb.allowed_in(screen.state)]
    taking = [verb for verb in found if verb.action_in(screen.state) == action]
    return max(taking, key=lambda verb: bool(verb.states), default=None)


def _verb_filling(state: str, field: str) -> Verb | None:
    """The verb that fills in a field and takes no action."""
    return next(
        (
            verb
            for verb in VERBS.values()
            if field in verb.fields and not verb.actions and verb.states and verb.allowed_in(state)
        ),
        None,
    )


def _action_step(verb: Verb | None, before: Screen, act: Act, after: Screen) -> CapturedStep:
    if verb is not None:
        return CapturedStep(verb.name, _argument(verb, before, act, after))
    if before.primary is not None and before.primary.id == act.action:
        return CapturedStep("continue", Written(True))
    return CapturedStep("do", Written(act.action))


def _argument(verb: Verb, before: Screen, act: Act, after: Screen) -> Written:
    """What the script writes behind a verb."""
    match verb.takes:
        case Takes.TRUE | Takes.RUN:
            return Written(True)
        case Takes.TRUE_OR_TEXT:
            return Written(WRONG_CODE) if _wrong_code(after) else Written(True)
        case Takes.REPORT:
            sent = {name: _string(act.values.get(name)) for name in verb.fields}
            sent["action"] = _short(VERBS["choose-report"], "action", sent["action"], before)
            return Written({name: value for name, value in sent.items() if value})
        case _:
            [field, *_] = verb.fields
            sent_value = _string(act.values.get(field))
            name = "user" if field == "user_id" else None
            return Written(_short(verb, field, without_tin(sent_value), before), name=name)


def _short(verb: Verb, field: str, value: str, screen: Screen) -> str:
    """The script's short word for a value, else the label on the screen, else the value."""
    words: Mapping[str, str] = REPORT_ACTIONS if field == "action" else verb.choices
    short = next((word for word, wire in words.items() if wire == value), None)
    if short is not None:
        return short
    shown = screen.field(field)
    options = shown.options if shown is not None else []
    return next((option.label for option in options if option.value == value), value)


def _held(screen: Screen) -> dict[str, FieldValue]:
    return {field.id: field.value for field in screen.fields}


def _search_in(values: Mapping[str, FieldValue]) -> tuple[str, bool]:
    """Search text and match case of the picker's form."""
    return _string(values.get("search")), values.get("match_case") is True


def _search(search: tuple[str, bool], *, matched_case: bool) -> Written:
    """Search words, with the switch only where it was moved; a full TIN becomes its last four digits."""
    words, match_case = without_tin(search[0]), search[1]
    return Written(words if match_case == matched_case else {"text": words, "match-case": match_case})


def _row(before: Screen, act: Act, after: Screen) -> str:
    """The text of the row that was selected."""
    chosen = act.values.get("org_ids")
    ids = chosen if isinstance(chosen, list) else []
    picked = after.field("org_ids")
    labels = [option.label for option in (picked.options if picked else []) if option.value in ids]
    rows = before.table.rows if before.table is not None else []
    return next(iter([*labels, *(row.cells[0] for row in rows if row.id in ids)]), "")


def _with_outcome(step: CapturedStep, before: Screen, after: Screen) -> CapturedStep:
    """The step with what came of it, where the table of verbs does not say so already."""
    state = after.state
    if after.errors:
        moved = None if state == before.state else state
        return replace(step, expect_error=after.errors[0].code, expect_state=moved)
    to = VERBS[step.verb].to
    usual = state in to if to and to != ANYWHERE else not to and state == before.state
    return step if usual else replace(step, expect_state=state)


def _secrets(screen: Screen, act: Act) -> bool:
    """Whether the action carries something that a script cannot hold."""
    fields = [screen.field(name) for name, value in act.values.items() if value]
    return any(field is not None and (field.kind == "secret" or field.id == "code") for field in fields)


def _wrong_code(after: Screen) -> bool:
    return any(problem.code == CODE_REFUSED for problem in after.errors)


def _string(value: FieldValue) -> str:
    return value if isinstance(value, str) else ""
