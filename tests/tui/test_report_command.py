"""`qportal report`: the walk of the portal as a table, its refusals, its log-out (portal-flow 3.2, S-8)."""

import asyncio
import io
import json
from typing import Any

import msgspec
import pytest

from client.errors import PortalError, PortalUnreachable
from client.messages.report import Report
from client.messages.screen import Table, TableColumn, TableRow
from client.offer import CHOICES
from mock_server.flow.transitions import TRANSITIONS
from tests.tui.reporting import Desk, desk
from tui.commands.narration import Narrator
from tui.commands.practice_choice import pick
from tui.commands.refusals import NotDone, of_error
from tui.commands.report import NOT_TOLD, Fetched
from tui.commands.report_walk import OPTIONS, STEPS
from tui.report_text import report_text

MAIN_PATH = [
    *("A-TERMS-ACCEPT", "A-USER-ENTER", "A-PW-OK", "A-MFA-SENT", "A-MFA-OK", "A-LOGIN-OK", "A-ORGTYPE"),
    *("A-ORG-SEARCH", "A-ORG-SELECT", "A-RPT-SELECT", "A-ATTEST", "A-REPORT-RUN"),
]


async def stopped(at: Desk, **changes: Any) -> NotDone:
    """The refusal of a run."""
    try:
        await at.fetch(**changes)
    except PortalError as error:
        return of_error(error)
    except NotDone as refusal:
        return refusal
    raise AssertionError("nothing was refused")


# What comes back


async def test_the_report_is_fetched_and_the_login_ended() -> None:
    async with desk() as at:
        fetched = await at.fetch()
        assert fetched.report is not None
        text = report_text(fetched.report, 79)
        assert "Organization: ALDER CREEK DEMO CLINIC LLC:4802" in text
        assert "HIPAA Covered Entity (CE) provider" in text
        assert await at.audited() == [*MAIN_PATH, "A-LOGOUT"]
        assert at.secrets.asked == ["password", "code"]
        assert at.said.getvalue() == ""


async def test_a_file_is_the_portals_own_and_checked() -> None:
    async with desk() as at:
        fetched = await at.fetch(format="json")
        assert fetched.name == "r-pqrs-2011_4802_20181001-100000.json"
        assert json.loads(fetched.content)["title"].startswith("2011 Physician Quality Reporting System")
        assert await at.audited() == [*MAIN_PATH, "A-REPORT-DOWNLOAD", "A-LOGOUT"]


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "pdf", "json"])
async def test_every_format_that_the_portal_offers_comes_as_a_file(file_format: str) -> None:
    async with desk() as at:
        fetched = await at.fetch(format=file_format)
        assert fetched.name.startswith("r-pqrs-2011_4802_")
        starts = {"csv": b"PK", "xlsx": b"PK", "pdf": b"%PDF", "json": b"{"}
        assert fetched.content.startswith(starts[file_format])


async def test_the_table_and_the_file_are_the_same_report() -> None:
    async with desk() as at:
        viewed = (await at.fetch()).report
        filed = msgspec.json.decode((await at.fetch(format="json")).content)
        assert viewed is not None
        assert msgspec.convert(filed, Report, strict=False).sections == viewed.sections


async def test_tr_25_a_run_leaves_no_step_behind_and_takes_none_up() -> None:
    async with desk() as at:
        walk = await at.running.walk(client_id="test-installation")
        await walk.sign_in("demo.grouprep")
        await walk.act("feedback_reports")
        at.running.security.advance(60)
        await at.fetch()
        assert (await walk.read()).answer.screen.state == "S-ORGTYPE"


# Refusals


@pytest.mark.parametrize(
    ("changes", "code", "remedy"),
    [
        ({"user": "demo"}, "E-VAL-03", "Type at least 6 characters."),
        ({"user": "demo.ghost"}, "E-AUTH-01", "Check --user and the password"),
        ({"user": "demo.suspended"}, "E-AUTH-01", "Check --user and the password"),
        ({"user": "demo.locked"}, "E-AUTH-03", "See Help desk contacts"),
        ({"practice": "x" * 65}, "E-VAL-02", "Shorten"),
    ],
)
async def test_every_refusal_is_one_sentence_with_its_code_and_a_repair(
    changes: dict[str, str], code: str, remedy: str
) -> None:
    async with desk() as at:
        refusal = await stopped(at, **changes)
        assert refusal.sentence.endswith(f"({code})")
        assert refusal.remedy.startswith(remedy)
        assert refusal.code == 1
        assert "\n" not in refusal.sentence + refusal.remedy


async def test_a_wrong_password_is_asked_for_once() -> None:
    async with desk() as at:
        at.secrets.given = "not the password"
        refusal = await stopped(at)
        assert "(E-AUTH-01)" in refusal.sentence
        assert at.secrets.asked == ["password"]
        assert (await at.audited())[-2:] == ["A-PW-FAIL", "A-LOGIN-CANCEL"]


