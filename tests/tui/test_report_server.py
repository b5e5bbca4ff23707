"""The viewer's tools on the real server in this process: explanations, exports read back, hostile names."""

import re
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from textual.pilot import Pilot

from client.journey import Journey
from client.messages.report import Explanation, Report, ReportTable
from client.portal import Portal
from client.settings import Settings
from mock_server.flow.engines import WHOLE, RunFacts, Subject
from mock_server.flow.pqrs_2011 import Pqrs2011
from mock_server.reports.pqrs_2011 import Run, build_report, explain_cell
from mock_server.scenario.organizations import Organization
from mock_server.scenario.personas import COMMON_PASSWORD
from mock_server.scoring.pqrs.engine import score_practice
from tests.mock_server.exports.comparing import checked_pdf
from tests.mock_server.exports.reading import archive, combined, worksheets
from tests.mock_server.exports.samples import HOSTILE_NAMES, TERMINAL
from tests.mock_server.reports.samples import CLAIMS_FAILS_MAV, EHR_YES
from tests.mock_server.scoring.pqrs.builders import practice, professional
from tests.support.portal import RunningPortal, device_of, portal
from tests.tui.played import KeptDriver, press, text_of, until
from tui.full_screen import QportalApp
from tui.screens.explanation import ExplanationScreen
from tui.widgets.report_grid import CellAddress

SIZES = [(120, 40), (80, 24), (40, 24)]
FORMATS = ("pdf", "xlsx", "csv", "json")
"""In the order of the list that `x` shows."""
USER = "demo.grouprep"


async def to_report(journey: Journey) -> None:
    """Sign in and walk to S-REPORT of O-01."""
    await journey.act("login")
    await journey.act("accept")
    await journey.act("next", {"user_id": USER})
    await journey.act("send", {"password": COMMON_PASSWORD, "mfa_type": device_of(USER)})
    code = next(message.code for message in await journey.outbox() if message.code)
    await journey.act("log_in", {"code": code})
    await journey.act("feedback_reports")
    await journey.act("next", {"org_type": "practice"})
    table = journey.screen.table
    assert table is not None
    await journey.act("next", {"org_ids": [table.rows[0].id]})
    await journey.act("next", {"year": "2011", "report": "R-PQRS-2011", "action": "view"})
    await journey.act("confirm", {"purpose": "ce"})
    await journey.act("run_document")
    async for _ in journey.follow():
        pass


@asynccontextmanager
async def reading(
    running: RunningPortal, size: tuple[int, int], *, folder: Path = Path("/nonexistent"), kept: bool = False
) -> AsyncIterator[tuple[Pilot[Any], Any]]:
    """The app at S-REPORT; with `kept` what it writes goes to `KeptDriver`."""
    transport = running.http._transport

    async def connect() -> Portal:
        return Portal("http://127.0.0.1", transport=transport)

    driver = KeptDriver if kept else None
    app = QportalApp(connect, Settings(export_folder=folder), client_id="installation-1", driver=driver)
    app.commit_delay_s = 0.0
    async with app.run_test(size=size, headless=not kept) as pilot:
        await until(pilot, lambda: app.session.started)
        await to_report(app.journey)
        await app.session.show(app.journey.screen)
        await until(pilot, lambda: state(pilot) == "S-REPORT" and view(pilot).grid.table is not None)
        await pilot.pause()
        yield pilot, app


def state(pilot: Pilot[Any]) -> str:
    page_screen = pilot.app.page_screen  # type: ignore[attr-defined]
    return page_screen.page.state if page_screen else ""


def view(pilot: Pilot[Any]) -> Any:
    return pilot.app.base.view  # type: ignore[attr-defined]


def words(pilot: Pilot[Any]) -> str:
    """All words of the screen, line ends and margins taken out."""
    return " ".join(" ".join(line.strip(" ▌") for line in text_of(pilot)).split())


async def said(pilot: Pilot[Any], text: str, tries: int = 6) -> None:
    """Wait for words; a report with many tables takes its time on a busy machine."""
    for _ in range(tries * 100):
        if text in words(pilot):
            return
        await pilot.pause(0.05)
    raise AssertionError(f"{text!r} never came: {words(pilot)}")


