"""From `--level` and `--clinician` to the values that the portal offers for a report (F-RPT-06).

The portal decides who can be chosen; here is only found out which of its options is meant.
"""

from typing import Final

from client.messages.screen import Field, Option
from client.offer import Offer
from client.safe_text import single_line
from tui.commands.refusals import NotDone
from tui.commands.report_checks import INDIVIDUAL
from tui.commands.report_order import Order

AT_MOST: Final = 10
"""Candidates that are listed."""
_LAST_FOUR: Final = 4


def level_values(order: Order, offer: Offer) -> dict[str, str]:
    """The level that is meant; none where the report has no levels. `NotDone`: it has, and none is meant."""
    field = next((field for field in offer.fields if field.id == "level"), None)
    wanted = order.level or (INDIVIDUAL if order.clinician else None)
    if field is None:
        if wanted is not None:
            option = "--level" if order.level else "--clinician"
            raise NotDone(f"{order.report} has no levels.", f"Leave {option} out.")
        return {}
    if wanted is None:
        present = offer.values.get("level")
        if isinstance(present, str):
            return {"level": present}
        raise NotDone(f"{order.report} asks for a level.", f"Give --level one of: {_values(field)}.")
    return {"level": _level(wanted, field)}


def _level(wanted: str, field: Field) -> str:
    """The option called so: its value, its label, or the one kind of level (`apm_entity`)."""
    text = wanted.strip().casefold()
    exact = [option for option in field.options if text in (option.value.casefold(), option.label.casefold())]
    kind = [option for option in field.options if option.value.partition(":")[0] == text]
    found = exact or kind
    return found[0].value if len(found) == 1 else wanted


def _values(field: Field) -> str:
    return ", ".join(option.value for option in field.options if option.enabled)


def clinician_values(order: Order, offer: Offer) -> dict[str, str]:
    """The clinician that is meant; none where none is asked for. `NotDone`: none matches, or several do."""
    field = next((field for field in offer.fields if field.id == "clinician"), None)
    if field is None:
        return {}
    if order.clinician is None:
        present = offer.values.get("clinician")
        if isinstance(present, str):
            return {"clinician": present}
        raise NotDone(
            "The level individual asks for a clinician.",
            "Give --clinician with words of the name, or the last four digits of the NPI.",
        )
    return {"clinician": pick_clinician(order.clinician, field.options).value}


def pick_clinician(text: str, options: list[Option]) -> Option:
    """The one clinician that `text` means. `NotDone` lists up to ten."""
    wanted = " ".join(text.split()).casefold()
    exact = [option for option in options if wanted in (option.label.casefold(), option.value)]
    found = exact or [option for option in options if all(_has(option, word) for word in wanted.split())]
    if len(found) == 1:
        return found[0]
    typed = single_line(text)
    if not found:
        raise NotDone(
            f'No clinician matches "{typed}".',
            "Give words of the name, or the last four digits of the NPI.",
        )
    shown = [single_line(option.label) for option in found[:AT_MOST]]
    more = [f"and {len(found) - len(shown)} more"] if len(found) > len(shown) else []
    raise NotDone(
        f'"{typed}" matches {len(found)} clinicians; --clinician must match one.',
        f'Give the whole entry, for example --clinician "{shown[0]}".',
        lines=[*shown, *more],
    )


def _has(option: Option, word: str) -> bool:
    """A word of the label, or the last four digits of the NPI (as F-ORG-03 for practices)."""
    if len(word) == _LAST_FOUR and word.isdecimal():
        return option.value.endswith(word)
    return word in option.label.casefold()
