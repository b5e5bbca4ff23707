"""What would earn more, as a section: measures below their maximum and what is missing, best gains first.

Every gain is the difference of two scores and says so when it is explained; nothing is estimated.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, Final

from client.messages.report import ColumnKind
from mock_server.reports.document import Column, DataRow, SectionPlan, TablePlan
from mock_server.reports.mips import cells
from mock_server.reports.mips.words import METHODS, name_of, source_of
from mock_server.reports.sourced import NOT_APPLICABLE, SourcedCell
from mock_server.scoring.mips.result import Result
from mock_server.scoring.mips.what_if import MeasureGain, Missing, Step, WhatIf, what_if_of

WHAT_IF: Final = "WHAT-IF"
"""Id of the section."""
_KEPT: Final = 16
"""Reports whose gains are kept."""
_GAIN_NOTE: Final = (
    "A gain is the difference of two scores, so picking, caps and bonuses are in it. 0 means that another "
    "measure counts, that a cap is reached, or that the change does not move the points."
)
_PAST: Final = "The submission period is over: these gains show what was in reach, nothing can be added now."


class _Scored:
    """A result as a key: the very same one, whatever it holds."""

    __slots__ = ("result",)

    def __init__(self, result: Result) -> None:
        self.result = result

    def __hash__(self) -> int:
        return id(self.result)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Scored) and other.result is self.result


@lru_cache(maxsize=_KEPT)
def _found(scored: _Scored) -> WhatIf:
    """Some forty scorings; every request lists the section, few open it."""
    return what_if_of(scored.result)


def what_if_section(result: Result, about: str) -> SectionPlan | None:
    """The section of one scored submission; None: it earned everything."""
    tables = tuple(_tables(result, about))
    title = "What would have earned more" if result.case.is_final else "What would earn more"
    return SectionPlan(id=WHAT_IF, title=title, tables=tables) if tables else None


def _tables(result: Result, about: str) -> Iterator[TablePlan[Any]]:
    found = _found(_Scored(result))
    source = source_of(result.case.rules.year)
    notes = (_GAIN_NOTE, *((_PAST,) if result.case.is_final else ()))
    if found.measures:
        yield TablePlan(
            id=f"{WHAT_IF}-MEASURES",
            title="Measures below their maximum, by what they could add",
            short="Measures: possible gains",
            about=about,
            columns=_measure_columns(result),
            rows=tuple(_measure_rows(found.measures)),
            source=source,
            notes=notes,
        )
    if found.missing:
        yield TablePlan(
            id=f"{WHAT_IF}-MISSING",
            title="What is missing, by what it could add",
            short="Missing: possible gains",
            about=about,
            columns=_missing_columns(result),
            rows=tuple(DataRow(str(number), each.what, each) for number, each in enumerate(found.missing, 1)),
            source=source,
            notes=notes,
        )


def _measure_rows(measures: tuple[MeasureGain, ...]) -> Iterator[DataRow[MeasureGain]]:
    """Rows named by their measures; one that comes in two sets gets its method behind the second name."""
    seen: set[str] = set()
    for one in measures:
        row_id = one.measure_id if one.measure_id not in seen else f"{one.measure_id}-{one.method}"
        seen.add(one.measure_id)
        yield DataRow(row_id, f"measure {one.measure_id}", one)


def _measure_columns(result: Result) -> tuple[Column[MeasureGain], ...]:
    def of(
        id_: str,
        heading: str,
        kind: ColumnKind,
        cell: Callable[[MeasureGain], SourcedCell],
        short: str = "",
    ) -> Column[MeasureGain]:
        return Column(id=id_, heading=heading, short=short or heading, kind=kind, cell=cell)

    return (
        of("measure", "Measure", "identifier", lambda one: cells.name(one.measure_id)),
        of("title", "Title", "text", lambda one: cells.words(one.title)),
        of("points", "Points now", "points", lambda one: cells.given_points(one.points, 4), "Now"),
        of("of", "Of", "count", lambda one: cells.given_count(one.maximum)),
        of(
            "case_score", "Score from one more case", "points", lambda one: _score(one.one_case), "Case score"
        ),
        of(
            "case_points",
            "Points from one more case",
            "points",
            lambda one: _points(one.one_case),
            "Case points",
        ),
        of("case", "One more case", "text", lambda one: _what(one.one_case), "Case"),
        of(
            "next_score",
            "Score from the next decile",
            "points",
            lambda one: _score(one.next_level),
            "Next score",
        ),
        of(
            "next_points",
            "Points from the next decile",
            "points",
            lambda one: _points(one.next_level),
            "Next points",
        ),
        of("next", "Next decile or point", "text", lambda one: _what(one.next_level, one.note), "Next"),
        of("category", "Category", "text", lambda one: cells.words(name_of(result, one.category))),
        of("method", "Method", "text", lambda one: cells.words(METHODS[one.method])),
    )


def _missing_columns(result: Result) -> tuple[Column[Missing], ...]:
    def of(
        id_: str, heading: str, kind: ColumnKind, cell: Callable[[Missing], SourcedCell], short: str = ""
    ) -> Column[Missing]:
        return Column(id=id_, heading=heading, short=short or heading, kind=kind, cell=cell)

    return (
        of("what", "What", "text", lambda each: cells.words(each.what)),
        of("exactness", "Would add", "text", lambda each: cells.words(each.exactness), "Adds"),
        of("score", "Score gained", "points", lambda each: cells.points(each.total), "Score"),
        of("category", "Category", "text", lambda each: cells.words(name_of(result, each.category))),
    )


def _what(step: Step | None, otherwise: str = "") -> SourcedCell:
    return cells.words(otherwise if step is None else step.what)


def _points(step: Step | None) -> SourcedCell:
    return NOT_APPLICABLE if step is None else cells.points(step.measure)


def _score(step: Step | None) -> SourcedCell:
    return NOT_APPLICABLE if step is None else cells.points(step.total)
