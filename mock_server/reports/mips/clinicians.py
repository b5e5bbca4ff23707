"""The clinicians of a group, virtual group or APM entity: one list, and a section for each of them.

Their own scores are computed when a cell asks for them; the list of sections needs none.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Final, NamedTuple

from mock_server.reports.document import Column, DataRow, SectionPlan, TablePlan
from mock_server.reports.mips import cells
from mock_server.reports.mips.categories import POINTS_FOOTNOTE, REPORT_COLUMNS, CategoryLine
from mock_server.reports.mips.feedback import Feedback, Member, NamedScore, governing_of
from mock_server.reports.mips.scores import (
    governing_figure,
    payment_cell,
    source_name,
    total_figure,
    unseen_counts,
)
from mock_server.reports.mips.words import ENTITIES, SHOWN_ORDER, category_name, source_of
from mock_server.reports.sourced import NOT_APPLICABLE, SourcedCell, text_or_not_available, yes_no
from mock_server.scoring.mips.result import Result
from mock_server.scoring.mips.rules import Slot

CLINICIANS: Final = "CLINICIANS"
"""Id of the section with the list."""


class Line(NamedTuple):
    """A clinician as a row."""

    member: Member
    scores: Callable[[], tuple[NamedScore, ...]]

    @property
    def best(self) -> NamedScore | None:
        """The score that counts; None: one that may not be shown here."""
        return governing_of(self.scores(), self.member.unseen)

    @property
    def own(self) -> Result:
        """The result of the clinician's own data, which come last."""
        return self.scores()[-1].tree.result


class SourceLine(NamedTuple):
    """One of the scores that apply to a clinician."""

    line: Line
    place: int

    @property
    def score(self) -> NamedScore:
        """The score itself."""
        return self.line.scores()[self.place]


class OwnCategory(NamedTuple):
    """A category of a clinician's own data."""

    line: Line
    slot: Slot


def _own(line: Line) -> SourcedCell:
    return cells.points(total_figure(line.own), 2) if line.member.has_own else NOT_APPLICABLE


def _standing(line: Line) -> str:
    if line.member.exemption is not None:
        return f"no adjustment: {line.member.exemption}"
    best = line.best
    if best is None:
        return f"score of {line.member.unseen}, not seen here"
    payment = best.tree.result.payment
    if payment is None:
        return "no adjustment" if best.tree.result.case.is_final else "preliminary"
    return payment.band


def _counting(line: Line) -> SourcedCell:
    return NOT_APPLICABLE if line.best is None else cells.points(governing_figure(line.scores()), 2)


def _source(line: Line) -> SourcedCell:
    return cells.words(ENTITIES["apm"] if line.best is None else source_name(line.best))


_NPI: Final[Column[Line]] = Column(
    id="npi", heading="NPI", short="NPI", kind="identifier", cell=lambda line: cells.name(line.member.npi)
)
_WHO: Final[tuple[Column[Line], ...]] = (
    Column(
        id="name",
        heading="Name",
        short="Name",
        kind="text",
        cell=lambda line: text_or_not_available(line.member.name),
    ),
    Column(
        id="kind",
        heading="Clinician type",
        short="Type",
        kind="text",
        cell=lambda line: text_or_not_available(line.member.kind),
    ),
    Column(
        id="practice",
        heading="Practice",
        short="Practice",
        kind="text",
        cell=lambda line: cells.words(line.member.practice),
    ),
)
_FIGURES: Final[tuple[Column[Line], ...]] = (
    Column(id="own", heading="Individual score", short="Individual", kind="points", cell=_own),
    Column(
        id="score",
        heading="Score that counts",
        short="Counts",
        kind="points",
        note="1",
        cell=_counting,
    ),
    Column(
        id="source",
        heading="Whose score",
        short="Whose score",
        kind="text",
        cell=_source,
    ),
    Column(
        id="payment",
        heading="Payment adjustment",
        short="Payment",
        kind="percent",
        cell=lambda line: payment_cell(line.best, line.member.exemption),
    ),
    Column(
        id="standing",
        heading="Standing",
        short="Standing",
        kind="text",
        cell=lambda line: cells.words(_standing(line)),
    ),
)
_COLUMNS: Final = (_NPI, *_WHO, *_FIGURES)
_FOOTNOTE: Final = {
    "1": "An APM entity's score first, then a virtual group's, then the higher of both levels."
}


