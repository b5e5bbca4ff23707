"""How to get to every state, and what its actions are sent with: the map for tests over the whole table.

    walk = await at(running, "S-RPTSEL")
    for move in MOVES: ...   # one happy way through each row of the transition table

A report that is being run stands still until `HeldReport.release` (S-BUSY can be looked at).
"""

import threading
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field

from client.messages.report import Report
from client.messages.screen import FieldValue
from mock_server.flow.engines import WHOLE, RunFacts, Subject
from mock_server.flow.pqrs_2011 import Pqrs2011
from mock_server.scenario.organizations import ORGANIZATIONS, Organization
from mock_server.scenario.personas import COMMON_PASSWORD
from tests.support.portal import RunningPortal, Walk

ALDER = ORGANIZATIONS["O-01"].org_id
CHOICE = {"year": "2011", "report": "R-PQRS-2011", "action": "view"}
NEW_PASSWORD = "Plain-Kettle-Orbit-91"


class HeldReport(Pqrs2011):
    """The report of 2011, built only once it is released (within 20 seconds)."""

    def __init__(self) -> None:
        self.release = threading.Event()
        self.built = 0

    def build(
        self,
        organization: Organization,
        facts: RunFacts,
        sections: Collection[str] | None = None,
        subject: Subject = WHOLE,
    ) -> Report:
        """See `ReportEngine`."""
        if not self.release.wait(20):
            raise TimeoutError
        self.built += 1
        return super().build(organization, facts, sections, subject)


async def _landing(running: RunningPortal) -> Walk:
    return await running.walk()


async def _terms(running: RunningPortal) -> Walk:
    walk = await running.walk()
    await walk.act("login")
    return walk


async def _help(running: RunningPortal) -> Walk:
    walk = await running.walk()
    await walk.act("help")
    return walk


async def _user(running: RunningPortal) -> Walk:
    return await (await running.walk()).to_user()


async def _password(running: RunningPortal) -> Walk:
    return await (await running.walk()).to_password("demo.grouprep")


async def _code(running: RunningPortal) -> Walk:
    return await (await running.walk()).to_code("demo.grouprep")


async def _disabled(running: RunningPortal) -> Walk:
    return await (await running.walk()).to_code("demo.dormant", "email")


async def _password_expired(running: RunningPortal) -> Walk:
    return await (await running.walk()).sign_in("demo.expired")


async def _home(running: RunningPortal) -> Walk:
    return await (await running.walk()).sign_in("demo.grouprep")


async def _org_type(running: RunningPortal) -> Walk:
    walk = await _home(running)
    await walk.act("feedback_reports")
    return walk


async def _picker(running: RunningPortal) -> Walk:
    return await (await running.walk()).to_picker()


async def _choice(running: RunningPortal) -> Walk:
    return await (await running.walk()).to_choice()


async def _attest(running: RunningPortal) -> Walk:
    return await (await running.walk()).to_attest()


async def _refused(running: RunningPortal) -> Walk:
    walk = await _attest(running)
    await walk.act("confirm", purpose="neither")
    return walk


async def _run(running: RunningPortal) -> Walk:
    return await (await running.walk()).to_run()


async def _busy(running: RunningPortal) -> Walk:
    walk = await _run(running)
    await walk.act("run_document")
    return walk


async def _report(running: RunningPortal) -> Walk:
    return await (await running.walk()).to_report()


async def _locked(running: RunningPortal) -> Walk:
    walk = await _choice(running)
    running.security.advance(915)
    await walk.read()
    return walk


STATIONS: dict[str, Callable[[RunningPortal], Awaitable[Walk]]] = {
    "S-LAND": _landing,
    "S-TERMS": _terms,
    "S-HELP": _help,
    "S-USER": _user,
    "S-PASS": _password,
    "S-CODE": _code,
    "S-DISABLED": _disabled,
    "S-PWEXP": _password_expired,
    "S-HOME": _home,
    "S-ORGTYPE": _org_type,
    "S-ORGPICK": _picker,
    "S-RPTSEL": _choice,
    "S-ATTEST": _attest,
    "S-ATTNO": _refused,
    "S-RUN": _run,
    "S-BUSY": _busy,
    "S-REPORT": _report,
    "S-REAUTH": _locked,
}
"""Every built state with a way to it. S-BUSY needs a `HeldReport`."""


async def at(running: RunningPortal, state: str) -> Walk:
    """A walk that stands at that state."""
    walk = await STATIONS[state](running)
    if walk.screen.state != state:
        raise AssertionError(f"the way to {state} ends at {walk.screen.state}: {walk.codes}")
    return walk


