"""The walk in plain mode on the real server, in process: from the terms to Table 1 of the 2011 report."""

import csv
import io
import stat
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from client.journey import Journey
from client.portal import Portal
from client.settings import Settings
from tests.support.portal import RunningPortal
from tests.support.portal import portal as running_portal
from tests.tui.plain.conftest import Golden
from tests.tui.plain.stage import Played, ScriptedConsole, Typing, played
from tui.plain.grammar import production
from tui.plain.talk import Talk
from tui.plain.writer import Writer

PASSWORD = "Walnut-Harbor-2468"
SETTINGS = Settings(page_rows=0)


@asynccontextmanager
async def server() -> AsyncIterator[tuple[RunningPortal, Portal]]:
    """The real server in this process, and a client of it."""
    async with running_portal(code_seed="plain") as running:
        app = running.http._transport
        assert isinstance(app, httpx.ASGITransport)
        yield running, Portal("http://127.0.0.1", transport=app)


async def walk(
    portal: Portal, *script: Typing, width: int | None = 79, settings: Settings = SETTINGS
) -> Played:
    """Play a script as from a pipe."""
    output = io.StringIO()
    console = ScriptedConsole(list(script), output, interactive=False)
    writer = Writer(output, width=lambda: width, echoes=False)
    return await played(Talk(Journey(portal, "plain", "test"), console, writer, settings), console, output)


def sign_in(portal: Portal, user_id: str = "demo.grouprep", device: str = "E-mail") -> list[Typing]:
    """From S-LAND to S-HOME."""

    async def code() -> str:
        messages = await portal.outbox(user_id)
        return next(message.code for message in messages if message.code is not None)

    return ["login", "1", user_id, PASSWORD, device, code]


TO_REPORT = ["Feedback Reports", "", "1", "", "2011", "1", "View Online", "1", "1", "1"]
"""From S-HOME to S-REPORT."""


def without_waits(text: str) -> str:
    """Waits are left out of a golden text, because machines differ."""
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("Working: "))


async def test_the_whole_walk_to_table_1(golden: Golden) -> None:
    async with server() as (_, portal):
        done = await walk(portal, *sign_in(portal), *TO_REPORT, "/quit", "1", width=None)
    assert done.code == 0
    golden("walk", without_waits(done.text))


async def test_t_a11y_12_every_line_of_the_walk_follows_the_grammar() -> None:
    async with server() as (_, portal):
        script = [
            *sign_in(portal),
            "?",
            *TO_REPORT,
            "/done",
            "/outbox",
            "/repeat",
            "/logout",
            "1",
            "personas",
            "",
        ]
        done = await walk(portal, *script, "/quit", "1", width=None)
    assert done.code == 0
    assert [line for line in done.lines if line and production(line) is None] == []


async def test_the_walk_is_audited_as_plain_like_any_other() -> None:
    """portal-flow 5.8: the audit of the main path, in order."""
    async with server() as (running, portal):
        await walk(portal, *sign_in(portal), *TO_REPORT, "/quit", "1")
        names = [name for name in await running.audited() if name != "A-ORG-SEARCH"]
    order = ["A-TERMS-ACCEPT", "A-USER-ENTER", "A-PW-OK", "A-MFA-SENT", "A-MFA-OK", "A-LOGIN-OK", "A-ORGTYPE"]
    order += ["A-ORG-SELECT", "A-RPT-SELECT", "A-ATTEST", "A-REPORT-RUN"]
    assert [name for name in names if name in order] == order


async def test_p_terms_02_declining_leads_back_and_says_that_nothing_was_stored() -> None:
    async with server() as (_, portal):
        done = await walk(portal, "1", "2", "/quit", "1", width=None)
    assert "Notice: You declined the terms. Nothing was stored." in done.lines


