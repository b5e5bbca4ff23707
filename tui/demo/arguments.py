"""Reading the argument of a verb (11.2)."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from tui.demo.expectations import known_name, scalar, unknown_name
from tui.demo.nodes import Node
from tui.demo.script import Argument, Duration, Export, Fill, Keys, ReportChoice, RunReport, Search
from tui.demo.values import (
    ONE_DAY,
    Kind,
    boolean,
    duration,
    either,
    one_of,
    size,
    text,
    wrong_type,
)
from tui.demo.variables import references
from tui.demo.verbs import REPORT_ACTIONS, Takes, Verb
from tui.demo.vocabulary import VOCABULARY
from tui.demo.words import help_for

_LABEL: Final = "or the exact label"


def argument(node: Node, verb: Verb) -> Argument | None:
    """The typed argument; None where it cannot be used (the problem is noted)."""
    return _READERS[verb.takes](node, verb)


def _true(node: Node, verb: Verb) -> Argument | None:
    if node.value is False:
        node.say("D210", "remove the line", verb=verb.name)
        return None
    if node.value is not True:
        node.wrong(wrong_type(node.value, "true", f"{verb.name} = true"))
        return None
    return True


def _true_or_text(node: Node, verb: Verb) -> Argument | None:
    if isinstance(node.value, str):
        if verb.name == "enter-password":
            node.say("D213")
        return node.value
    if isinstance(node.value, bool):
        return _true(node, verb)
    node.wrong(wrong_type(node.value, "true or a string", f"{verb.name} = true"))
    return None


def _text(node: Node, verb: Verb) -> Argument | None:
    if verb.name == "do":
        return known_name(node, VOCABULARY.actions, "next") or None
    if verb.choices:
        labels = () if verb.closed else VOCABULARY.labels.get(verb.name, ())
        more = "" if verb.closed else _LABEL
        return node.read(one_of(tuple(verb.choices), labels=labels, more=more), "") or None
    example = {"enter-user-id": '"demo.grouprep"', "find": '"Total"'}.get(verb.name, '"text"')
    return node.read(text(example=example), "")


def _text_or_number(node: Node, verb: Verb) -> Argument | None:
    kind = either("a string or a whole number", str, int, example=f"{verb.name} = 1")
    found: str | int | None = node.read(kind, None)
    if isinstance(found, int) and found < 1:
        node.say("D209", key=verb.name, min=1, max="the number of the last one")
        return None
    return found


def _search(node: Node, verb: Verb) -> Argument | None:
    if isinstance(node.value, str):
        return Search(node.value)
    parts = _parts(node, {"text": text(), "match-case": boolean}, "search-tin = { text = ...", verb)
    if parts is None or not _complete(node, parts, ("text",), '{ text = "4802", match-case = false }'):
        return None
    return Search(parts["text"], parts.get("match-case"))


_REPORT_EXAMPLE: Final = '{ year = 2011, report = "R-PQRS-2011", action = "view" }'


def _report(node: Node, verb: Verb) -> Argument | None:
    known: dict[str, Kind[Any]] = {
        "year": either("a whole number or a string", str, int, example="2011"),
        "report": text(),
        "action": one_of(tuple(REPORT_ACTIONS), labels=VOCABULARY.labels[verb.name], more=_LABEL),
        "level": text(),
        "clinician": text(),
    }
    parts = _parts(node, known, _REPORT_EXAMPLE, verb)
    if parts is None or not _complete(node, parts, ("year", "report", "action"), _REPORT_EXAMPLE):
        return None
    report = node.get("report")
    wanted = parts["report"]
    if report and wanted.upper().startswith("R-") and wanted not in VOCABULARY.reports:
        unknown_name(report.say, wanted, tuple(VOCABULARY.reports))
    return ReportChoice(
        year=str(parts["year"]),
        report=wanted,
        action=parts["action"],
        level=parts.get("level"),
        clinician=parts.get("clinician"),
    )


def _run(node: Node, verb: Verb) -> Argument | None:
    if isinstance(node.value, bool):
        return None if _true(node, verb) is None else RunReport()
    parts = _parts(node, {"save-as": _file_name}, "true", verb)
    return None if parts is None else RunReport(parts.get("save-as"))


def _export(node: Node, verb: Verb) -> Argument | None:
    example = '{ format = "csv" }'
    parts = _parts(node, {"format": one_of(tuple(verb.choices)), "to": _file_name}, example, verb)
    if parts is None or not _complete(node, parts, ("format",), example):
        return None
    return Export(parts["format"], parts.get("to"))


def _fields(node: Node, verb: Verb) -> Argument | None:
    example = '{ user_id = "demo.grouprep" }'
    if not node.table(example):
        return None
    for item in node.children():
        if item.name not in VOCABULARY.fields:
            unknown_name(item.say_of_key, item.name, VOCABULARY.fields)
    pairs = tuple((item.name, scalar(item)) for item in node.children())
    if not pairs:
        node.say("D203", f"for example {example}", key=verb.name, type=verb.takes.value, got="an empty table")
    return Fill(pairs) if pairs else None


def _keys(node: Node, verb: Verb) -> Argument | None:
    if isinstance(node.value, list) and node.value:
        return Keys(tuple(item.read(text(example='"tab"'), "") for item in node.children()))
    if isinstance(node.value, str):
        return Keys((node.value,))
    node.wrong(wrong_type(node.value, verb.takes.value, '["tab", "enter"]'))
    return None


def _duration(node: Node, verb: Verb) -> Argument | None:
    found = node.read(duration(longest=ONE_DAY), -1)
    return None if found < 0 else Duration(found)


def _size(node: Node, verb: Verb) -> Argument | None:
    return node.read(size, None)


def _file_name(value: object) -> str:
    """A file below the output folder; it never leads out of it."""
    name = text(longest=200, lines=False, example='"report.csv"')(value)
    outside = name.startswith(("/", "\\", "~")) or ".." in name.replace("\\", "/").split("/") or ":" in name
    if outside and not references(name):
        raise wrong_type(value, "a file name below the output folder", '"report.csv"')
    return name


def _parts(node: Node, known: Mapping[str, Kind[Any]], example: str, verb: Verb) -> dict[str, Any] | None:
    """The parts of a table that a verb takes; None where it is none."""
    if not isinstance(node.value, dict):
        node.wrong(wrong_type(node.value, verb.takes.value, example))
        return None
    found: dict[str, Any] = {}
    for item in node.children():
        kind = known.get(item.name)
        if kind is None:
            item.say_of_key("D202", *help_for(item.name, tuple(known)), key=item.name, table=verb.name)
        else:
            found[item.name] = item.read(kind, None)
    return found


def _complete(node: Node, parts: Mapping[str, Any], needed: tuple[str, ...], example: str) -> bool:
    """Whether every needed part is there and can be used; D203 for what is missing."""
    missing = [name for name in needed if name not in parts]
    if missing:
        got = f"a table without {' and '.join(missing)}"
        node.say("D203", f"for example {example}", key=node.name, type=" and ".join(needed), got=got)
    return not missing and all(parts[name] is not None for name in needed)


_READERS: Final[Mapping[Takes, Callable[[Node, Verb], Argument | None]]] = {
    Takes.TRUE: _true,
    Takes.TRUE_OR_TEXT: _true_or_text,
    Takes.TEXT: _text,
    Takes.TEXT_OR_NUMBER: _text_or_number,
    Takes.SEARCH: _search,
    Takes.REPORT: _report,
    Takes.RUN: _run,
    Takes.EXPORT: _export,
    Takes.FIELDS: _fields,
    Takes.KEYS: _keys,
    Takes.DURATION: _duration,
    Takes.SIZE: _size,
}
