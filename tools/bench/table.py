"""Figures as a table: what, floor, ours, ratio, the limit and whether it holds."""

from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; values already carry their unit."""

    what: str
    floor: str
    ours: str
    limit: str
    holds: bool


def ratio(what: str, floor: list[float], ours: list[float], unit: str, limit: float) -> Row:
    """Medians beside each other, limited by their ratio."""
    low, high = median(floor), median(ours)
    times = high / low if low else float("inf")
    return Row(what, f"{low:.0f} {unit}", f"{high:.0f} {unit} ({times:.2f}x)", f"{limit}x", times <= limit)


def at_most(what: str, value: float, unit: str, limit: float, floor: str = "-") -> Row:
    """A value with a limit of its own."""
    return Row(what, floor, f"{value:.1f} {unit}", f"{limit:g} {unit}", value <= limit)


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` (0 to 1) of them lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def print_table(title: str, rows: list[Row]) -> None:
    """Markdown, so that a note can quote it."""
    print(f"\n### {title}\n")
    print("| what | floor | qportal | limit | holds |")
    print("|---|---|---|---|---|")
    for row in rows:
        print(f"| {row.what} | {row.floor} | {row.ours} | {row.limit} | {'yes' if row.holds else 'NO'} |")
