"""Numbered choices: how they are listed and what counts as an answer (A11Y-PLAIN-06, A11Y-ERR-02).

Pure. What was typed is never part of a message: it may be a password that landed in the wrong place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from tui.plain.grammar import Label, labelled, sentence

LISTED: Final = 20
"""Entries of a select that are listed at once; of a longer one any part of a label chooses."""
MOST_CANDIDATES: Final = 8
"""Entries that an ambiguous answer lists; a picker may have a thousand."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a numbered list."""

    label: str
    mark: str = ""
    """`default` or `selected`, said in words behind the label; empty: neither."""
    explain: str = ""
    """A sentence for the line below; empty: none."""
    enabled: bool = True
    reason: str = ""
    """Why it cannot be chosen; only where `enabled` is false."""
    number_only: bool = False
    """A commitment: only its number chooses it (A11Y-PLAIN-13)."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """An answer that chooses nothing: what is wrong, and how to repair it."""

    error: str
    fix: str


def choice_lines(choices: Sequence[Choice], *, first: int = 1, explain: bool = True) -> list[str]:
    """The list as logical lines: `N. Label`, the mark or the reason in words, the explanation below."""
    lines: list[str] = []
    for number, choice in enumerate(choices, first):
        mark = f" ({choice.mark})" if choice.mark else ""
        reason = "" if choice.enabled else f" (not available: {choice.reason.rstrip('.')})"
        lines.append(f"{number}. {choice.label}{mark}{reason}")
        if explain and choice.explain:
            lines.append(labelled(Label.HELP, sentence(choice.explain)))
    return lines


def match_choice(
    text: str, choices: Sequence[Choice], *, first: int = 1, within: bool = False
) -> int | Mismatch:
    """Index of the choice that `text` names: its number, its label or an unambiguous beginning of it.

    `within`: parts of a label count too, and digits that begin with 0 are one (the end of an NPI).
    """
    typed = text.strip().casefold()
    found = _candidates(typed, choices, first, within=within)
    if len(found) == 1:
        return _if_available(found[0], choices, typed, first)
    last = first + len(choices) - 1
    part = "a longer part" if within and found else "part" if within else "the beginning"
    fix = f"type a number from {first} to {last}, or {part} of a label."
    if found:
        names = "; ".join(f"{first + i}. {choices[i].label}" for i in found[:MOST_CANDIDATES])
        rest = len(found) - MOST_CANDIDATES
        more = f"; and {rest} more" if rest > 0 else ""
        return Mismatch(f"this fits {len(found)} choices: {names}{more}.", fix)
    if typed.isdecimal():
        return Mismatch(f"there is no number like this; the list goes from {first} to {last}.", fix)
    near = get_close_matches(typed, [choice.label.casefold() for choice in choices], n=1)
    label = next((choice.label for choice in choices if choice.label.casefold() in near), "")
    return Mismatch(f"this is none of the choices.{f' The nearest is {label}.' if label else ''}", fix)


def _candidates(typed: str, choices: Sequence[Choice], first: int, *, within: bool) -> list[int]:
    is_number = typed.isdecimal() and len(typed) < 10 and not (within and typed.startswith("0"))
    if is_number and first <= int(typed) < first + len(choices):
        return [int(typed) - first]
    labels = [choice.label.casefold() for choice in choices]
    exact = [i for i, label in enumerate(labels) if label == typed]
    begun = exact or [i for i, label in enumerate(labels) if typed and label.startswith(typed)]
    if begun or not within:
        return begun
    words = typed.split()
    ended = [i for i, label in enumerate(labels) if typed and label.endswith(typed)]
    return ended or [i for i, label in enumerate(labels) if words and all(word in label for word in words)]


def _if_available(index: int, choices: Sequence[Choice], typed: str, first: int) -> int | Mismatch:
    choice = choices[index]
    if not choice.enabled:
        reason = choice.reason.rstrip(".")
        return Mismatch(f"{choice.label} is not available: {reason}.", "choose another number.")
    if choice.number_only and not typed.isdecimal():
        return Mismatch(f"{choice.label} needs its number.", f"type {first + index} to choose it.")
    return index