async def test_a_wrong_code_is_asked_for_once_and_voided() -> None:
    async with desk() as at:
        at.secrets.wrong_code = "000000"
        refusal = await stopped(at)
        assert "(E-MFA-04)" in refusal.sentence
        assert at.secrets.asked == ["password", "code"]
        assert (await at.audited())[-2:] == ["A-MFA-FAIL", "A-LOGIN-CANCEL"]


@pytest.mark.parametrize(
    ("changes", "sentence", "remedy"),
    [
        (
            {"year": 2012},
            "Select a Year: 2012 is not offered.",
            "Give --year one of: 2017, 2011.",
        ),
        ({"report": "R-X"}, "Select a Report: R-X is not offered.", "Give --report one of: R-PQRS-2011."),
        (
            {"org_type": "registry"},
            "Organization Type: registry is not offered.",
            "Give --org-type one of: practice.",
        ),
    ],
)
async def test_a_choice_that_is_not_offered_names_those_that_are(
    changes: dict[str, Any], sentence: str, remedy: str
) -> None:
    async with desk() as at:
        refusal = await stopped(at, **changes)
        assert (refusal.sentence, refusal.remedy) == (sentence, remedy)
        assert (await at.audited())[-1] == "A-LOGOUT"


async def test_f_rpt_02_a_choice_that_is_disabled_says_why() -> None:
    async with desk() as at:
        await at.running.set_clock(business="2012-03-01")
        refusal = await stopped(at)
        assert refusal.sentence.startswith("Select a Year: 2011 cannot be chosen: ")
        assert refusal.remedy == "Give another --year."


async def test_e_rpt_03_a_practice_without_the_report() -> None:
    async with desk("demo.noreport") as at:
        refusal = await stopped(at, practice="demo")
        assert "(E-RPT-03)" in refusal.sentence
        assert refusal.remedy == "Give another --practice, --report or --year."
        assert (await at.audited())[-1] == "A-LOGOUT"


@pytest.mark.parametrize(
    ("user", "state"), [("demo.expired", "Password expired"), ("demo.dormant", "Account disabled")]
)
async def test_a_state_that_the_command_cannot_answer_is_named(user: str, state: str) -> None:
    async with desk(user) as at:
        refusal = await stopped(at)
        assert f'The portal is at "{state}" (S-' in refusal.sentence
        assert "qportal --plain" in refusal.remedy


async def test_e_role_01_an_account_without_a_role() -> None:
    async with desk("demo.norole") as at:
        refusal = await stopped(at)
        assert refusal.sentence.endswith("(E-ROLE-01)")
        assert (await at.audited())[-1] == "A-LOGOUT"


async def test_the_accounts_warnings_are_said_even_where_nobody_watches() -> None:
    async with desk("demo.expiring") as at:
        await at.fetch()
        assert at.said.getvalue() == "Notice: Your password expires in 5 days.\n"


# Choosing the practice


async def test_f_org_03_several_rows_are_listed_masked() -> None:
    async with desk("demo.bulk") as at:
        refusal = await stopped(at, practice="harbor")
        assert refusal.sentence == '"harbor" matches 9696 practices; --practice must match one.'
        assert len(refusal.lines) == 11
        assert all(line.rpartition(":")[2].isdigit() for line in refusal.lines[:10])
        assert refusal.lines[10] == "and 9686 more"
        assert refusal.remedy == f'Give the whole row, for example --practice "{refusal.lines[0]}".'


async def test_f_org_14_a_row_can_be_given_as_it_was_listed() -> None:
    async with desk("demo.bulk") as at:
        refusal = await stopped(at, practice="YELLOW WREN DEMO PRACTICE")
        named = await at.fetch(practice=refusal.lines[0])
        assert named.report is not None
        fact = next(fact for fact in named.report.facts if fact.label == "Organization")
        assert fact.value == refusal.lines[0]


async def test_nothing_matches() -> None:
    async with desk() as at:
        refusal = await stopped(at, practice="zzz")
        assert refusal.sentence == 'Nothing in your list matches "zzz".'


def table(*texts: str, total: int | None = None) -> Table:
    rows = [TableRow(id=f"id-{number}", cells=[text, "Role"]) for number, text in enumerate(texts)]
    columns = [TableColumn(id="name", label="TIN"), TableColumn(id="roles", label="Role")]
    total = len(rows) if total is None else total
    return Table(columns=columns, rows=rows, page=1, pages=1, first=1, last=total, total=total, pager="")


def test_a_full_name_wins_over_names_that_contain_it() -> None:
    rows = table("OAK CLINIC:1111", "OAK CLINIC NORTH:2222")
    assert pick("oak  clinic", rows, "practice").row_id == "id-0"
    assert pick("OAK CLINIC NORTH:2222", rows, "practice").row_id == "id-1"
    with pytest.raises(NotDone):
        pick("oak", rows, "practice")


def test_two_practices_of_one_name_are_told_apart_by_their_last_four() -> None:
    rows = table("OAK CLINIC:1111", "OAK CLINIC:2222")
    with pytest.raises(NotDone):
        pick("OAK CLINIC", rows, "practice")
    picked = pick("OAK CLINIC:2222", rows, "practice")
    assert (picked.row_id, picked.search) == ("id-1", "OAK CLINIC 2222")