@dataclass(frozen=True, slots=True)
class Move:
    """One action of one state with values that succeed."""

    state: str
    action: str
    to: str
    values: Mapping[str, FieldValue] = field(default_factory=dict)
    first: tuple[tuple[str, Mapping[str, FieldValue]], ...] = ()
    """Actions before it, where it is not possible at once."""


def _pages(action: str, *first: str) -> Move:
    return Move("S-ORGPICK", action, "S-ORGPICK", {"search": ""}, tuple((name, {}) for name in first))


_PICKED: dict[str, FieldValue] = {"org_ids": [ALDER]}

MOVES: tuple[Move, ...] = (
    Move("S-LAND", "login", "S-TERMS"),
    Move("S-LAND", "help", "S-HELP"),
    Move("S-HELP", "back", "S-LAND"),
    Move("S-TERMS", "accept", "S-USER"),
    Move("S-TERMS", "decline", "S-LAND"),
    Move("S-USER", "next", "S-PASS", {"user_id": "demo.grouprep"}),
    Move("S-USER", "cancel", "S-LAND"),
    Move("S-USER", "stay", "S-USER"),
    Move("S-PASS", "send", "S-CODE", {"password": COMMON_PASSWORD, "mfa_type": "email"}),
    Move("S-PASS", "back", "S-USER"),
    Move("S-PASS", "cancel", "S-LAND"),
    Move("S-PASS", "stay", "S-PASS"),
    Move("S-DISABLED", "cancel", "S-LAND"),
    Move("S-CODE", "log_in", "S-HOME", {"code": "{code}"}),
    Move("S-CODE", "resend", "S-CODE"),
    Move("S-CODE", "change_device", "S-PASS"),
    Move("S-CODE", "cancel", "S-LAND"),
    Move(
        "S-PWEXP",
        "save",
        "S-HOME",
        {"new_password": NEW_PASSWORD, "confirm_password": NEW_PASSWORD},
    ),
    Move("S-PWEXP", "cancel", "S-LAND"),
    Move("S-REAUTH", "confirm", "S-RPTSEL", {"password": COMMON_PASSWORD}),
    Move("S-REAUTH", "logout", "S-LAND"),
    Move("S-HOME", "feedback_reports", "S-ORGTYPE"),
    Move("S-HOME", "performance_feedback", "S-ORGTYPE"),
    Move("S-HOME", "logout", "S-LAND"),
    Move("S-ORGTYPE", "next", "S-ORGPICK", {"org_type": "practice"}),
    Move("S-ORGTYPE", "back", "S-HOME"),
    Move("S-ORGPICK", "next", "S-RPTSEL", _PICKED),
    Move("S-ORGPICK", "search", "S-ORGPICK", {"search": "alder", "match_case": False}),
    Move("S-ORGPICK", "select", "S-ORGPICK", _PICKED),
    Move("S-ORGPICK", "clear", "S-ORGPICK", {}, (("select", _PICKED),)),
    _pages("first_page"),
    _pages("last_page"),
    Move("S-ORGPICK", "back", "S-ORGTYPE"),
    Move("S-RPTSEL", "next", "S-ATTEST", CHOICE),
    Move("S-RPTSEL", "back", "S-ORGPICK"),
    Move("S-ATTEST", "confirm", "S-RUN", {"purpose": "ba"}),
    Move("S-ATTEST", "back", "S-RPTSEL"),
    Move("S-ATTEST", "cancel", "S-HOME"),
    Move("S-ATTNO", "back", "S-ATTEST"),
    Move("S-ATTNO", "home", "S-HOME"),
    Move("S-RUN", "run_document", "S-BUSY"),
    Move("S-RUN", "back", "S-RPTSEL"),
    Move("S-RUN", "cancel", "S-HOME"),
    Move("S-BUSY", "cancel", "S-RUN"),
    Move("S-REPORT", "download_json", "S-RUN"),
    Move("S-REPORT", "another_report", "S-RPTSEL"),
    Move("S-REPORT", "change_org", "S-ORGPICK"),
    Move("S-REPORT", "home", "S-HOME"),
    Move("S-REPORT", "back", "S-RUN"),
)
"""One move for every row of the transition table; paging between pages has tests of its own."""


async def ready(running: RunningPortal, move: Move) -> tuple[Walk, dict[str, FieldValue]]:
    """A walk at the move's state and the values to send, codes filled in."""
    walk = await at(running, move.state)
    for action, values in move.first:
        await walk.act(action, values)
    if move.action == "resend":
        running.security.advance(30)
    values = dict(move.values)
    if values.get("code") == "{code}":
        values["code"] = await walk.code("demo.grouprep")
    return walk, values
