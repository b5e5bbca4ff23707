"""The transition table (portal-flow 3.3): every action of every state and the function that carries it out.

A row names where an action may lead; a test follows every row and finds no other place. Adding a state means
adding rows here and a StateDefinition in its group's module.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from mock_server.flow import (
    attestation,
    home,
    landing,
    lock,
    organizations,
    password_expired,
    report_choice,
    running,
    security_code,
    sign_in,
)
from mock_server.flow.context import Context, Goto, Outcome
from mock_server.flow.forms import Values

Run = Callable[[Context, Values], Outcome]


@dataclass(frozen=True, slots=True)
class Transition:
    """One action of one state; `*` stands for every state."""

    id: str
    state: str
    action: str
    to: tuple[str, ...]
    """States it may lead to; staying with an error is always possible."""
    run: Run
    submits: bool = False
    """Whether the state's fields are validated first (F-GEN-02)."""
    before: Callable[[Context, Values], None] | None = None
    """Checks that come before the fields."""
    guarded: bool = False
    """Not offered where its own guard would refuse; asked for all the same, the guard's error answers."""


def go(state: str) -> Run:
    """An action that only leads somewhere; nothing is lost but secrets."""

    def run(ctx: Context, values: Values) -> Goto:
        return Goto(state)

    return run


_ANYWHERE = ("*",)

TRANSITIONS: tuple[Transition, ...] = (
    Transition("TR-00", "*", "help", ("S-HELP",), landing.open_help),
    Transition("TR-00", "S-HELP", "back", _ANYWHERE, landing.leave_help),
    Transition("TR-23", "*", "logout", ("S-LAND",), lock.log_out),
    Transition("TR-01", "S-LAND", "login", ("S-TERMS",), landing.login),
    Transition("TR-03", "S-TERMS", "accept", ("S-USER",), landing.accept),
    Transition("TR-04", "S-TERMS", "decline", ("S-LAND",), landing.decline),
    Transition(
        "TR-05",
        "S-USER",
        "next",
        ("S-PASS", "S-LAND"),
        sign_in.enter_user,
        submits=True,
        before=sign_in.attempt_is_alive,
    ),
    Transition("TR-10", "S-USER", "cancel", ("S-LAND",), sign_in.cancel),
    Transition("TR-46", "S-USER", "stay", ("S-USER", "S-LAND"), sign_in.stay),
    Transition("TR-06", "S-PASS", "send", ("S-CODE", "S-DISABLED", "S-LAND"), sign_in.send, submits=True),
    Transition("back", "S-PASS", "back", ("S-USER",), sign_in.back_to_user),
    Transition("TR-10", "S-PASS", "cancel", ("S-LAND",), sign_in.cancel),
    Transition("TR-46", "S-PASS", "stay", ("S-PASS", "S-LAND"), sign_in.stay),
    Transition("TR-10", "S-DISABLED", "cancel", ("S-LAND",), sign_in.cancel),
    Transition("TR-07", "S-CODE", "log_in", _ANYWHERE, security_code.log_in, submits=True),
    Transition("TR-08", "S-CODE", "resend", ("S-CODE", "S-LAND"), security_code.resend),
    Transition("TR-09", "S-CODE", "change_device", ("S-PASS", "S-LAND"), security_code.change_device),
    Transition("TR-10", "S-CODE", "cancel", ("S-LAND",), sign_in.cancel),
    Transition("TR-11", "S-PWEXP", "save", _ANYWHERE, password_expired.save, submits=True),
    Transition("4.9", "S-PWEXP", "cancel", ("S-LAND",), password_expired.cancel),
    Transition("TR-28", "S-REAUTH", "confirm", _ANYWHERE, lock.confirm, submits=True),
    Transition("TR-12", "S-HOME", "feedback_reports", ("S-ORGTYPE",), home.feedback_reports, guarded=True),
    Transition(
        "TR-12", "S-HOME", "performance_feedback", ("S-ORGTYPE",), home.performance_feedback, guarded=True
    ),
    Transition(
        "TR-14",
        "S-ORGTYPE",
        "next",
        ("S-ORGPICK",),
        organizations.choose_org_type,
        submits=True,
        before=organizations.org_type_is_offered,
    ),
    Transition("back", "S-ORGTYPE", "back", ("S-HOME",), go("S-HOME")),
    Transition("TR-15", "S-ORGPICK", "next", ("S-RPTSEL",), organizations.next_step, submits=True),
    Transition("W-6", "S-ORGPICK", "search", ("S-ORGPICK",), organizations.search, submits=True),
    Transition("W-6", "S-ORGPICK", "select", ("S-ORGPICK",), organizations.select, submits=True),
    Transition("W-6", "S-ORGPICK", "clear", ("S-ORGPICK",), organizations.clear, submits=True),
    *(
        Transition(
            "W-6",
            "S-ORGPICK",
            f"{to}_page",
            ("S-ORGPICK",),
            partial(organizations.turn_page, to=to),
            submits=True,
        )
        for to in ("first", "prev", "next", "last")
    ),
    Transition("back", "S-ORGPICK", "back", ("S-ORGTYPE",), go("S-ORGTYPE")),
    Transition(
        "TR-16",
        "S-RPTSEL",
        "next",
        ("S-ATTEST", "S-RUN", "S-ORGPICK"),
        report_choice.next_step,
        submits=True,
        before=report_choice.before_choice,
    ),
    Transition("back", "S-RPTSEL", "back", ("S-ORGPICK",), go("S-ORGPICK")),
    Transition(
        "TR-17",
        "S-ATTEST",
        "confirm",
        ("S-RUN", "S-ATTNO", "S-ORGPICK"),
        attestation.confirm,
        submits=True,
        before=attestation.purpose_is_given,
    ),
    Transition("back", "S-ATTEST", "back", ("S-RPTSEL",), go("S-RPTSEL")),
    Transition("5.5", "S-ATTEST", "cancel", ("S-HOME",), go("S-HOME")),
    Transition("back", "S-ATTNO", "back", ("S-ATTEST",), go("S-ATTEST")),
    Transition("F-ATT-03", "S-ATTNO", "home", ("S-HOME",), go("S-HOME")),
    Transition("TR-18", "S-RUN", "run_document", ("S-BUSY", "S-ATTEST", "S-ORGPICK"), running.run_document),
    Transition("back", "S-RUN", "back", ("S-RPTSEL", "S-REPORT"), running.leave_run),
    Transition("5.6", "S-RUN", "cancel", ("S-HOME",), go("S-HOME")),
    Transition("TR-21", "S-BUSY", "cancel", ("S-RUN",), running.cancel_run),
    *(
        Transition(
            "TR-22",
            "S-REPORT",
            f"download_{action}",
            ("S-RUN", "S-ATTEST", "S-ORGPICK"),
            partial(running.download_as, action=action),
        )
        for action in running.DOWNLOADS
    ),
    Transition("TR-22", "S-REPORT", "another_report", ("S-RPTSEL",), go("S-RPTSEL")),
    Transition("TR-22", "S-REPORT", "change_org", ("S-ORGPICK",), go("S-ORGPICK")),
    Transition("TR-22", "S-REPORT", "home", ("S-HOME",), go("S-HOME")),
    Transition("back", "S-REPORT", "back", ("S-RUN",), go("S-RUN")),
)

_BY_ACTION = {(row.state, row.action): row for row in TRANSITIONS}


def transition_for(state: str, action: str) -> Transition | None:
    """The row of an action in a state; None: there is no such action."""
    return _BY_ACTION.get((state, action)) or _BY_ACTION.get(("*", action))