def test_one_row_on_a_page_of_many_is_not_one_match() -> None:
    with pytest.raises(NotDone):
        pick("oak", table("OAK CLINIC:1111", total=9), "practice")


# The table


def test_every_state_of_the_main_path_has_one_step_that_the_portal_knows() -> None:
    known = {(row.state, row.action) for row in TRANSITIONS}
    assert {(state, step.action) for state, step in STEPS.items()} <= known
    assert len({state for state, _ in known} & set(STEPS)) == len(STEPS) == 11


async def test_every_choice_of_the_walk_is_an_option_of_the_command() -> None:
    async with desk() as at:
        walk = await at.running.walk()
        pages = [
            (await walk.to_password("demo.grouprep")).screen,
            (await walk.sign_in(at.secrets.user)).screen,
        ]
        pages.append((await (await at.running.walk()).to_attest()).screen)
    found = {field.id for page in pages for field in page.fields if field.kind in CHOICES}
    assert found <= set(OPTIONS)


# Narration


async def test_s_8_a_watched_run_is_narrated_step_by_step() -> None:
    async with desk() as at:
        await at.fetch(watched=True)
        said = at.said.getvalue().splitlines()
        assert said[0] == "Connecting."
        assert "Notice: Success. If E-mail is registered" in at.said.getvalue()
        assert said[-1] == "Reading the report."
        assert len(said) == len(set(said))


class Said(io.StringIO):
    """Standard error that tells when something was said."""

    def __init__(self) -> None:
        super().__init__()
        self.something = asyncio.Event()

    def flush(self) -> None:
        self.something.set()


async def test_s_8_where_nobody_watches_only_a_slow_step_is_told() -> None:
    said, gate = Said(), asyncio.Event()
    narrator = Narrator(said, watched=False, quiet_s=0.02)
    await narrator.during("Quick.", asyncio.sleep(0))
    assert said.getvalue() == ""
    slow = asyncio.create_task(narrator.during("Slow.", gate.wait()))
    await said.something.wait()
    gate.set()
    await slow
    assert said.getvalue() == "Slow.\n"


@pytest.mark.sr("SR-CLI-05")
async def test_ssh_sec_01_neither_narration_nor_report_holds_a_secret() -> None:
    async with desk() as at:
        viewed, filed = await at.fetch(watched=True), await at.fetch(watched=True, format="json")
        assert viewed.report is not None
        shown = report_text(viewed.report, 79) + filed.content.decode() + at.said.getvalue() + repr(viewed)
        assert len(at.line.tokens) == 4  # each run: before the sign-in and after it
        assert not [secret for secret in (*at.line.tokens, at.secrets.given) if secret in shown]


# Leaving


async def cancelled(run: "asyncio.Task[Fetched]") -> None:
    run.cancel()
    with pytest.raises(asyncio.CancelledError):
        await run


async def test_an_interrupt_while_the_code_is_awaited_gives_the_attempt_up() -> None:
    async with desk() as at:
        at.secrets.answers = False
        run = asyncio.create_task(at.fetch())
        await at.secrets.asked_for_code.wait()
        await cancelled(run)
        assert (await at.audited())[-1] == "A-LOGIN-CANCEL"


@pytest.mark.parametrize(
    ("action", "last"),
    [
        ("accept", ["A-TERMS-ACCEPT", "A-LOGIN-CANCEL"]),
        ("send", ["A-MFA-SENT", "A-LOGIN-CANCEL"]),
        ("log_in", ["A-LOGIN-OK", "A-LOGOUT"]),
        ("feedback_reports", ["A-LOGIN-OK", "A-LOGOUT"]),
        ("confirm", ["A-ATTEST", "A-LOGOUT"]),
        ("run_document", ["A-LOGOUT"]),
    ],
)
async def test_w_4_an_interrupt_between_action_and_answer_leaves_no_login(
    action: str, last: list[str]
) -> None:
    async with desk() as at:
        at.line.lose_answer_to = action
        run = asyncio.create_task(at.fetch())
        await at.line.lost.wait()
        await cancelled(run)
        assert [event for event in await at.audited() if event != "A-REPORT-RUN"][-len(last) :] == last


async def test_ssh_hup_04_an_interrupt_never_attests() -> None:
    async with desk() as at:
        at.line.down_after = "confirm"
        with pytest.raises(PortalUnreachable):
            await at.fetch()
        assert (await at.audited()).count("A-ATTEST") == 1


@pytest.mark.sr("SR-SESS-08")
async def test_sr_sess_08_a_portal_that_is_gone_cannot_be_told() -> None:
    async with desk() as at:
        at.line.down_after = "next"
        with pytest.raises(PortalUnreachable):
            await at.fetch()
        assert at.said.getvalue() == f"{NOT_TOLD}\n"


async def test_a_file_that_is_no_text_does_not_go_to_a_terminal() -> None:
    async with desk() as at:
        refusal = await stopped(at, format="csv", stdout_tty=True)
        assert (refusal.code, refusal.remedy) == (2, "Add --output FILE.")
        assert "A-REPORT-RUN" not in await at.audited()
        assert (await at.audited())[-1] == "A-LOGOUT"
