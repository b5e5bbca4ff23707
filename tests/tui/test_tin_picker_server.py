"""The picker and the report viewer on the real server, in this process: what it serves is what they show."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from textual.pilot import Pilot

from client.messages.cells import format_cell
from client.messages.report import Report
from client.portal import Portal
from client.settings import Settings
from mock_server.scenario.personas import COMMON_PASSWORD
from tests.support.portal import RunningPortal, device_of, portal
from tests.tui.played import press, text_of, until
from tui.full_screen import QportalApp
from tui.widgets.report_grid import CellAddress


@asynccontextmanager
async def signed_in(running: RunningPortal, user_id: str, size: tuple[int, int]) -> AsyncIterator[Pilot[Any]]:
    """The app at S-ORGPICK for practices."""
    transport = running.http._transport
    assert isinstance(transport, httpx.ASGITransport)

    async def connect() -> Portal:
        return Portal("http://127.0.0.1", transport=transport)

    app = QportalApp(connect, Settings(), client_id="installation-1")
    app.commit_delay_s = 0.0
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: app.session.started)
        journey = app.journey
        await journey.act("login")
        await journey.act("accept")
        await journey.act("next", {"user_id": user_id})
        await journey.act("send", {"password": COMMON_PASSWORD, "mfa_type": device_of(user_id)})
        code = next(message.code for message in await journey.outbox() if message.code)
        await journey.act("log_in", {"code": code})
        await journey.act("feedback_reports")
        await journey.act("next", {"org_type": "practice"})
        await app.session.show(journey.screen)
        await until(pilot, lambda: app.page_screen is not None and app.page_screen.page.state == "S-ORGPICK")
        await pilot.pause()
        yield pilot


def on_screen(pilot: Pilot[Any]) -> str:
    return "\n".join(line.rstrip() for line in text_of(pilot))


async def test_p_tin_01_02_03_04_05_the_bulk_directory_pages_and_searches() -> None:
    async with portal() as running, signed_in(running, "demo.bulk", (120, 40)) as pilot:
        await until(pilot, lambda: "Available:  1 - 1000 of 310184" in on_screen(pilot))
        await press(pilot, "ctrl+end")
        await until(pilot, lambda: "310001 - 310184 of 310184" in on_screen(pilot))
        for search, pager in (
            ("0183", "1 - 32 of 32"),
            ("4802", "1 - 31 of 31"),
            ("harbor", "1 - 1000 of 9696"),
            ("TEAL HARBOR 017", "1 - 1 of 1"),
        ):
            screen: Any = pilot.app.screen
            screen.search.entry.value = ""
            await press(pilot, "f3", *search)
            await until(pilot, lambda pager=pager: f"Available:  {pager}" in on_screen(pilot))  # type: ignore[misc]


async def test_p_tin_07_14_select_replace_and_page_on_the_server() -> None:
    async with portal() as running, signed_in(running, "demo.bulk", (120, 40)) as pilot:
        screen: Any = pilot.app.screen
        await press(pilot, "enter")
        await until(pilot, lambda: screen.selected.text == "AMBER ANCHOR DEMO PRACTICE 000:0000")
        await press(pilot, *"yellow wren 214")
        await until(pilot, lambda: "YELLOW WREN DEMO PRACTICE 214:0183" in on_screen(pilot))
        assert screen.selected.text == "AMBER ANCHOR DEMO PRACTICE 000:0000"
        await press(pilot, "down", "enter")
        await until(pilot, lambda: screen.selected.text == "YELLOW WREN DEMO PRACTICE 214:0183")
        await until(pilot, lambda: "replaced AMBER ANCHOR DEMO PRACTICE 000:0000." in on_screen(pilot))


async def to_report(pilot: Pilot[Any]) -> Report:
    """From the picker to S-REPORT; the whole report."""
    app: Any = pilot.app
    journey = app.journey
    org_id = journey.screen.table.rows[0].id
    await journey.act("next", {"org_ids": [org_id]})
    await journey.act("next", {"year": "2011", "report": "R-PQRS-2011", "action": "view"})
    await journey.act("confirm", {"purpose": "ce"})
    await journey.act("run_document")
    async for _ in journey.follow():
        pass
    await app.session.show(journey.screen)
    await until(
        pilot,
        lambda: app.page_screen.page.state == "S-REPORT" and app.page_screen.view.grid.table is not None,
    )
    whole: Report = await journey.report()
    return whole


@pytest.mark.parametrize("size", [(120, 40), (40, 12)])
async def test_f_rep_01_the_viewer_shows_every_table_with_the_server_s_values(size: tuple[int, int]) -> None:
    async with portal() as running, signed_in(running, "demo.grouprep", size) as pilot:
        report = await to_report(pilot)
        screen: Any = pilot.app.screen
        tables = [table for section in report.sections[:2] for table in section.tables]
        for number, table in enumerate(tables):
            if number:
                await press(pilot, "ctrl+n")
                await until(pilot, lambda table=table: screen.view.grid.table == table)  # type: ignore[misc]
            for row, column in {(0, 0), (len(table.rows) - 1, len(table.columns) - 1)}:
                screen.view.grid.move_to(CellAddress(row, column))
                await pilot.pause()
                value = format_cell(table.rows[row].cells[column]) or "no value"
                assert screen.view.cell.text.endswith(f"{table.columns[column].heading}: {value}")
        assert "XXXXX4802" in on_screen(pilot) or size == (40, 12)
