"""MIPS feedback in the app and in plain mode for each kind of subject, on the real server (issue 4)."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from client.journey import Journey
from client.messages.cells import format_cell
from client.messages.report import Report
from client.messages.screen import FieldValue
from client.portal import Portal
from client.settings import Settings
from mock_server.scenario.personas import COMMON_PASSWORD
from tests.support.portal import RunningPortal, device_of, portal
from tests.tui.plain.stage import Typing
from tests.tui.plain.test_walk import walk
from tests.tui.played import text_of, until
from tests.tui.test_report_server import state, view
from tui.full_screen import QportalApp


@dataclass(frozen=True)
class Subject:
    """A persona and what it asks for."""

    user_id: str
    org_type: str
    level: Mapping[str, FieldValue]
    said: str
    """Whose report it is, in the line above the tables."""
    plain: tuple[str, ...]
    """Answers of plain mode to level and clinician."""


SUBJECTS = {
    "group": Subject("demo.totp", "practice", {"level": "group"}, "XXXXX4802 - Group", ("group",)),
    "individual": Subject(
        "demo.clinician",
        "practice",
        {"level": "individual", "clinician": "0999010016"},
        "XXXXX4802 - Individual clinician 0999010016",
        ("", ""),
    ),
    "virtual group": Subject(
        "demo.virtual", "virtual_group", {"level": "virtual_group"}, "Virtual group", ("",)
    ),
    "APM entity": Subject("demo.aco", "apm_entity", {"level": "apm_entity"}, "APM entity", ("",)),
}
FINAL = {"year": "2019", "report": "R-MIPS-2019", "action": "view"}


@pytest.fixture
async def running() -> AsyncIterator[RunningPortal]:
    async with portal(scenario="SC-2020-FB") as server:
        yield server


async def code(running: RunningPortal, user_id: str) -> str:
    """The code of the simulated mailbox; of an authenticator the one of this moment."""
    from mock_server.scenario.personas import AUTHENTICATOR_SECRET
    from tests.support.authenticator import totp_code

    if device_of(user_id) == "totp":
        return totp_code(AUTHENTICATOR_SECRET, running.security.now())
    return next(message.code for message in await running.outbox(user_id) if message.code)


async def to_report(running: RunningPortal, journey: Journey, subject: Subject) -> Report:
    """Sign in and walk to S-REPORT; answers the first section."""
    await journey.act("login")
    await journey.act("accept")
    await journey.act("next", {"user_id": subject.user_id})
    await journey.act("send", {"password": COMMON_PASSWORD, "mfa_type": device_of(subject.user_id)})
    await journey.act("log_in", {"code": await code(running, subject.user_id)})
    await journey.act("feedback_reports")
    await journey.act("next", {"org_type": subject.org_type})
    assert journey.screen.table is not None
    await journey.act("next", {"org_ids": [journey.screen.table.rows[0].id]})
    await journey.act("next", {**FINAL, **subject.level})
    await journey.act("confirm", {"purpose": "ce"})
    await journey.act("run_document")
    async for _ in journey.follow():
        pass
    assert journey.screen.report is not None
    return await journey.report([journey.screen.report.first_section])


async def test_the_feedback_of_every_kind_opens_in_the_app(running: RunningPortal) -> None:
    async def connect() -> Portal:
        return Portal("http://127.0.0.1", transport=running.http._transport)

    app = QportalApp(connect, Settings(), client_id="installation-1")
    app.commit_delay_s = 0.0
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: app.session.started)
        for name, subject in SUBJECTS.items():
            report = await to_report(running, app.journey, subject)
            await app.session.show(app.journey.screen)
            await until(pilot, lambda: state(pilot) == "S-REPORT" and view(pilot).grid.table is not None)
            await pilot.pause()
            shown = " ".join(" ".join(text_of(pilot)).split())
            first = report.sections[0].tables[0]
            assert first.title in shown, name
            for row in first.rows:
                assert format_cell(row.cells[0]) in shown, name
            assert subject.said in shown, name
            assert "What would have earned more" in shown, name
            await app.journey.act("logout")
            running.security.advance(400)


@pytest.mark.parametrize("name", SUBJECTS)
async def test_the_feedback_of_every_kind_is_read_in_plain_mode(running: RunningPortal, name: str) -> None:
    subject = SUBJECTS[name]
    transport: Any = running.http._transport
    assert isinstance(transport, httpx.ASGITransport)
    client = Portal("http://127.0.0.1", transport=transport)

    async def newest() -> str:
        return await code(running, subject.user_id)

    device = {"email": "E-mail", "sms": "Text", "ivr": "Inter", "totp": "Auth"}[device_of(subject.user_id)]
    select = "ALDER" if subject.org_type == "practice" else "1"
    sign_in: list[Typing] = ["login", "1", subject.user_id, COMMON_PASSWORD, device, newest]
    choose = ["Feedback Reports", "", select, "", "2019", "1", *subject.plain, "View Online"]
    played = await walk(client, *sign_in, *choose, "1", "1", "1", "/table what would", "/done")
    text = "\n".join(played.lines)
    assert "Screen: Report view" in text
    assert "Section: What would have earned more" in text
    assert "Score from one more case: " in text
    assert "\x1b" not in text
