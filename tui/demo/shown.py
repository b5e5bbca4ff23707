"""The argument of a step as recordings and reports write it: in one line, secrets hidden (DEMO-RUN-06)."""

from typing import Final

from client.messages.screen import Screen
from tui.demo.masking import masked
from tui.demo.script import Duration, Export, Fill, Keys, ReportChoice, RunReport, Search, Size, Step
from tui.demo.variables import texts_of

HIDDEN: Final = "(hidden)"
CODE: Final = "(code)"
_CODE_VARIABLE: Final = "${outbox.code}"
_SECRET_NAMES: Final = ("password", "answer", "otsc")
"""What the names of secret fields contain, where the screen does not tell."""


def shown_value(step: Step, written: Step, screen: Screen) -> str:
    """The value of `step`, whose text before it was filled in is `written`; empty without a verb."""
    if step.verb is None or step.argument is None:
        return ""
    if step.verb == "enter-password" and isinstance(step.argument, str):
        return HIDDEN
    if any(_CODE_VARIABLE in text for text in texts_of(written.argument)):
        return CODE
    return masked(" ".join(_text(step, screen).split()))


def _text(step: Step, screen: Screen) -> str:
    match step.argument:
        case bool() as answer:
            return "true" if answer else "false"
        case Search(text, match_case):
            case = "" if match_case is None else f", match case {'on' if match_case else 'off'}"
            return f"{text}{case}"
        case ReportChoice() as choice:
            parts = (choice.year, choice.report, choice.action, choice.level, choice.clinician)
            return ", ".join(part for part in parts if part)
        case RunReport(save_as):
            return f"save as {save_as}" if save_as else "true"
        case Export() as export:
            return f"{export.format}, to {export.to}" if export.to else export.format
        case Fill(values):
            return ", ".join(f"{name} = {_field(name, value, screen)}" for name, value in values)
        case Keys(names):
            return " ".join(names)
        case Duration(ms):
            return f"{ms // 1000}s" if ms % 1000 == 0 else f"{ms}ms"
        case Size() as size:
            return str(size)
        case other:
            return str(other)


def _field(name: str, value: str | bool, screen: Screen) -> str:
    field = screen.field(name)
    secret = field is not None and field.kind == "secret"
    if secret or any(word in name for word in _SECRET_NAMES):
        return HIDDEN
    return ("on" if value else "off") if isinstance(value, bool) else value
