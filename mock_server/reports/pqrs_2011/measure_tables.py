"""The measure tables of each method: reporting detail (Table 2 block E) and performance (Table 4).

Eighteen figures, two sets of columns: a figure's method says which of the columns it has (`figures`).
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

from client.messages.report import Cell, Null, Percent
from mock_server.reports.document import Column, TablePlan
from mock_server.reports.pqrs_2011.figures import FIGURES, Figure
from mock_server.reports.pqrs_2011.measure_rows import MeasureRow, measure_rows
from mock_server.reports.pqrs_2011.texts import NAME_NOTE, Heading, Names, source
from mock_server.reports.sourced import (
    NOT_APPLICABLE,
    SourcedCell,
    computed,
    computed_count,
    count,
    measure_number,
    percent,
    percent_or_not_applicable,
    text,
    text_or_not_available,
)
from mock_server.scoring.pqrs import rates
from mock_server.scoring.pqrs.result import AttemptResult, GroupResult

_HEADING_4: Final = Heading(
    "(INDIVIDUAL NPI REPORT)",
    "Table 4 shows how often the quality action of each measure was carried out.",
    (
        "Table 4: NPI Performance Detail",
        "Measures Groups Table(s) - Sorted by Measures Group and Sub-Sorted by Measure #",
        "Individual Measures Table(s) - Sorted by Measure #",
        "Tax ID Name*: {tin_name}",
        "NPI Name*: {npi_name}",
        "NPI Number: {npi}",
    ),
)
_PERFORMANCE_NOTE: Final = "Performance is for the professional's own use and does not change the incentive."

_FOOTNOTES_2: Final[Mapping[str, str]] = {
    "6": "Measures group rows: instances that meet the common inclusion criteria of the group; numerator: "
    "those reported on all applicable measures.",
    "7": "Instances that the NPI could report.",
    "8": "Instances whose data met the reporting criteria of the measure.",
    "9": "Instances without any quality-data code.",
    "10": "Instances with an incomplete or inappropriate quality-data code.",
    "11": "Numerator divided by denominator.",
}
_FOOTNOTES_4: Final[Mapping[str, str]] = {
    "1": "Valid submissions.",
    "2": "Exclusions by modifier 1P, 2P or 3P, and others.",
    "3": "A minus B.",
    "4": "The quality action was satisfied.",
    "5": "Modifier 8P, or a G-code or CPT II code, for not done without a reason.",
    "6": "[4] divided by [3]. NULL: there were only exclusions.",
    "7": "Mean over all TIN/NPI with at least one quality-data code for the measure.",
}

_NUMBER: Final[Column[MeasureRow]] = Column(
    id="measure",
    heading="Measure #",
    short="#",
    kind="measure",
    cell=lambda row: measure_number(row.result.measure),
)


def _title(heading: str) -> Column[MeasureRow]:
    return Column(
        id="title",
        heading=heading,
        short="Title",
        kind="text",
        cell=lambda row: text_or_not_available(row.title),
    )


def _rate(value: int | rates.Null) -> Cell:
    return Null() if isinstance(value, rates.Null) else Percent(Decimal(value))


def reporting_columns(figure: Figure) -> tuple[Column[MeasureRow], ...]:
    """Columns of Figures 1.4 to 1.10."""
    numerator = "QDCs Correctly Reported" if figure.claims else "Required Quality Data Reported"
    columns: list[Column[MeasureRow]] = [
        _NUMBER,
        _title(figure.second_heading),
        Column(
            id="eligible",
            heading="Reporting Denominator: Eligible Instances",
            short="Eligible",
            kind="count",
            note="7",
            cell=lambda row: count(row.result.counts.eligible_instances),
        ),
        Column(
            id="reported",
            heading=f"Reporting Numerator: {numerator}",
            short="Reported",
            kind="count",
            note="8",
            cell=lambda row: count(row.result.counts.reported),
        ),
    ]
    if figure.claims:
        columns += _CLAIMS_COLUMNS
    if figure.reporting_rate:
        columns.append(_REPORTING_RATE)
    return tuple(columns)


_CLAIMS_COLUMNS: Final[tuple[Column[MeasureRow], ...]] = (
    Column(
        id="no_qdc",
        heading="No QDC Reported",
        short="No QDC",
        kind="count",
        note="9",
        cell=lambda row: count(row.result.counts.no_qdc),
    ),
    Column(
        id="errors",
        heading="Number of Instances of QDC Reporting Errors",
        short="Errors",
        kind="count",
        note="10",
        cell=lambda row: count(row.result.counts.qdc_errors),
    ),
)
_REPORTING_RATE: Final[Column[MeasureRow]] = Column(
    id="rate",
    heading="Reporting Rate",
    short="Rate",
    kind="percent",
    note="11",
    cell=lambda row: computed(
        row.result.reporting_rate, lambda rate: Percent(Decimal(rate)), row.result.satisfactory
    ),
)


def performance_columns(figure: Figure) -> tuple[Column[MeasureRow], ...]:
    """Columns of Figures 1.12 to 1.18."""
    valid = "Valid QDCs Reported" if figure.claims else "Valid Quality Data Reported"
    numerator: Column[MeasureRow] = Column(
        id="valid",
        heading=f"Reporting Numerator: {valid} (A)",
        short="Valid (A)",
        kind="count",
        note="1",
        cell=lambda row: count(row.result.counts.reported),
    )
    mean = _MEAN if figure.national_mean else ()
    return (_NUMBER, _title(figure.second_performance_heading), numerator, *_PERFORMANCE, *mean)


_PERFORMANCE: Final[tuple[Column[MeasureRow], ...]] = (
    Column(
        id="exclusions",
        heading="Total # of Valid Exclusions (B)",
        short="Excl. (B)",
        kind="count",
        note="2",
        cell=lambda row: computed_count(row.result.exclusions),
    ),
    Column(
        id="denominator",
        heading="Performance Denominator (A-B)",
        short="(A-B)",
        kind="count",
        note="3",
        cell=lambda row: computed_count(row.result.performance_denominator),
    ),
    Column(
        id="met",
        heading="Performance Met",
        short="Met",
        kind="count",
        note="4",
        cell=lambda row: count(row.result.counts.met),
    ),
    Column(
        id="not_met",
        heading="Performance Not Met",
        short="Not met",
        kind="count",
        note="5",
        cell=lambda row: computed_count(row.result.not_met),
    ),
    Column(
        id="rate",
        heading="Performance Rate",
        short="Rate",
        kind="percent",
        note="6",
        cell=lambda row: computed(row.result.performance_rate, _rate),
    ),
)
_MEAN: Final[tuple[Column[MeasureRow], ...]] = (
    Column(
        id="mean",
        heading="Physician Quality Reporting National Mean Performance Rate",
        short="Mean",
        kind="percent",
        note="7",
        cell=lambda row: percent_or_not_applicable(row.mean),
    ),
)


def _used(
    footnotes: Mapping[str, str], columns: tuple[Column[MeasureRow], ...], *more: str
) -> dict[str, str]:
    """The footnotes that the table at hand refers to, in the order of their marks."""
    marks = {column.note for column in columns} | set(more)
    return {mark: text for mark, text in footnotes.items() if mark in marks}


def _group_totals(group: GroupResult) -> dict[str, SourcedCell]:
    """Title row of Table 2: instances or beneficiaries of the whole group (P-T2-11)."""
    return {
        "title": text(group.group),
        "eligible": count(group.counts.eligible),
        "reported": count(group.counts.complete),
        "no_qdc": NOT_APPLICABLE,
        "errors": NOT_APPLICABLE,
        "rate": percent(group.reporting_rate),
    }


def _group_title(group: GroupResult) -> dict[str, SourcedCell]:
    """Title row of Table 4: no numbers."""
    return {"title": text(group.group)}


def reporting_table(attempt: AttemptResult, names: Names) -> TablePlan[MeasureRow]:
    """T2-E of one attempt."""
    figure = FIGURES[attempt.method.code]
    columns = reporting_columns(figure)
    return TablePlan(
        id=f"T2-E-{attempt.method.code}",
        title=figure.reporting_title,
        short=f"2: {figure.short}",
        about=_about(attempt, names),
        columns=columns,
        rows=tuple(measure_rows(attempt, _group_totals, lambda measure: None, with_data_only=False)),
        source=source(2),
        footnotes=_used(_FOOTNOTES_2, columns, *(("6",) if attempt.method.groups else ())),
    )


def performance_table(
    attempt: AttemptResult, names: Names, mean: Callable[[str, str], int | None], *, first: bool
) -> TablePlan[MeasureRow]:
    """T4 of one attempt; `mean` by measure and method; the first one carries the header lines."""
    figure = FIGURES[attempt.method.code]
    columns = performance_columns(figure)
    code = attempt.method.code
    return TablePlan(
        id=f"T4-{code}",
        title=figure.performance_title,
        short=f"4: {figure.short}",
        about=_about(attempt, names),
        columns=columns,
        rows=tuple(
            measure_rows(attempt, _group_title, lambda measure: mean(measure, code), with_data_only=True)
        ),
        source=source(4),
        caption=_HEADING_4.caption(names, "") if first else (),
        notes=(NAME_NOTE, _PERFORMANCE_NOTE) if first else (_PERFORMANCE_NOTE,),
        footnotes=_used(_FOOTNOTES_4, columns),
    )


def _about(attempt: AttemptResult, names: Names) -> str:
    return f"{names.person}, {attempt.method.label}, {attempt.method.period}"