def list_section(feedback: Feedback) -> SectionPlan:
    """All clinicians in one table."""
    rows = tuple(DataRow(member.npi, _label(member), line_of(member)) for member in feedback.members)
    table = TablePlan(
        id="C-LIST",
        title="Clinicians and the scores that count for them",
        short="Clinicians",
        about=feedback.about,
        columns=_COLUMNS,
        rows=rows,
        source=source_of(feedback.year),
        footnotes=_FOOTNOTE,
    )
    return SectionPlan(id=CLINICIANS, title="Clinicians", tables=(table,))


def line_of(member: Member) -> Line:
    """A row that asks for the scores once, and not before somebody looks."""
    return Line(member, cache(member.scores))


def _label(member: Member) -> str:
    return member.name or f"NPI {member.npi}"


_SCORES: Final[tuple[Column[SourceLine], ...]] = (
    Column(
        id="source",
        heading="Score of the",
        short="Score of the",
        kind="text",
        cell=lambda one: cells.words(source_name(one.score)),
    ),
    Column(
        id="score",
        heading="Score",
        short="Score",
        kind="points",
        cell=lambda one: cells.points(total_figure(one.score.tree.result), 2),
    ),
    Column(
        id="payment",
        heading="Payment adjustment",
        short="Payment",
        kind="percent",
        cell=lambda one: payment_cell(
            None if one.line.best is None else one.score, one.line.member.exemption
        ),
    ),
    Column(
        id="counts",
        heading="Counts",
        short="Counts",
        kind="yes_no",
        cell=lambda one: yes_no(one.score is one.line.best),
    ),
)


def _of_own(column: Column[CategoryLine]) -> Column[OwnCategory]:
    return Column(
        id=column.id,
        heading=column.heading,
        short=column.short,
        kind=column.kind,
        note=column.note,
        cell=lambda own: column.cell(CategoryLine(own.line.own, own.slot)),
    )


_CATEGORIES: Final = tuple(_of_own(column) for column in REPORT_COLUMNS)


def member_section(feedback: Feedback, member: Member) -> SectionPlan:
    """One clinician: the scores that apply, and the categories of the clinician's own data."""
    return SectionPlan(
        id=member.npi,
        title=f"NPI {member.npi}, {member.name or 'name not available'}",
        tables=tuple(_member_tables(feedback, member)),
        npi=member.npi,
        name=member.name,
    )


def _payment_note(member: Member) -> Iterator[str]:
    if member.exemption is not None:
        yield f"No payment adjustment: {member.exemption}."
    elif member.unseen is not None:
        yield unseen_counts(member.unseen)


def _member_tables(feedback: Feedback, member: Member) -> Iterator[TablePlan[Any]]:
    line, label = line_of(member), _label(member)
    yield TablePlan(
        id="P-SCORES",
        title="Scores that apply to the clinician",
        short="Scores that apply",
        about=label,
        columns=_SCORES,
        rows=tuple(
            DataRow(source, ENTITIES[source], SourceLine(line, place))
            for place, source in enumerate(member.sources)
        ),
        source=source_of(feedback.year),
        notes=tuple(_payment_note(member)),
    )
    if member.has_own:
        yield TablePlan(
            id="P-CATEGORIES",
            title="Categories of the clinician's own data",
            short="Own categories",
            about=label,
            columns=_CATEGORIES,
            rows=tuple(
                DataRow(slot, category_name(feedback.year, slot), OwnCategory(line, slot))
                for slot in SHOWN_ORDER
            ),
            source=source_of(feedback.year),
            footnotes=POINTS_FOOTNOTE,
        )
