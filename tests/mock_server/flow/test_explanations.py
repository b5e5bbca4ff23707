"""Explanations over HTTP: every computed cell of O-01, recomputed from what the answer says (W-8)."""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from urllib.parse import urlencode

import msgspec
import pytest

from client.explaining import filled_in
from client.messages.cells import format_cell
from client.messages.report import Explanation, Report, ReportTable
from mock_server.flow.pqrs_2011 import _result
from mock_server.reports.explain import show_input
from mock_server.reports.pqrs_2011.report import section_plan
from mock_server.reports.sourced import SourcedCell
from mock_server.scoring.computed import FORMULAS
from tests.support.portal import RunningPortal, Walk

Place = tuple[str, str, str, str]
"""Section, table, row, column."""


def cells(report: Report) -> Iterator[tuple[Place, str, bool]]:
    """Every cell: where it is, what it shows, and whether its column has computed ones."""
    for section in report.sections:
        for table in section.tables:
            for row in table.rows:
                for column, cell in zip(table.columns, row.cells, strict=True):
                    yield (section.id, table.id, row.id, column.id), format_cell(cell), column.explainable


def source(place: Place) -> SourcedCell:
    """The cell as the engine made it."""
    section, table, row, column = place
    plan = section_plan(_result("O-01"), section)
    found = plan.table(table) if plan else None
    sourced = found.cell(row, column) if found else None
    assert sourced is not None
    return sourced


async def explained(running: RunningPortal, walk: Walk, place: Place) -> Explanation | None:
    """The portal's answer; None: nothing was computed there."""
    assert walk.screen.report is not None
    query = urlencode(dict(zip(("section", "table", "row", "column"), place, strict=True)))
    call = await running.call("GET", f"/api/reports/{walk.screen.report.id}/explain?{query}", walk.token)
    if call.status == 404:
        assert call.code == "E-AUTHZ-02"
        return None
    assert call.status == 200, call.body
    return msgspec.convert(call.body["data"], Explanation)


async def test_w_8_every_computed_cell_of_tables_1_to_4_is_explained_and_recomputes(
    running: RunningPortal,
) -> None:
    walk = await (await running.walk()).to_report()
    counted: dict[str, int] = {}
    for place, shown, explainable in cells(await walk.report()):
        sourced = source(place)
        assert explainable or sourced.computed is None
        if not explainable:
            continue
        told = await explained(running, walk, place)
        assert (told is None) == (sourced.computed is None), place
        if told is None or sourced.computed is None:
            continue
        figure = sourced.computed
        assert FORMULAS[figure.formula](**dict(figure.inputs)) == figure.value
        assert (told.section, told.table, told.row, told.column) == place
        assert told.value == shown
        assert told.title.endswith(f": {shown}")
        assert told.formula == figure.text
        inputs = {item.name: item.value for item in told.inputs}
        assert {name: inputs[name] for name, _ in figure.inputs} == {
            name: show_input(value) for name, value in figure.inputs
        }
        counted[place[1][:2]] = counted.get(place[1][:2], 0) + 1
    assert counted.keys() >= {"T1", "T2", "T3", "T4"}
    assert min(counted.values()) > 3, counted


def recomputed(told: Explanation) -> str:
    """A rate as a reader works it out from the formula with its figures."""
    numbers = re.match(r"round_half_up\((100|1000) \* (\d+) / \(?(\d+)(?: - (\d+)\))?\)", filled_in(told))
    assert numbers is not None, filled_in(told)
    factor, part, whole, less = (int(number or 0) for number in numbers.groups())
    if whole - less == 0:
        return "NULL" if whole else "0%"
    rate = (Decimal(factor) * part / (whole - less)).quantize(Decimal(1), ROUND_HALF_UP)
    return f"{rate / 10:.1f}%" if factor == 1000 else f"{rate}%"


@pytest.mark.parametrize("column", ["rate", "share"])
async def test_a_reader_can_work_a_rate_out_from_the_answer_alone(
    running: RunningPortal, column: str
) -> None:
    walk = await (await running.walk()).to_report()
    worked_out = 0
    for section in (await walk.report()).sections:
        for table in section.tables:
            for row_id in rows_with(table, column):
                told = await explained(running, walk, (section.id, table.id, row_id, column))
                if told is not None:
                    assert recomputed(told) == told.value, told
                    worked_out += 1
    assert worked_out > 5


def rows_with(table: ReportTable, column: str) -> list[str]:
    return [row.id for row in table.rows] if any(item.id == column for item in table.columns) else []


async def test_az_no_other_sign_in_gets_an_explanation(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_report()
    places = [place for place, _, explainable in cells(await walk.report()) if explainable]
    running.security.advance(60)
    other = await (await running.walk(client_id="another")).to_report()
    assert walk.screen.report is not None
    query = urlencode(dict(zip(("section", "table", "row", "column"), places[0], strict=True)))
    path = f"/api/reports/{walk.screen.report.id}/explain?{query}"
    assert (await running.call("GET", path, walk.token)).status == 200
    refused = await running.call("GET", path, other.token)
    assert (refused.status, refused.code) == (404, "E-AUTHZ-02")
    assert (await running.call("GET", path, "nonsense")).status == 401
