"""The tables `[run]`, `[play]` and `[record]`: key to kind of value (11.1)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, Literal, TypeVar

from client.settings import BY_KEY
from tui.demo.nodes import Node
from tui.demo.script import Format, PauseMode, PlaySettings, RecordSettings, RunSettings
from tui.demo.values import (
    Kind,
    Wrong,
    boolean,
    duration,
    instant,
    integer,
    literal,
    number,
    one_of,
    size,
    wrong_type,
)
from tui.demo.vocabulary import VOCABULARY
from tui.demo.words import help_for

RUN: Final[Mapping[str, Kind[Any]]] = {
    "scenario": one_of(VOCABULARY.scenarios),
    "clock": instant,
    "seed": integer(0, 4_294_967_295),
    "size": size,
    "front-end": one_of(("any", "full-screen", "plain")),
    "theme": one_of(BY_KEY["theme"].words),
    "timeout": duration(),
}
PLAY: Final[Mapping[str, Kind[Any]]] = {
    "typing": duration(),
    "jitter": duration(),
    "key": duration(),
    "answer": duration(),
    "gap": duration(),
    "reading": integer(60, 400),
    "speed": number(0.25, 8.0),
    "pause": literal(PauseMode),
}
RECORD: Final[Mapping[str, Kind[Any]]] = {
    "formats": lambda value: _array(value),
    "svg": literal(Literal["marked", "every-step"]),
    "captions": boolean,
    "keys": boolean,
    "idle-limit": duration(),
}

Settings = TypeVar("Settings", RunSettings, PlaySettings, RecordSettings)


def run_settings(document: Node) -> RunSettings:
    """`[run]`."""
    return _settings(document.get("run"), RUN, RunSettings())


def play_settings(document: Node) -> PlaySettings:
    """`[play]`; no jitter beyond the typing itself."""
    node = document.get("play")
    found = _settings(node, PLAY, PlaySettings())
    jitter = node.get("jitter") if node else None
    if jitter and found.jitter > found.typing:
        jitter.wrong(Wrong("D209", min="0ms", max=f"typing ({found.typing}ms)"))
    return found


def record_settings(document: Node) -> RecordSettings:
    """`[record]`."""
    node = document.get("record")
    formats = node.get("formats") if node else None
    chosen: tuple[Format, ...] | None = None
    if formats:
        chosen = tuple(item.read(literal(Format), "text") for item in formats.children())
    found = _settings(node, RECORD, RecordSettings())
    return found if chosen is None else replace(found, formats=chosen)


def _array(value: object) -> list[object]:
    if not isinstance(value, list):
        raise wrong_type(value, "an array", '["text", "svg"]')
    return value


def _settings(node: Node | None, table: Mapping[str, Kind[Any]], default: Settings) -> Settings:
    if node is None or not node.table(f"[{node.name}]"):
        return default
    changes: dict[str, Any] = {}
    for item in node.children():
        kind, attribute = table.get(item.name), item.name.replace("-", "_")
        if kind is None:
            helps = help_for(item.name, tuple(table))
            item.say_of_key("D202", *helps, key=item.name, table=node.name)
        else:
            changes[attribute] = item.read(kind, getattr(default, attribute))
    return replace(default, **changes)
