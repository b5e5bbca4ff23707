"""Say why a cell shows what it shows: the formula's sentences, its inputs, rules and source.

What a formula means in words is the program's own (`Wording`); that inputs, rules and source belong to every
explanation is common to all programs.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from client.messages.cells import format_cell
from client.messages.report import Explanation, Input, Money
from mock_server.reports.document import Column, SectionPlan, TablePlan
from mock_server.reports.sourced import SourcedCell
from mock_server.scoring.computed import Computed

Inputs = Mapping[str, Any]
Wording = Mapping[str, Callable[[Inputs, Any], list[str]]]
"""Formula name -> sentences for (inputs by name, value)."""

LONGEST_LIST = 12
"""Elements of an input that are spelled out."""


def explain_cell(
    section: SectionPlan,
    table_id: str,
    row_id: str,
    column_id: str,
    wording: Wording,
    show: Callable[[Any], str] | None = None,
) -> Explanation | None:
    """The explanation of one cell; None where there is no such cell or nothing was computed.

    `show` puts an input into words, `show_input` unless given.
    """
    table = section.table(table_id)
    column = table.column(column_id) if table else None
    sourced = table.cell(row_id, column_id) if table else None
    if table is None or column is None or sourced is None or sourced.computed is None:
        return None
    value = format_cell(sourced.cell)
    figures = (sourced.computed, *sourced.support)
    return Explanation(
        section=section.id,
        table=table_id,
        row=row_id,
        column=column_id,
        title=f"{_subject(table, row_id, column)}: {value}",
        value=value,
        sentences=[sentence for figure in figures for sentence in _sentences(figure, wording)],
        formula=sourced.computed.text,
        inputs=_inputs(sourced, show or show_input),
        rules=list(dict.fromkeys(rule for figure in figures for rule in figure.rules)),
        source=table.source,
    )


def _subject(table: TablePlan[Any], row_id: str, column: Column[Any]) -> str:
    row = table.row(row_id)
    parts = (column.heading, row.label if row else "", table.about)
    return ", ".join(part for part in parts if part)


def _sentences(figure: Computed[Any], wording: Wording) -> list[str]:
    say = wording.get(figure.formula)
    return say(dict(figure.inputs), figure.value) if say else [f"Computed as {figure.text}."]


def _inputs(sourced: SourcedCell, show: Callable[[Any], str]) -> list[Input]:
    """The inputs of the figure under their names in the formula; those of supporting figures after them."""
    figures = (sourced.computed, *sourced.support)
    pairs = (pair for figure in figures if figure for pair in figure.inputs)
    return [Input(name=name, value=show(value)) for name, value in dict(pairs).items()]


def show_input(value: Any) -> str:
    """An input in words: amounts as dollars, lists up to `LONGEST_LIST` elements."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return format_cell(Money(value)) if value.as_tuple().exponent == -2 else str(value)
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return _named(value._asdict())
    if isinstance(value, str) or not isinstance(value, Sequence):
        return str(value)
    return _listed([show_element(element) for element in value])


def show_element(value: Any) -> str:
    """An element of a list input: plain pairs read as `PQRS $876.54`."""
    if isinstance(value, tuple) and not hasattr(value, "_asdict"):
        return " ".join(show_input(part) for part in value)
    return show_input(value)


def _named(fields: Mapping[str, Any]) -> str:
    """The first field names the thing, the others follow with their names."""
    (_, name), *others = fields.items()
    return f"{name} ({', '.join(f'{field} {show_input(value)}' for field, value in others)})"


def _listed(elements: Sequence[str]) -> str:
    shown: Iterable[str] = elements[:LONGEST_LIST]
    more = len(elements) - LONGEST_LIST
    return "; ".join((*shown, f"and {more} more") if more > 0 else shown) or "none"