async def test_p_user_03_an_unknown_user_id_looks_like_a_known_one() -> None:
    async with server() as (_, portal):
        known = await walk(portal, "1", "1", "demo.grouprep", PASSWORD[:5], "4")
        unknown = await walk(portal, "1", "1", "demo.ghost", PASSWORD[:5], "4")
    assert known.text == unknown.text


async def test_p_login_15_cancel_at_the_code_leads_to_the_first_page() -> None:
    async with server() as (_, portal):
        done = await walk(portal, *sign_in(portal)[:-1], "/cancel", "/quit", "1")
    assert done.lines.count("Screen: CMS Enterprise Portal (simulation), step 1 of 12") == 2


async def test_p_att_02_neither_leads_to_the_help_desk_number_as_text() -> None:
    """AS-A11Y-11: Enter alone confirms nothing."""
    async with server() as (_, portal):
        script = [*sign_in(portal), *TO_REPORT[:7], "3", "", "1", "/quit", "1"]
        done = await walk(portal, *script, width=None)
    assert "Error: a choice is needed." in done.lines
    assert any("1-888-734-6433" in line and "option 3" in line for line in done.lines)


async def test_p_tin_01_and_03_the_nation_is_paged_and_searched() -> None:
    async with server() as (_, portal):
        script = [*sign_in(portal, "demo.bulk"), "1", "", "/find 0183", "/do last_page", "/find", "/back"]
        done = await walk(portal, *script, "/quit", "1", width=None)
    assert "Available: 1 - 1000 of 310184" in done.lines
    assert "Available: 1 - 32 of 32" in done.lines
    found = done.text.split("Available: 1 - 32 of 32")[1].splitlines()[1:33]
    assert all(":0183" in line for line in found)


async def test_p_tin_06_the_last_four_of_two_practices_are_told_apart() -> None:
    async with server() as (_, portal):
        script = [*sign_in(portal, "demo.multi", "2"), "1", "1", "/find 4802", "2", "/selected", "/quit", "1"]
        done = await walk(portal, *script, width=None)
    assert "Available: 1 - 2 of 2" in done.lines
    assert "Selected: JUNIPER DEMO PRACTICE:4802" in done.lines


async def test_p_role_01_without_a_role_the_reason_is_said() -> None:
    async with server() as (_, portal):
        done = await walk(portal, *sign_in(portal, "demo.norole"), "/quit", "1", width=None)
    assert any("no active role" in line for line in done.lines)
    assert not any(line.endswith("Feedback Reports") for line in done.lines)


async def test_p_org_01_one_type_alone_is_preselected_and_still_shown() -> None:
    async with server() as (_, portal):
        done = await walk(portal, *sign_in(portal), "1", "", "/quit", "1", width=None)
    assert "1. Practices (1) (selected)" in done.lines
    assert "Organization Type, required, number 1 to 1:" in done.lines
    assert "Chosen: Practices (1)" in done.lines


async def test_p_run_01_and_t_a11y_22_the_saved_csv_has_the_values_that_were_read(tmp_path: Path) -> None:
    """View first; the download of the same request needs no second attestation (F-ATT-05)."""
    settings = Settings(page_rows=0, export_folder=tmp_path)
    async with server() as (_, portal):
        script = [*sign_in(portal), *TO_REPORT, "/do download_csv", "", "1", "/quit", "1"]
        done = await walk(portal, *script, width=None, settings=settings)
    saved = [line.removeprefix("Saved: ").rstrip(".") for line in done.lines if line.startswith("Saved: ")]
    assert len(saved) == 1
    total = next(line for line in done.lines if line.startswith("Total Tax ID Earned Incentive Amount"))
    assert total.rpartition(": ")[2] in cells_of(Path(saved[0]), "T1")


def cells_of(path: Path, table: str) -> set[str]:
    """Every cell of one table of a saved CSV zip, which only its owner may read."""
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with zipfile.ZipFile(path) as files:
        name = next(name for name in files.namelist() if table in name.upper())
        return {cell for row in csv.reader(io.StringIO(files.read(name).decode())) for cell in row}
