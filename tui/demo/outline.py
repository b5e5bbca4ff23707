"""A script in words, for review by eye or ear (DEMO-CLI-05); recordings name steps in the same words.

said(step)   -> "Enter user ID demo.grouprep"
"""

from collections.abc import Iterator
from functools import singledispatch
from typing import Final

from tui.demo.findings import without_secrets
from tui.demo.script import Duration, Expect, Export, Fill, Keys, ReportChoice, Script, Search, Size, Step
from tui.demo.variables import BUILT_INS
from tui.demo.verbs import VERBS, Verb
from tui.demo.vocabulary import VOCABULARY

_HIDDEN: Final = "(hidden)"
_BUILT_IN_WORDS: Final = {
    "outbox.code": "the code of the message",
    "outbox.to": "the address of the message",
    "outbox.channel": "the channel of the message",
    "file.path": "the saved file",
    "screen.state": "the present state",
    "screen.title": "the title of the screen",
}
_UNITS: Final = (("hour", 3_600_000), ("minute", 60_000), ("second", 1_000), ("millisecond", 1))


def said(step: Step) -> str:
    """What a step does, as a phrase; empty where it only says or checks something."""
    if step.verb is None or step.argument is None:
        return ""
    verb = VERBS[step.verb]
    phrase = verb.words_of_text if isinstance(step.argument, str) and verb.words_of_text else verb.words
    return _readable(phrase.replace("{value}", _value(step.argument, verb)))


def outline(script: Script) -> list[str]:
    """The whole script as lines without alignment."""
    run = script.run
    where = "either front end" if run.front_end == "any" else f"the {run.front_end} front end"
    lines = [script.title]
    lines += [script.description] if script.description else []
    lines.append(f"For {where}, {run.size}, scenario {run.scenario}, {_count(len(script.steps), 'step')}.")
    for step in script.steps:
        lines += [line for part in _parts(step) for line in part]
    return [_readable(line) for line in lines]


def spoken(ms: int) -> str:
    """A duration in words: `13 minutes`, `1 second 500 milliseconds`."""
    parts = []
    for name, length in _UNITS:
        count, ms = divmod(ms, length)
        parts += [_count(count, name)] if count else []
    return " ".join(parts) or "no time"


def _parts(step: Step) -> Iterator[list[str]]:
    if step.section:
        yield ["", f"Section: {step.section}"]
    doing = said(step) or ("Check the screen" if _expected(step.expect) else "Stay on the screen")
    only = f", {step.only} only" if step.only else ""
    hidden = ", not shown" if step.hide else ""
    yield [f"{step.number}. {doing}{only}{hidden}."]
    if step.say:
        yield [f"Says: {step.say}"]
    expected = _expected(step.expect)
    if step.expect_error:
        expected = [f"the refusal {step.expect_error}", *expected]
    if expected:
        yield [f"Expects: {'; '.join(expected)}."]
    if step.screenshot:
        yield [f"Picture: {step.screenshot}."]


def _expected(expect: Expect) -> list[str]:
    single = {
        "state": expect.state,
        "notice": expect.notice,
        "error": expect.error,
        "pager": expect.pager,
        "selected": expect.selected,
        "focus on": expect.focus,
    }
    found = [f"{what} {value}" for what, value in single.items() if value is not None]
    found += [f'the text "{text}"' for text in expect.text]
    found += [f'no text "{text}"' for text in expect.not_text]
    found += [f"{name} is {_scalar(name, value)}" for name, value in expect.fields]
    found += [f"action {name} is {value}" for name, value in expect.actions]
    found += [f'{cell.column} of {cell.row} is "{cell.is_}"' for cell in expect.cells]
    if expect.table:
        found.append("a table" if expect.table.title is None else f'the table "{expect.table.title}"')
    if expect.file:
        found.append("a saved file" if expect.file.exists else "no file")
    return found


@singledispatch
def _value(argument: object, verb: Verb) -> str:
    return str(argument)


@_value.register
def _(argument: str, verb: Verb) -> str:
    """A short word is said as the portal labels it."""
    labels = dict(zip(verb.choices, VOCABULARY.labels.get(verb.name, ()), strict=False))
    quoted = verb.name in ("find", "type", "show-table", "show-row")
    return labels.get(argument, f'"{argument}"' if quoted else argument)


@_value.register
def _(argument: Search, verb: Verb) -> str:
    case = ", capital letters as typed" if argument.match_case else ""
    return f'"{argument.text}"{case}'


@_value.register
def _(argument: ReportChoice, verb: Verb) -> str:
    labels = dict(zip(("view", "pdf", "excel", "csv"), VOCABULARY.labels[verb.name], strict=False))
    report = VOCABULARY.reports.get(argument.report, argument.report)
    rest = [part for part in (argument.level, argument.clinician) if part]
    return ", ".join((argument.year, report, labels.get(argument.action, argument.action), *rest))


@_value.register
def _(argument: Export, verb: Verb) -> str:
    name = {"pdf": "PDF", "excel": "Excel", "csv": "CSV"}[argument.format]
    return f"{name}, saved as {argument.to}" if argument.to else name


@_value.register
def _(argument: Fill, verb: Verb) -> str:
    return ", ".join(f"{name} with {_scalar(name, value)}" for name, value in argument.values)


@_value.register
def _(argument: Keys, verb: Verb) -> str:
    return ", ".join(argument.names)


@_value.register
def _(argument: Duration, verb: Verb) -> str:
    return spoken(argument.ms)


@_value.register
def _(argument: Size, verb: Verb) -> str:
    return str(argument)


def _scalar(name: str, value: str | bool) -> str:
    if isinstance(value, bool):
        return "ticked" if value else "not ticked"
    if "password" in name and value not in ("set", "empty"):
        return _HIDDEN
    return value


def _readable(text: str) -> str:
    """References in words; no secrets, no full TINs."""
    for name in BUILT_INS:
        text = text.replace(f"${{{name}}}", _BUILT_IN_WORDS.get(name, name))
    return without_secrets(text.replace("$$", "$"))


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
