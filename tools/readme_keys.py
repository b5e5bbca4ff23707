"""The README's key table, from the bindings themselves: `python -m tools.readme_keys` rewrites it (S-10)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from textual.binding import Binding, BindingType

from tui.keys import FRAME, spelled
from tui.screens.frame import FrameScreen
from tui.screens.report import ReportScreen
from tui.screens.tin_picker import TinPickerScreen

README = Path(__file__).parent.parent / "README.md"
BEGIN, END = "<!-- keys -->\n", "<!-- /keys -->"

GENERAL = (
    ("Tab, Shift+Tab", "Next and previous field or action", "every screen"),
    ("Arrows, Home, End, PgUp, PgDn", "Move in lists and tables", "every screen"),
    ("Enter", "The marked action; select; a row in full", "every screen"),
    ("Space", "Tick, choose", "every screen"),
)
"""Keys that belong to widgets."""


def own_bindings(screen: type[FrameScreen[Any]]) -> list[BindingType]:
    """Bindings of a screen and of what it is made of, those of every screen excepted."""
    parts = (
        part for part in screen.__mro__ if part is not FrameScreen and part.__module__.startswith("tui.")
    )
    return [binding for part in parts for binding in vars(part).get("BINDINGS", ())]


def rows() -> Iterator[tuple[str, str, str]]:
    """Key, what it does, where; one row per function."""
    yield from GENERAL
    for where, bindings in (
        ("every screen", FRAME),
        ("practice list", own_bindings(TinPickerScreen)),
        ("report", own_bindings(ReportScreen)),
    ):
        for binding in bindings:
            if isinstance(binding, Binding) and binding.tooltip:
                keys = ", ".join(spelled(key) for key in binding.key.split(","))
                yield keys, binding.tooltip.rstrip("."), where


def table() -> str:
    """The table in Markdown."""
    lines = ["| key | does | where |", "|---|---|---|"]
    lines += [f"| {' | '.join(cell.replace('|', '') for cell in row)} |" for row in dict.fromkeys(rows())]
    return "\n".join(lines) + "\n"


def with_table(text: str) -> str:
    """The README with the present table."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return before + BEGIN + table() + END + after


if __name__ == "__main__":
    README.write_text(with_table(README.read_text()))
