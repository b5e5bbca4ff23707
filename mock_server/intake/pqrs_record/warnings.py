"""Half-year counts above those of the year (P-DM-33): allowed, but worth a look."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from mock_server.intake.pqrs_record.findings import Finding, by_path
from mock_server.scoring.pqrs.record import Attempt, MeasureCounts, Practice

_PAIRS: Final = (
    ("IND-CLM-12", "IND-CLM-6"),
    ("IND-REG-12", "IND-REG-6"),
    ("MG50-CLM-12", "MG50-CLM-6"),
    ("MG80-REG-12", "MG80-REG-6"),
)
"""Methods of the year and of the half-year that count the same services."""

_Located = tuple[str, MeasureCounts]
_COUNTS: Final = ("eligible_instances", "reported")


def six_month_warnings(practice: Practice) -> tuple[Finding, ...]:
    """One warning for each half-year measure with more instances than the year, by path.

    Measures in groups are compared within the same group. Paths count the rows as the record orders them.
    """
    warnings = (
        warning
        for n, professional in enumerate(practice.professionals)
        for year, half in _PAIRS
        for warning in _compare(professional.attempts, year, half, f"$.npis[{n}].attempts")
    )
    return tuple(sorted(warnings, key=by_path))


def _compare(attempts: Sequence[Attempt], year: str, half: str, path: str) -> Iterator[Finding]:
    of_year = {key: counts for key, (_, counts) in _measures(attempts, year, path).items()}
    for key, (place, counts) in _measures(attempts, half, path).items():
        if key in of_year and (above := _above(counts, of_year[key])):
            yield Finding("P-DM-33", place, f"found {above}; expected: at most the count of the year")


def _measures(attempts: Sequence[Attempt], method: str, path: str) -> dict[tuple[str, str], _Located]:
    """Measures of a method by (group or empty, number), with their places."""
    found: dict[tuple[str, str], _Located] = {}
    for a, attempt in enumerate(attempts):
        if attempt.method != method:
            continue
        alone = (("", f"measures[{m}]", counts) for m, counts in enumerate(attempt.measures))
        grouped = (
            (group.group, f"groups[{g}].members[{m}]", counts)
            for g, group in enumerate(attempt.groups)
            for m, counts in enumerate(group.members)
        )
        for title, place, counts in chain(alone, grouped):
            found[title, counts.measure] = (f"{path}[{a}].{place}", counts)
    return found


def _above(half: MeasureCounts, year: MeasureCounts) -> str:
    """The counts of the half-year that exceed the year, in words; empty if none does."""
    return ", ".join(
        f"{name} {getattr(half, name)} in six months against {getattr(year, name)} in twelve"
        for name in _COUNTS
        if getattr(half, name) > getattr(year, name)
    )
