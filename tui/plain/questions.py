"""The words of a question: one prompt form per field kind (A11Y-PLAIN-10, A11Y-PLAIN-16, A11Y-BRL-02).

Pure. What a field is and needs is said at its first question of a visit; later questions are the label alone.
"""

from dataclasses import dataclass
from typing import Final

from rich.cells import cell_len

from client.messages.screen import Field, Option
from client.settings import Settings
from tui.plain.choices import LISTED, Choice

BRIEF_CELLS: Final = 40
CHOICES: Final = frozenset({"select", "radio"})
_FORMS: Final = {"secret": "not shown while typing", "file": "path of a file"}


@dataclass(frozen=True, slots=True)
class Question:
    """The lines before a prompt, and the prompt."""

    before: tuple[str, ...]
    prompt: str


def question(field: Field, settings: Settings, *, first_time: bool, keeps: str = "") -> Question:
    """How to ask for a field. `keeps` is the value an empty answer keeps; empty: none."""
    parts = [field.label]
    if first_time and settings.announce != "brief":
        parts += _particulars(field, verbose=settings.announce == "verbose")
    parts += [form] if (form := _answer_form(field)) else []
    kept = f" (Enter keeps {keeps})" if keeps else ""
    prompt = f"{', '.join(parts)}{kept}:"
    before = (_help(field),) if first_time and settings.announce != "brief" and _help(field) else ()
    if settings.announce == "brief" and cell_len(prompt) + 1 > BRIEF_CELLS:
        return _brief(field, keeps)
    return Question(before, prompt)


def field_choices(field: Field, value: object, *, explain: bool) -> list[Choice]:
    """The options of a select or radio field; the present value is marked in words."""
    return [_choice(option, selected=option.value == value, explain=explain) for option in field.options]


def _choice(option: Option, *, selected: bool, explain: bool) -> Choice:
    return Choice(
        option.label,
        mark="selected" if selected else "",
        explain=option.explain if explain else "",
        enabled=option.enabled,
        reason=option.reason or "not offered now",
    )


def _particulars(field: Field, *, verbose: bool) -> list[str]:
    """What is said once: required, the hint if it is no sentence, how the answer is taken."""
    parts = ["required"] if field.required else []
    if field.hint and not _help(field):
        parts.append(field.hint)
    if field.kind in _FORMS:
        parts.append(_FORMS[field.kind])
    if verbose and field.kind in CHOICES:
        parts.append(f"{len(field.options)} options")
    return parts


def _answer_form(field: Field) -> str:
    """The form of the answer, said at every question."""
    if field.kind in CHOICES:
        part = " or part of a label" if len(field.options) > LISTED else ""
        return f"number 1 to {len(field.options)}{part}"
    return "y or n" if field.kind == "checkbox" else ""


def _help(field: Field) -> str:
    """A hint that is a sentence has a line of its own."""
    return f"Help: {field.hint}" if field.hint.endswith((".", "!", "?")) else ""


def _brief(field: Field, keeps: str) -> Question:
    """A long label or value goes on a line before, the prompt stays within a braille line."""
    if keeps and field.kind not in CHOICES:
        return Question((f"{field.label}: {keeps}",), "Enter keeps it, or type anew:")
    form = _answer_form(field)
    prompt = f"{form[:1].upper()}{form[1:]}:" if form else "Answer:"
    return Question((f"{field.label}:",), prompt)
