"""`demo capture`: a real walk against the real server becomes a script without a secret (DEMO-CLI-06)."""

from pathlib import Path
from typing import Any

import httpx

from client.journey import Journey
from client.messages.calls import Act
from client.messages.screen import Field, Option, Problem, Screen
from mock_server.scenario.personas import COMMON_PASSWORD
from tests.support.portal import RunningPortal, portal
from tests.tui.plain.stage import action, screen
from tui.cli import main
from tui.demo.capture.captor import Captor
from tui.demo.capture.watching import Answered, MailboxRead, WatchedPortal
from tui.demo.capture.writing import script_text
from tui.demo.reading import read


async def walked(running: RunningPortal, captor: Captor) -> None:
    """A person's walk: a wrong password, a wrong code, a search, a report, an export, the way out."""
    transport = running.http._transport
    assert isinstance(transport, httpx.ASGITransport)
    journey = Journey(WatchedPortal("http://127.0.0.1", captor, transport=transport), "plain")
    await journey.start()
    await journey.act("login")
    await journey.act("accept")
    await journey.act("next", {"user_id": "demo.grouprep"})
    await journey.act("send", {"password": "Not-the-one-9", "mfa_type": "email"})
    await journey.act("send", {"password": COMMON_PASSWORD, "mfa_type": "email"})
    await journey.act("log_in", {"code": "777777"})
    [message, *_] = await journey.outbox()
    await journey.outbox()
    await journey.act("log_in", {"code": message.code})
    await journey.act("feedback_reports")
    await journey.act("next", {"org_type": "practice"})
    found = await journey.list_organizations("4802")
    assert found is not None
    rows = [found.rows[0].id]
    await journey.act("select", {"search": "4802", "match_case": False, "org_ids": rows})
    await journey.act("next", {"search": "4802", "match_case": False, "org_ids": rows})
    await journey.act("next", {"year": "2011", "report": "R-PQRS-2011", "action": "view"})
    await journey.act("confirm", {"purpose": "ce"})
    await _run(journey)
    await journey.act("download_csv")
    await _run(journey)
    await journey.act("logout")
    await journey.portal.close()


async def _run(journey: Journey) -> None:
    await journey.act("run_document")
    async for _ in journey.follow():
        pass


SCRIPT = """\
format = 1
title = "Captured walk"
description = "Captured from a real walk. Add captions (say), checks (expect) and pictures."

[run]
scenario = "SC-2018"

[vars]
user = "demo.grouprep"
practice = "ALDER CREEK DEMO CLINIC LLC:4802"

[[step]]
section = "Sign in"
open-login = true

[[step]]
accept-terms = true

[[step]]
enter-user-id = "${user}"

[[step]]
enter-password = true

[[step]]
choose-device = "email"

[[step]]
send-code = true

[[step]]
enter-code = "000000"
expect-error = "E-MFA-04"

[[step]]
read-outbox = true

[[step]]
enter-code = true

[[step]]
section = "Find the practice"
open-reports = true

[[step]]
choose-organization-type = "practice"

[[step]]
search-tin = "4802"

[[step]]
pick-tin = "${practice}"

[[step]]
continue = true
expect = { state = "S-RPTSEL" }

[[step]]
section = "Choose, attest, run"
choose-report = { year = "2011", report = "R-PQRS-2011", action = "view" }

[[step]]
attest = "ce"

[[step]]
run-report = true

[[step]]
section = "Read and export"
export = { format = "csv" }

[[step]]
log-out = true
"""


async def test_a_walk_becomes_a_script_that_the_linter_passes(tmp_path: Path) -> None:
    """A refused password is left out, a refused code is replaced, everything else is there."""
    captor = Captor()
    async with portal() as running:
        await walked(running, captor)
    text = script_text(captor.steps, title="Captured walk", scenario="SC-2018")
    assert text == SCRIPT
    assert captor.left_out == 1
    file = tmp_path / "captured.demo.toml"
    file.write_text(text)
    reading = read(str(file), {})
    assert reading.findings == ()
    assert reading.script is not None


def test_a_captured_script_passes_its_check(tmp_path: Path) -> None:
    """DEMO-CLI-06: what a person did once, the player does again (in plain mode, which is quicker)."""
    file = tmp_path / "captured.demo.toml"
    file.write_text(SCRIPT)
    assert main(["demo", "check", str(file), "--front-end", "plain"]) == 0


def page(state: str, *fields: Field, **parts: Any) -> Screen:
    """A screen of a portal that has more than the real one."""
    return screen(state, fields=list(fields), **parts)


