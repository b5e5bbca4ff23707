"""The walk of `qportal report`: state -> action and values, and nothing of the workflow besides (F-GEN-10).

The portal decides what comes next. This table fills in what it asks for, each state once; a state that is not
in it, or comes again, ends the run with its name.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

from client.journey import BUSY, Journey
from client.messages.screen import Field, FieldValue, Problem, Screen
from client.offer import CHOICES
from tui.commands.level_choice import clinician_values, level_values
from tui.commands.narration import Narrator
from tui.commands.practice_choice import pick, search_words
from tui.commands.refusals import NotDone, of_problem
from tui.commands.report_order import TABLE, VIEW, Order
from tui.commands.secret_entry import Secrets

Values = Mapping[str, FieldValue]
OPTIONS: Final = {
    "mfa_type": "--device",
    "org_type": "--org-type",
    "year": "--year",
    "report": "--report",
    "level": "--level",
    "clinician": "--clinician",
    "action": "--format",
    "purpose": "--purpose",
}
"""Field -> the option that fills it in."""

FileNamed = Callable[[str], None]
"""Told the name of the file before it is produced; may raise `NotDone`."""

LARGEST_LIST: Final = 1000
"""Rows of one answer of the picker (X-22)."""
_GREETING: Final = "S-LAND"
"""Its notices are the same for everybody."""
_ACCOUNT: Final = "S-HOME"
"""Its warnings are about the account: a password that expires, an unusual sign-in."""


class Walk:
    """One run: the journey, and what its fields are filled with."""

    def __init__(
        self, journey: Journey, order: Order, secrets: Secrets, narrator: Narrator, file_named: FileNamed
    ) -> None:
        self.journey = journey
        self.order = order
        self.secrets = secrets
        self.narrator = narrator
        self.file_named = file_named

    async def run(self) -> Screen:
        """Walk to the report, or to the file that waits. `NotDone` where the portal refuses."""
        page = await self.narrator.during("Connecting.", self.journey.start())
        passed: set[str] = set()
        while not _arrived(page):
            page = await self._followed() if page.state == BUSY else await self._stepped(page, passed)
            if page.errors:
                raise of_problem(page.errors[0])
        return page

    async def _stepped(self, page: Screen, passed: set[str]) -> Screen:
        step = STEPS.get(page.state)
        if step is None or page.state in passed:
            raise _unexpected(page)
        passed.add(page.state)
        _check_action(page, step.action)
        self._notice(page)
        values = await step.values(self, page)
        self.check_choices(values)
        return await self.narrator.during(step.doing, self.journey.act(step.action, values))

    async def _followed(self) -> Screen:
        async def end() -> Screen:
            async for _ in self.journey.follow():
                pass
            return self.journey.screen

        return await self.narrator.during("Waiting for the report.", end())

    def _notice(self, page: Screen) -> None:
        """Warnings of the account are always said, other notices to somebody who reads along."""
        for notice in page.notices:
            say = self.narrator.say if page.state == _ACCOUNT else self.narrator.aside
            if notice.level != "info" and page.state != _GREETING:
                say(f"Notice: {notice.text}")

    def check_choices(self, values: Values) -> None:
        """Raise `NotDone` for a choice that the screen does not offer, naming those it does."""
        offer = self.journey.offer(values)
        for field in offer.fields:
            if field.kind in CHOICES and field.id in values:
                _check_choice(field, values[field.id])


@dataclass(frozen=True)
class Step:
    """What to do in one state."""

    action: str
    values: Callable[[Walk, Screen], Awaitable[Values]]
    doing: str


async def _nothing(walk: Walk, page: Screen) -> Values:
    return {}


async def _user(walk: Walk, page: Screen) -> Values:
    return {"user_id": walk.order.user}


async def _password(walk: Walk, page: Screen) -> Values:
    return {"password": await walk.secrets.password(), "mfa_type": walk.order.device}


async def _code(walk: Walk, page: Screen) -> Values:
    return {"code": await walk.secrets.code()}


async def _org_type(walk: Walk, page: Screen) -> Values:
    return {"org_type": walk.order.org_type}


async def _practice(walk: Walk, page: Screen) -> Values:
    """The one row that is meant, with the search that led to it."""
    text = walk.order.practice
    table = await walk.narrator.during(
        "Searching the list.", walk.journey.list_organizations(search_words(text), limit=LARGEST_LIST)
    )
    if table is None:
        raise _unexpected(page)
    picked = pick(text, table, walk.order.org_type)
    return {"search": picked.search, "match_case": False, "org_ids": [picked.row_id]}


async def _request(walk: Walk, page: Screen) -> Values:
    order = walk.order
    request = {"year": str(order.year), "report": order.report, "action": order.action}
    walk.check_choices(request)
    request |= level_values(order, walk.journey.offer(request))
    walk.check_choices(request)
    return request | clinician_values(order, walk.journey.offer(request))


async def _purpose(walk: Walk, page: Screen) -> Values:
    return {"purpose": walk.order.purpose}


async def _run(walk: Walk, page: Screen) -> Values:
    target = page.field("path")
    if target is not None and isinstance(target.value, str):
        walk.file_named(target.value)
    return {}


STEPS: Final[Mapping[str, Step]] = {
    "S-LAND": Step("login", _nothing, "Opening the terms."),
    "S-TERMS": Step("accept", _nothing, "Accepting the terms."),
    "S-USER": Step("next", _user, "Entering the User ID."),
    "S-PASS": Step("send", _password, "Checking the password."),
    "S-CODE": Step("log_in", _code, "Checking the security code."),
    "S-HOME": Step("feedback_reports", _nothing, "Opening the feedback reports."),
    "S-ORGTYPE": Step("next", _org_type, "Choosing the organization type."),
    "S-ORGPICK": Step("next", _practice, "Choosing the practice."),
    "S-RPTSEL": Step("next", _request, "Choosing the report."),
    "S-ATTEST": Step("confirm", _purpose, "Confirming the purpose."),
    "S-RUN": Step("run_document", _run, "Starting the report."),
}
"""Every state between the first page and the report."""


def _arrived(page: Screen) -> bool:
    return page.report is not None or page.download is not None


def _check_action(page: Screen, action: str) -> None:
    """The step's action must be offered; where it is not, a notice with an E-code says why (S-HOME)."""
    offered = page.action(action)
    if offered is not None and offered.enabled:
        return
    for notice in page.notices:
        if notice.code.startswith("E-"):
            raise of_problem(Problem(code=notice.code, text=notice.text))
    raise _unexpected(page)


def _check_choice(field: Field, value: FieldValue) -> None:
    chosen = next((option for option in field.options if option.value == value), None)
    if chosen is not None and chosen.enabled:
        return
    if chosen is not None:
        reason = (chosen.reason or "not now").rstrip(".")
        raise NotDone(
            f"{field.label}: {chosen.label} cannot be chosen: {reason}.", f"Give another {OPTIONS[field.id]}."
        )
    offered = [_in_words(option.value) for option in field.options if option.enabled]
    raise NotDone(
        f"{field.label}: {_in_words(str(value))} is not offered.",
        f"Give {OPTIONS.get(field.id, field.id)} one of: {', '.join(offered)}." if offered else "",
    )


def _in_words(value: str) -> str:
    """The command line's word for a value of the portal."""
    return TABLE if value == VIEW else value


def _unexpected(page: Screen) -> NotDone:
    """A state that this command has no answer for; it is named, with what it says."""
    says = f" {page.intro[0]}" if page.intro else ""
    return NotDone(
        f'The portal is at "{page.title}" ({page.state}), which this command cannot answer.{says}',
        "Sign in with qportal or qportal --plain and see what it asks for.",
    )