async def all_tables(pilot: Pilot[Any], report: Report) -> list[tuple[tuple[str, ...], ...]]:
    """The cells of every table as the viewer shows them, table after table."""
    seen = []
    tables = [table for section in report.sections for table in section.tables]
    for number, table in enumerate(tables, start=1):
        if number > 1:
            await press(pilot, "ctrl+n")
        await until(pilot, lambda n=number: view(pilot).title.startswith(f"{n} of "))  # type: ignore[misc]
        await until(pilot, lambda t=table: shows(pilot, t))  # type: ignore[misc]
        seen.append(view(pilot).grid._layout.texts)
    return seen


def shows(pilot: Pilot[Any], table: ReportTable) -> bool:
    shown = view(pilot).grid.table
    return shown is not None and shown.id == table.id and bool(view(pilot).grid._layout.texts)


def files_in(folder: Path) -> set[Path]:
    return set(folder.glob("*"))


async def export(pilot: Pilot[Any], name: str, folder: Path) -> bytes:
    """Export as a person does, from `x` to the file, and come back to the report."""
    before = files_in(folder)
    await press(pilot, "x")
    await said(pilot, "The whole report, all tables, as one file.")
    await press(pilot, str(FORMATS.index(name) + 1))
    await until(pilot, lambda: state(pilot) == "S-RUN")
    await pilot.pause(0.05)
    await press(pilot, "enter")
    await said(pilot, "Done: Saved to")
    [saved] = files_in(folder) - before
    await press(pilot, "escape")
    await until(pilot, lambda: state(pilot) == "S-REPORT" and view(pilot).grid.table is not None)
    return saved.read_bytes()


# Values


@pytest.mark.scenario("P-RUN-01")
async def test_f_rep_01_every_export_has_the_values_that_the_viewer_showed(tmp_path: Path) -> None:
    async with portal() as running, reading(running, (120, 40), folder=tmp_path) as (pilot, app):
        report: Report = await app.journey.report()
        shown = await all_tables(pilot, report)
        tables = [table for section in report.sections for table in section.tables]
        assert len(shown) == len(tables) > 10
        expected = combined(report.sections)
        by_id = {table_id: iter(rows[1:]) for table_id, rows in expected.items()}
        for table, texts in zip(tables, shown, strict=True):
            for row, cells in zip(table.rows, texts, strict=True):
                wanted = next(by_id[table.id])[-len(cells) :]
                # A group or total row that begins empty says so in words on the screen.
                first = row.kind.capitalize() if row.kind != "data" and not wanted[0] else wanted[0]
                assert list(cells) == [first, *wanted[1:]]
        place = view(pilot).title
        files = {name: await export(pilot, name, tmp_path) for name in FORMATS}
        assert view(pilot).title == place
    assert worksheets(files["xlsx"]).items() >= expected.items()
    written = archive(files["csv"])
    assert {name: written[f"R-PQRS-2011_{name}.csv"] for name in expected} == expected
    assert msgspec.json.decode(files["json"], type=Report).sections == report.sections
    checked_pdf(report, files["pdf"])


# Each key


@pytest.mark.parametrize("size", SIZES)
async def test_each_tool_at_every_size(size: tuple[int, int], tmp_path: Path) -> None:
    async with portal() as running, reading(running, size, folder=tmp_path) as (pilot, app):
        report: Report = await app.journey.report()
        tables = [table for section in report.sections for table in section.tables]
        wanted = next(n for n, table in enumerate(tables, start=1) if table.id.startswith("T2-E-IND"))
        while not view(pilot).title.startswith(f"{wanted} of "):
            await press(pilot, "ctrl+n")
        await until(pilot, lambda: shows(pilot, tables[wanted - 1]))
        await explains_a_rate(pilot)
        await sorts(pilot)
        await finds(pilot)
        await press(pilot, "p")
        await until(pilot, lambda: pilot.app.focused.id == "field-filter")  # type: ignore[union-attr]
        await press(pilot, "down", "escape") if size[0] < 100 else view(pilot).grid.focus()
        await until(pilot, lambda: view(pilot).grid.has_focus)
        content = await export(pilot, "json", tmp_path)
        assert msgspec.json.decode(content, type=Report).sections == report.sections


async def explains_a_rate(pilot: Pilot[Any]) -> None:
    grid = view(pilot).grid
    column = next(n for n, column in enumerate(grid.table.columns) if column.id == "rate")
    grid.move_to(CellAddress(0, column))
    value = grid._layout.texts[0][column]
    await press(pilot, "e")
    await until(pilot, lambda: isinstance(pilot.app.screen, ExplanationScreen) or view(pilot).explains)
    await pilot.pause()
    seen = words(pilot)
    for _ in range(3):
        await press(pilot, "pagedown")
        seen += words(pilot)
    assert f": {value}" in seen
    assert "Formula: round_half_up(100 * reported / eligible_instances)" in seen
    assert "Rules: P-F-2" in seen
    assert "Source: 2011 PQRS Feedback Report User Guide, Appendix A, Table 2" in seen
    await press(pilot, "escape")
    await until(pilot, lambda: grid.has_focus and pilot.app.screen is pilot.app.base)  # type: ignore[attr-defined]


