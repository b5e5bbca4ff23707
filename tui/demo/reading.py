"""Read a demo script: from a file name to a Script, or to everything that is wrong with it.

    load("sign-in-email")                                       -> a shipped Script
    load("mine.demo.toml", {"user": "demo.solo"})               -> a Script, or raises ScriptRefused
    read("mine.demo.toml").findings                             -> what `demo lint` says, warnings too

Nothing here starts a server or runs anything: a broken script is refused before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from tui.demo.codes import message
from tui.demo.findings import Finding, ScriptRefused
from tui.demo.nodes import Log, Node
from tui.demo.order import check_order
from tui.demo.script import Place, Script
from tui.demo.settings import play_settings, record_settings, run_settings
from tui.demo.source import Source, Unusable, parsed, source
from tui.demo.steps import steps
from tui.demo.values import Kind, Wrong, called, language, text
from tui.demo.variables import BUILT_INS, NAME, NoValueYet, UnknownVariable, filled, final, references
from tui.demo.words import help_for

_TOP: Final = ("format", "title", "description", "language", "run", "play", "record", "vars", "step")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file turned out to be."""

    name: str
    lines: tuple[str, ...]
    findings: tuple[Finding, ...]
    """By position; errors and warnings."""
    script: Script | None
    """None where there are errors."""


def load(name: str, given: Mapping[str, str] | None = None) -> Script:
    """The script of a file, or the shipped script of that name. Raises ScriptRefused."""
    found = read(name, given)
    if found.script is None:
        raise ScriptRefused(found.name, found.lines, found.findings)
    return found.script


def read(name: str, given: Mapping[str, str] | None = None) -> Reading:
    """The same without an exception; `given` are values of `--var`."""
    try:
        return _checked(source(name), given or {})
    except Unusable as error:
        return Reading(name, error.lines, (error.finding,), None)


def read_text(name: str, text: str, given: Mapping[str, str] | None = None) -> Reading:
    """The same for a text that is no file yet."""
    try:
        return _checked(parsed(name, text), given or {})
    except Unusable as error:
        return Reading(name, error.lines, (error.finding,), None)


def _checked(found: Source, given: Mapping[str, str]) -> Reading:
    log = Log(found.positions, found.lines)
    raw = Node(found.document, (), log)
    variables = _variables(raw, given)
    document = Node(_filled(raw, variables), (), log)
    script = _script(found, document, variables)
    ordered = log.in_order
    broken = any(finding.is_error for finding in ordered)
    return Reading(found.file, found.lines, ordered, None if broken else script)


def _script(found: Source, document: Node, variables: Mapping[str, str]) -> Script:
    for item in document.children():
        if item.name not in _TOP:
            item.say_of_key("D201", *help_for(item.name, _TOP), key=item.name)
    form = document.get("format")
    if form is None or form.value != 1 or isinstance(form.value, bool):
        place = form.place if form else Place(1, 1)
        document.log.add("D104", place, "write format = 1 in the first line")
    if document.get("title") is None:
        document.log.add("D203", Place(1, 1), 'title = "..."', key="title", type="a string", got="nothing")
    run = run_settings(document)
    performed = steps(document)
    script = Script(
        name=found.file,
        stem=found.stem,
        lines=found.lines,
        title=document.option("title", _fixed(text(longest=80, lines=False, cells=True)), ""),
        description=document.option("description", _fixed(text()), ""),
        language=document.option("language", _fixed(language), "en-US"),
        run=run,
        play=play_settings(document),
        record=record_settings(document),
        variables=variables,
        steps=performed,
    )
    if not any(item.is_error for item in document.log.findings):
        check_order(document, performed, run.front_ends)
    return script


def _fixed(kind: Kind[str]) -> Kind[str]:
    """A text that is needed before anything runs: built-in variables have no value in it."""

    def read_fixed(value: object) -> str:
        found = kind(value)
        try:
            return final(found, {})
        except NoValueYet as error:
            raise Wrong("D302", "only the texts of steps can use it", name=f"${{{error.name}}}") from None

    return read_fixed


def _variables(document: Node, given: Mapping[str, str]) -> dict[str, str]:
    """`[vars]` with the values of the command line; values cannot refer to one another."""
    node = document.get("vars")
    found: dict[str, str] = {}
    if node is not None and node.table('user = "demo.grouprep"'):
        for item in node.children():
            if not NAME.fullmatch(item.name):
                kind = "name of a variable"
                item.say_of_key("D208", "small letters, digits and _", value=item.name, kind=kind)
            found[item.name] = _variable(item)
    for name in given:
        if name not in found:
            helps = help_for(name, tuple(found)) if found else ("the script has no [vars]",)
            problem = f"--var {name}: the script has no variable {name}"
            document.log.findings.append(Finding("D303", message("D303", problem=problem), None, helps))
    return {**found, **{name: value for name, value in given.items() if name in found}}


def _variable(node: Node) -> str:
    value = node.value
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str | int):
        needed = "a string, a whole number, true or false"
        node.say("D203", 'for example "demo.grouprep"', key=node.name, type=needed, got=called(value))
    elif isinstance(value, str) and references(value):
        name = references(value)[0]
        node.log.add(
            "D301", node.place_of(f"${{{name}}}"), "a variable cannot hold another one", name=f"${{{name}}}"
        )
    return str(value)


def _filled(node: Node, variables: Mapping[str, str]) -> Any:
    """The document with every fixed variable filled in; D301 for names that there are not."""
    if isinstance(node.value, dict):
        own = node.path == ("vars",)
        return {item.path[-1]: item.value if own else _filled(item, variables) for item in node.children()}
    if isinstance(node.value, list):
        return [_filled(item, variables) for item in node.children()]
    if not isinstance(node.value, str):
        return node.value
    try:
        return filled(node.value, variables)
    except UnknownVariable as error:
        helps = help_for(error.name, (*variables, *BUILT_INS))
        node.log.add("D301", node.place_of(f"${{{error.name}}}"), *helps, name=f"${{{error.name}}}")
        return node.value.replace("${", "$${")
