"""Captured steps as a `*.demo.toml` file (section 11)."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tui.demo.masking import TIN
from tui.demo.verbs import VERBS, Group

if TYPE_CHECKING:
    from tui.demo.capture.captor import CapturedStep

Value = str | bool | Mapping[str, str | bool]

_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]+\Z")
_TITLES: Final = {
    Group.SIGN_IN: "Sign in",
    Group.FIND: "Find the practice",
    Group.REPORT: "Choose, attest, run",
    Group.READ: "Read and export",
}
"""Sections that the steps fall into by themselves; verbs of every place begin none."""


@dataclass(frozen=True, slots=True)
class Written:
    """What stands behind a verb."""

    value: Value
    name: str | None = None
    """The variable that holds it, so that whoever edits the script changes it in one place."""


def without_tin(text: str) -> str:
    """Text with only the last four digits of every nine (also `NN-NNNNNNN`): a script never holds a TIN."""
    return TIN.sub(lambda found: found[1] or found[2], text)


def script_text(steps: Sequence["CapturedStep"], *, title: str, scenario: str) -> str:
    """The whole file."""
    variables = _variables(steps)
    blocks = [
        f"format = 1\ntitle = {_toml(title)}\n"
        'description = "Captured from a real walk. Add captions (say), checks (expect) and pictures."',
        f"[run]\nscenario = {_toml(scenario)}",
    ]
    if variables:
        blocks.append("\n".join(["[vars]", *(f"{name} = {_raw(text)}" for text, name in variables.items())]))
    group: Group | None = None
    for step in steps:
        now = VERBS[step.verb].group
        begins = now in _TITLES and now != group
        blocks.append("\n".join(_step(step, variables, _TITLES[now] if begins else None)))
        group = now if begins else group
    return "\n\n".join(blocks) + "\n"


def _step(step: "CapturedStep", variables: Mapping[str, str], section: str | None) -> Iterator[str]:
    yield "[[step]]"
    if section is not None:
        yield f"section = {_toml(section)}"
    value = step.value.value
    name = variables.get(value) if step.value.name and isinstance(value, str) else None
    yield f"{step.verb} = {_toml(value) if name is None else _raw(f'${{{name}}}')}"
    if step.expect_error is not None:
        yield f"expect-error = {_toml(step.expect_error)}"
    if step.expect_state is not None:
        yield f"expect = {{ state = {_toml(step.expect_state)} }}"


def _variables(steps: Sequence["CapturedStep"]) -> dict[str, str]:
    """Value -> name; a second value of the same kind is numbered."""
    names: dict[str, str] = {}
    for step in steps:
        value, name = step.value.value, step.value.name
        if name is None or not isinstance(value, str) or value in names or "$" in value:
            continue
        taken = sum(1 for other in names.values() if other.rstrip("0123456789") == name)
        names[value] = name if not taken else f"{name}{taken + 1}"
    return names


def _toml(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _raw(value.replace("$", "$$"))
    pairs = (f"{key if _BARE_KEY.match(key) else _raw(key)} = {_toml(item)}" for key, item in value.items())
    return f"{{ {', '.join(pairs)} }}"


def _raw(text: str) -> str:
    """A basic string; what JSON escapes is escaped the same way in TOML, and DEL besides."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
