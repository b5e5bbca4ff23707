"""From the words of `--practice` to the one row of the portal's list, or the rows it could mean (F-ORG-03).

The portal searches; here is only decided whether its answer is one row. A row's full text or full name wins
over rows that merely contain it, or the shorter of two names could never be chosen.
"""

import re
from dataclasses import dataclass
from typing import Final

from client.messages.screen import Table, TableRow
from client.safe_text import single_line
from tui.commands.refusals import NotDone

AT_MOST: Final = 10
"""Candidates that are listed."""
_ROW_TEXT: Final = re.compile(r"(?P<name>.*\S)\s*:\s*(?P<suffix>[0-9A-Za-z-]+)(?: \(\d+\))?")
_KINDS: Final = {
    "practice": "practices",
    "apm_entity": "APM entities",
    "virtual_group": "virtual groups",
    "registry": "registries",
}


@dataclass(frozen=True)
class Picked:
    """The row, and the search that found it, which the portal audits with the choice (W-6)."""

    row_id: str
    search: str


def search_words(text: str) -> str:
    """What to search for: a row as the picker shows it (`NAME:4802`) is its name and its last four."""
    row = _ROW_TEXT.fullmatch(text.strip())
    return f"{row['name']} {row['suffix']}" if row else text.strip()


def pick(text: str, table: Table, org_type: str) -> Picked:
    """The one row that `text` means. `NotDone` lists up to ten, masked as the picker shows them."""
    exact = [row for row in table.rows if _is_exactly(row, text)]
    found = exact if len(exact) == 1 else table.rows
    total = 1 if len(exact) == 1 else table.total
    if total == 1 and len(found) == 1:
        return Picked(found[0].id, search_words(text))
    raise _none(text) if total == 0 else _several(text, table, org_type)


def _is_exactly(row: TableRow, text: str) -> bool:
    shown, wanted = row.cells[0].casefold(), " ".join(text.split()).casefold()
    return wanted in {shown, shown.rpartition(":")[0]}


def _none(text: str) -> NotDone:
    return NotDone(
        f'Nothing in your list matches "{single_line(text)}".',
        "Give words of the name, or the last four digits.",
    )


def _several(text: str, table: Table, org_type: str) -> NotDone:
    shown = [single_line(row.cells[0]) for row in table.rows[:AT_MOST]]
    more = [f"and {table.total - len(shown)} more"] if table.total > len(shown) else []
    kind = _KINDS.get(org_type, "organizations")
    return NotDone(
        f'"{single_line(text)}" matches {table.total} {kind}; --practice must match one.',
        f'Give the whole row, for example --practice "{shown[0]}".',
        lines=[*shown, *more],
    )
