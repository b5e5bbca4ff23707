"""The portal's words that a script can use: states, actions, fields, codes, reports, personas, scenarios.

`vocabulary.json` is written from the server's tables by `tools/build_demo_vocabulary.py`, because the user
interface may not import the server; only what the client itself adds stands here.

    VOCABULARY.actions_in("S-TERMS")            -> {"accept": ("S-USER",), "decline": ("S-LAND",), ...}
    later("S-Q-LIST")                           -> 'Eligibility & Reporting'
"""

from functools import cached_property
from importlib.resources import files
from typing import Final

import msgspec
from msgspec import Struct

from tui.fixes import FIXES

CLIENT_NOTICES: Final = ("N-KEY-01", "N-RUN-01", "N-SESS-01", "N-SESS-03")
"""Notices that the client makes."""

PRIMARY: Final = {
    "S-LAND": "login",
    "S-HELP": "back",
    "S-TERMS": "accept",
    "S-USER": "next",
    "S-PASS": "send",
    "S-CODE": "log_in",
    "S-DISABLED": "help",
    "S-PWEXP": "save",
    "S-REAUTH": "confirm",
    "S-HOME": "feedback_reports",
    "S-ORGTYPE": "next",
    "S-ORGPICK": "next",
    "S-RPTSEL": "next",
    "S-ATTEST": "confirm",
    "S-ATTNO": "back",
    "S-RUN": "run_document",
    "S-BUSY": "cancel",
    "S-REPORT": "next_table",
}
"""The main action of a state, where the linter can tell where it leads."""

SETTLES: Final = {"S-BUSY": ("S-REPORT", "S-RUN", "S-ATTEST")}
"""States that a step never ends in, and those that follow by themselves."""

_LATER: Final = {
    "S-VERIFY": "Verify Report Portlet",
    "S-NPIREQ": "Request NPI-level reports",
    "S-FUID": "Forgot User ID",
    "S-FPW": "Forgot Password",
    "S-OTSC": "Unable to Access Security Code",
    "S-MFAREG": "Register MFA Device",
    "S-REG": "New User Registration",
    "S-PROFILE": "My Profile",
    "S-ROLEREQ": "Request Access",
    "S-ROLEQ": "Pending Role Requests",
    "S-REVIEW": "Informal Review Request",
    "S-Q-LIST": "Eligibility & Reporting",
    "S-Q-PRACTICE": "Practice Details & Clinicians",
    "S-Q-CLIN": "Complete eligibility details",
    "S-Q-ENTITY": "APM Entity Details & Participants",
    "S-Q-VG": "Participating Practices",
    "S-Q-CLIENTS": "Registry clients",
    "S-Q-ELECT": "Make an election",
    "S-Q-OVER": "Reporting Overview",
    "S-Q-UP": "Upload a File",
    "S-Q-QUAL": "Quality details",
    "S-Q-PI": "Promoting Interoperability details",
    "S-Q-IA": "Improvement Activities details",
    "S-Q-COST": "Cost details",
    "S-Q-RW": "Reweighting override confirmation",
    "S-Q-PIE": "Promoting Interoperability manual entry",
    "S-Q-IAE": "Improvement Activities manual entry",
}
"""States of the real portal's walk (portal-flow 3.1) that a version of this program may not have."""

_LATER_ACTIONS: Final = {"eligibility_reporting": "Eligibility & Reporting"}


class State(Struct, frozen=True):
    """A state of this version."""

    title: str
    actions: dict[str, tuple[str, ...]]
    """Action id -> states that it may lead to; `*` is anywhere."""


class Vocabulary(Struct, frozen=True, dict=True):
    """Everything that a script may name."""

    states: dict[str, State]
    everywhere: dict[str, tuple[str, ...]]
    """Actions of every state."""
    local_actions: tuple[str, ...]
    """Actions that the client carries out itself."""
    fields: tuple[str, ...]
    notices: tuple[str, ...]
    reports: dict[str, str]
    """Report id -> label."""
    labels: dict[str, tuple[str, ...]]
    """Verb -> labels of its choices, in the order of the verb's short words."""
    personas: tuple[str, ...]
    scenarios: tuple[str, ...]

    @cached_property
    def actions(self) -> tuple[str, ...]:
        """Every action id."""
        own = {name for state in self.states.values() for name in state.actions}
        return tuple(sorted({*own, *self.everywhere, *self.local_actions}))

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Every code of an error or a notice; some codes are used as both."""
        return tuple(sorted({*FIXES, *self.notices, *CLIENT_NOTICES}))

    def actions_in(self, state: str) -> dict[str, tuple[str, ...]]:
        """The actions of a state that are sent, with where they lead."""
        known = self.states.get(state)
        return {**self.everywhere, **(known.actions if known else {})}


def later(name: str) -> str | None:
    """What a state or action of a later version is called; None: the name is not one of those."""
    here = name in VOCABULARY.states or name in VOCABULARY.actions
    return None if here else _LATER.get(name) or _LATER_ACTIONS.get(name)


def _read() -> Vocabulary:
    source = files("tui.demo").joinpath("vocabulary.json").read_bytes()
    return msgspec.json.decode(source, type=Vocabulary)


VOCABULARY: Final = _read()