def sent(before: Screen, act: str, after: Screen, **values: str | bool | list[str] | None) -> Answered:
    """An answered action."""
    return Answered(before, Act(state=before.state, step_token="t", action=act, values=values), after)


def captured(*sights: Answered | MailboxRead) -> tuple[str, Captor]:
    """The steps of a script, without what stands before them."""
    captor = Captor()
    for sight in sights:
        captor(sight)
    text = script_text(captor.steps, title="t", scenario="SC-2018")
    return text[text.find("[[step]]") :] if captor.steps else "", captor


NAME = Field(id="name", label="Name", kind="text", value="")
NEW_PASSWORD = Field(id="new_password", label="New password", kind="secret")
SAVE = action("save", primary=True)


def test_forms_that_no_verb_knows_become_fill_and_continue_or_do() -> None:
    """Unknown inputs: `fill` with what was changed, `continue` for the main action, `do` for another."""
    form = page("S-NEW", NAME, Field(id="kept", label="Kept", kind="text", value="as it was"), actions=[SAVE])
    text, captor = captured(
        sent(form, "save", page("S-DONE"), name='A $5 "fee"', kept="as it was"),
        sent(page("S-DONE"), "archive", page("S-DONE")),
    )
    assert (
        text
        == """\
[[step]]
fill = { name = "A $$5 \\"fee\\"" }

[[step]]
continue = true
expect = { state = "S-DONE" }

[[step]]
do = "archive"
expect = { state = "S-DONE" }
"""
    )
    assert captor.left_out == 0


def test_a_secret_that_no_verb_knows_is_left_out_and_counted() -> None:
    text, captor = captured(
        sent(page("S-NEW", NEW_PASSWORD, actions=[SAVE]), "save", page("S-DONE"), new_password="Secret-1234")
    )
    assert "Secret" not in text
    assert captor.left_out == 1


def test_full_tins_become_their_last_four_digits() -> None:
    """DEMO-RUN-06."""
    picker = page("S-ORGPICK", Field(id="search", label="Search for", kind="text", value=""))
    form = page("S-NEW", NAME, actions=[SAVE])
    text, _ = captured(
        sent(picker, "search", picker, search="12-3454802", match_case=False),
        sent(form, "save", form, name="TIN 123454802"),
    )
    assert 'search-tin = "4802"' in text
    assert 'name = "TIN 4802"' in text


def test_a_choice_of_a_row_searches_for_it_first_and_says_match_case_where_it_changed() -> None:
    """The full screen searches while one types: the search travels with the choice alone."""
    picker = page("S-ORGPICK", Field(id="search", label="Search for", kind="text", value=""))
    chosen = Field(
        id="org_ids", label="Selected", kind="picker", options=[Option(value="o1", label="ELM:0183")]
    )
    text, _ = captured(
        sent(picker, "select", page("S-ORGPICK", chosen), search="ELM", match_case=True, org_ids=["o1"])
    )
    assert 'search-tin = { text = "ELM", match-case = true }' in text
    assert 'pick-tin = "${practice}"' in text


def test_refusals_are_expected_and_time_is_not_a_step() -> None:
    attest = page("S-ATTEST", Field(id="purpose", label="Purpose", kind="radio"))
    refused = page("S-ATTEST", errors=[Problem(code="E-VAL-01", text="Choose one.")])
    text, _ = captured(
        sent(page("S-TERMS"), "stay", page("S-TERMS")),
        sent(page("S-REAUTH"), "confirm", page("S-ATTEST"), password="Walnut-Harbor-2468"),
        sent(attest, "confirm", refused, purpose=None),
        MailboxRead(),
        MailboxRead(),
    )
    assert 'expect-error = "E-VAL-01"' in text
    assert text.count("[[step]]") == 2
    assert "stay" not in text


def test_a_run_that_was_stopped_and_an_export_that_was_not_run() -> None:
    """`export` is a choice and a run; a script does not wait for what nobody waited for."""
    run, busy, report = page("S-RUN"), page("S-BUSY"), page("S-REPORT")
    text, _ = captured(sent(run, "run_document", busy), sent(busy, "cancel", run), sent(run, "back", report))
    assert text == '[[step]]\ngo-back = true\nexpect = { state = "S-REPORT" }\n'
    text, _ = captured(sent(report, "download_csv", run), sent(run, "back", report))
    assert (
        text
        == """\
[[step]]
do = "download_csv"
expect = { state = "S-RUN" }

[[step]]
go-back = true
expect = { state = "S-REPORT" }
"""
    )