async def sorts(pilot: Pilot[Any]) -> None:
    grid = view(pilot).grid
    column = grid.cursor.column
    given = [texts[column] for texts in grid._layout.texts]
    await press(pilot, "s")
    await said(pilot, "Sorted by Reporting Rate, lowest first.")
    assert [texts[column] for texts in grid._layout.texts] == sorted(given, key=lambda text: int(text[:-1]))
    await press(pilot, "s", "s")
    await said(pilot, "The rows are in the order of the report.")
    assert [texts[column] for texts in grid._layout.texts] == given


async def finds(pilot: Pilot[Any]) -> None:
    grid = view(pilot).grid
    title = grid._layout.texts[-1][1]
    await press(pilot, "f3", *title[:8], "enter")
    count = sum(
        any(title[:8].casefold() in text.casefold() for text in texts) for texts in grid._layout.texts
    )
    await said(pilot, f"{count} of {len(grid._layout.texts)} row")
    await press(pilot, "escape")
    assert grid.has_focus


# Hostile names


class Hostile(Pqrs2011):
    """O-01 under names that no practice should have."""

    def __init__(self, names: Sequence[str], tin_name: str) -> None:
        people = [
            replace(professional(CLAIMS_FAILS_MAV, EHR_YES, npi=str(1_200_000_000 + number)), npi_name=name)
            for number, name in enumerate(names)
        ]
        self._scored = score_practice(replace(practice(*people), tin_name=tin_name))

    def exists(self, organization: Organization, subject: Subject = WHOLE) -> bool:
        return True

    def build(
        self,
        organization: Organization,
        facts: RunFacts,
        sections: Collection[str] | None = None,
        subject: Subject = WHOLE,
    ) -> Report:
        return build_report(self._scored, Run(id=facts.run_id, created_at=facts.run_at), sections=sections)

    def explain(
        self,
        organization: Organization,
        section: str,
        table: str,
        row: str,
        column: str,
        subject: Subject = WHOLE,
    ) -> Explanation | None:
        return explain_cell(self._scored, section=section, table=table, row=row, column=column)


LONG = "=W" + "W" * 4998
ALLOWED = re.compile(r"\x1b\]2;qportal[ -~]*\x07|\x1b\[[0-9;?]*[A-Za-ln-z]|\x1b\[[0-9;:]*m")
"""Window titles of the program, cursor and colour sequences."""
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.mark.parametrize("size", SIZES)
async def test_a_hostile_name_is_harmless_in_viewer_and_explanation(size: tuple[int, int]) -> None:
    names = (*HOSTILE_NAMES, LONG)
    engines = {"R-PQRS-2011": Hostile(names, LONG[:200] + TERMINAL)}
    async with portal(engines=engines) as running, reading(running, size, kept=True) as (pilot, _app):  # type: ignore[arg-type]
        KeptDriver.take()
        grid = view(pilot).grid
        for step in range(len(grid.table.rows)):
            grid.move_to(CellAddress(step, 1))
            await pilot.pause()
            check_lines(pilot, size)
        grid.move_to(CellAddress(0, 4))
        for keys in (("e",), ("escape",), ("s",), ("s",), ("f3", *"=W", "enter"), ("escape",), ("enter",)):
            await press(pilot, *keys)
            await pilot.pause()
            check_lines(pilot, size)
        await press(pilot, "escape", "p", *"=W", "down", "enter", "down", "enter")
        await pilot.pause()
        check_lines(pilot, size)
        data = KeptDriver.take()
        written = ALLOWED.sub("", data)
        assert len(data) > len(written) > 1000
        assert not CONTROLS.search(written), CONTROLS.search(written)
        assert pilot.app.is_running


def check_lines(pilot: Pilot[Any], size: tuple[int, int]) -> None:
    """Nothing but text in every line, each as wide as the window, and nothing to click in it."""
    strips = pilot.app.screen._compositor.render_strips()
    assert {strip.cell_length for strip in strips} == {size[0]}
    for strip in strips:
        assert not CONTROLS.search(strip.text)
        assert not any(part.style and part.style.meta.get("@click") for part in strip)
