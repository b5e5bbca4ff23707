"""Reading `expect` and `expect-error` (11.3, 11.4)."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, cast, get_args

from tui.demo.nodes import Node
from tui.demo.script import (
    NOTHING_EXPECTED,
    ActionState,
    Expect,
    ExpectCell,
    ExpectFile,
    ExpectTable,
)
from tui.demo.values import (
    boolean,
    duration,
    either,
    integer,
    literal,
    text,
    wrong_type,
)
from tui.demo.vocabulary import VOCABULARY, later
from tui.demo.words import help_for

_MANY: Final = 1_000_000
_EXAMPLE: Final = '{ state = "S-HOME" }'


def expectation(node: Node | None) -> Expect:
    """What `expect` says; a text or an array of texts is looked for on the screen."""
    if node is None:
        return NOTHING_EXPECTED
    if isinstance(node.value, str | list):
        return Expect(text=_texts(node), places={"text": node.place})
    if not node.table(_EXAMPLE):
        return NOTHING_EXPECTED
    found: dict[str, Any] = {}
    for item in node.children():
        reader = _READERS.get(item.name)
        if reader is None:
            item.say_of_key("D214", *help_for(item.name, tuple(_READERS)), key=item.name)
        else:
            attribute = _ATTRIBUTES.get(item.name, item.name.replace("-", "_"))
            found[attribute] = reader(item)
    return Expect(**found, places={item.name: item.place for item in node.children()})


def code(node: Node, *, errors: bool = False) -> str:
    """A code of an error, or of either kind; D215 where there is none."""
    codes = tuple(known for known in VOCABULARY.codes if known.startswith("E-") or not errors)
    return known_name(node, codes, "E-AUTH-01" if errors else "N-MFA-01")


def known_name(node: Node, names: tuple[str, ...], example: str) -> str:
    """A text that must be one of the portal's names; D215 says what is meant, or that it comes later."""
    written = node.read(text(example=f'"{example}"'), "")
    if isinstance(node.value, str) and written not in names:
        unknown_name(node.say, written, names)
    return written


def unknown_name(say: Callable[..., None], written: str, names: tuple[str, ...]) -> None:
    """D215, in the words of this version."""
    title = later(written)
    if title is None:
        say("D215", *help_for(written, names), code=written)
    else:
        say("D215", f"{title} belongs to a later version", code=f"{written} in this version")


def _texts(node: Node) -> tuple[str, ...]:
    if isinstance(node.value, list):
        return tuple(item.read(text(), "") for item in node.children())
    return (node.read(_a_text_or_texts, ""),)


def _a_text_or_texts(value: object) -> str:
    if not isinstance(value, str):
        raise wrong_type(value, "a string or an array of strings", '"Success"')
    return value


def _pairs(node: Node, names: tuple[str, ...], example: str) -> Iterator[Node]:
    """The parts of a table whose keys are names of the portal."""
    if node.table(example):
        for item in node.children():
            if item.name not in names:
                unknown_name(item.say_of_key, item.name, names)
            yield item


def _fields(node: Node) -> tuple[tuple[str, str | bool], ...]:
    pairs = _pairs(node, VOCABULARY.fields, '{ password = "set" }')
    return tuple((item.name, scalar(item)) for item in pairs)


def scalar(node: Node) -> str | bool:
    """The value of a field: text, or a tick; whole numbers are text."""
    found: object = node.read(either("a string or true or false", str, bool, int, example='"email"'), "")
    return found if isinstance(found, bool) else str(found)


def _actions(node: Node) -> tuple[tuple[str, ActionState], ...]:
    pairs = _pairs(node, VOCABULARY.actions, '{ next = "enabled" }')
    return tuple((item.name, item.read(literal(ActionState), get_args(ActionState)[0])) for item in pairs)


def _parts(node: Node, known: Mapping[str, Callable[[object], Any]], example: str) -> dict[str, Any]:
    """The parts of a small table; an unknown one is D214."""
    found: dict[str, Any] = {}
    if node.table(example):
        for item in node.children():
            kind = known.get(item.name)
            if kind is None:
                item.say_of_key("D214", *help_for(item.name, tuple(known)), key=item.name)
            else:
                found[item.name.replace("-", "_")] = item.read(kind, None)
    return found


_TABLE: Final = {"title": text(), "rows": integer(0, _MANY), "columns": integer(0, _MANY)}
_CELL: Final = {
    "row": either("a string or a whole number", str, int, example='"Total"'),
    "column": text(),
    "is": text(),
}
_FILE: Final = {
    "path": text(),
    "exists": boolean,
    "min-bytes": integer(0, 1 << 40),
    "contains": text(),
    "sha256": text(),
}


def _table(node: Node) -> ExpectTable:
    return ExpectTable(**_parts(node, _TABLE, "{ rows = 3 }"))


def _file(node: Node) -> ExpectFile:
    parts = _parts(node, _FILE, "{ exists = true }")
    return ExpectFile(**{"exists": True, **parts})


def _cells(node: Node) -> tuple[ExpectCell, ...]:
    example = '[{ row = "Total", column = "Amount", is = "$12.00" }]'
    if not isinstance(node.value, list):
        node.wrong(wrong_type(node.value, "an array of tables", example))
    return tuple(cell for cell in (_cell(item, example) for item in node.children()) if cell is not None)


def _cell(node: Node, example: str) -> ExpectCell | None:
    parts = _parts(node, _CELL, example)
    missing = [key for key in _CELL if node.get(key) is None]
    if isinstance(node.value, dict) and missing:
        got = f"a table without {' and '.join(missing)}"
        node.say("D203", f"for example {example}", key="cell", type="{ row, column, is }", got=got)
    if missing:
        return None
    return ExpectCell(
        row=cast(str | int, parts["row"]), column=parts["column"], is_=parts["is"], place=node.place
    )


_ATTRIBUTES: Final = {"field": "fields", "action": "actions", "cell": "cells"}
"""Key -> attribute of Expect, where a list calls for the plural."""

_READERS: Final[Mapping[str, Callable[[Node], Any]]] = {
    "state": lambda node: known_name(node, tuple(VOCABULARY.states), "S-HOME"),
    "text": _texts,
    "not-text": _texts,
    "error": lambda node: code(node, errors=True),
    "notice": code,
    "field": _fields,
    "action": _actions,
    "pager": lambda node: node.read(text(), ""),
    "selected": lambda node: node.read(text(), ""),
    "focus": lambda node: known_name(node, (*VOCABULARY.fields, *VOCABULARY.actions), "user_id"),
    "table": _table,
    "cell": _cells,
    "file": _file,
    "within": lambda node: node.read(duration(), 0),
}

CHECKS: Final = tuple(_READERS)
"""What `expect` can hold."""
