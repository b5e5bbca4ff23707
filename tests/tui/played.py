"""Portals that play S-ORGPICK, as portal-flow 5.3 has it, and S-REPORT with a hand-made report.

Only the transport is replaced: the app, its Journey and the wire format are the real ones.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import StringIO
from typing import Any, ClassVar, cast

import httpx
import msgspec
from msgspec.structs import replace
from rich.console import Console
from textual.driver import Driver
from textual.pilot import Pilot

from client.messages.calls import Act, ListOrganizations
from client.messages.screen import (
    Action,
    Field,
    Notice,
    Option,
    Problem,
    ReportReference,
    Screen,
    Step,
    Table,
    TableColumn,
    TableRow,
)
from client.portal import Portal
from client.retry import RetryPolicy
from tests.tui.driving import lines_of
from tests.tui.fakes import ScriptedPortal, app_on
from tests.tui.pages import CLOCK, LOGIN, ORGANIZATION
from tests.tui.report_samples import report
from tui.full_screen import QportalApp
from tui.screens.portal import PortalScreen

COLORS = ("AMBER", "AZURE", "TEAL", "YELLOW")
THINGS = ("ANCHOR", "HARBOR", "WREN")


def practices(count: int) -> tuple[str, ...]:
    """Row texts in sort order."""
    names = [f"{color} {thing} DEMO PRACTICE" for color in COLORS for thing in THINGS]
    each = -(-count // len(names))
    texts = [f"{name} {number:03d}" for name in names for number in range(each)]
    return tuple(f"{text}:{index:04d}" for index, text in enumerate(texts[:count]))


@dataclass
class Organization:
    id: str
    text: str
    role: str = "Group Representative"


class PlayedPortal(ScriptedPortal):
    """A scripted portal that also answers list and report reads; a test may hold them back."""

    def __init__(self, first: Screen) -> None:
        super().__init__(first)
        self.lists: list[ListOrganizations] = []
        """List reads received, oldest first."""
        self.sections: list[list[str]] = []
        """Sections asked for with each report read."""
        self.reading = asyncio.Event()
        """Reads are answered while it is set."""
        self.reading.set()

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        if self.down:
            raise httpx.ConnectError("no route", request=request)
        match request.url.path.split("/"):
            case ["", "api", "flow", "list"]:
                asked = msgspec.json.decode(request.content, type=ListOrganizations)
                self.lists.append(asked)
                await self.reading.wait()
                return self._answer(self.organizations(asked.search, asked.match_case, asked.page))
            case ["", "api", "reports", _]:
                sections = request.url.params.get_list("section")
                self.sections.append(sections)
                await self.reading.wait()
                return self._answer(report(*sections, professionals=self.professionals))
            case _:
                return await super().__call__(request)

    professionals = 3

    async def connect(self) -> Portal:
        """A client on this transport that waits for reads that are held back."""
        policy = RetryPolicy(budget_s=0.05, operation_s=30)
        return Portal("http://127.0.0.1:1", transport=httpx.MockTransport(self), policy=policy)

    def organizations(self, search: str, match_case: bool, page: int) -> Table:
        """A page of the list."""
        raise NotImplementedError


class PickerPortal(PlayedPortal):
    """Search, paging and selection as the server does them."""

    def __init__(
        self, texts: Sequence[str] | None = None, *, page_rows: int = 1000, roles: Sequence[str] = ()
    ) -> None:
        texts = practices(2400) if texts is None else texts
        self.all = [Organization(f"org-{number}", text) for number, text in enumerate(texts)]
        for organization, role in zip(self.all, roles, strict=False):
            organization.role = role
        self.page_rows = page_rows
        self.selected: Organization | None = None
        self.search, self.match_case, self.number = "", False, 1
        super().__init__(self._screen())
        self.script = dict.fromkeys(
            (action.id for action in self.page.actions if action.id != "back"), self.act
        )

    def act(self, act: Act) -> Screen:
        """The answer to an action."""
        action, values = act.action, act.values
        before = (self.search, self.match_case)
        self.search, self.match_case = str(values["search"]), values["match_case"] is True
        if before != (self.search, self.match_case) or action == "search":
            self.number = 1
        ids = values["org_ids"]
        assert isinstance(ids, list)
        notices: list[Notice] = []
        if action == "select":
            new = next(item for item in self.all if item.id == ids[0])
            if self.selected is not None:
                text = f"{new.text} replaced {self.selected.text}. Only one selection is allowed."
                notices.append(Notice(code="N-ORG-02", level="info", text=text))
            self.selected = new
        elif action == "clear":
            self.selected = None
        elif action == "next" and not ids:
            refused = Problem(code="E-ORG-01", field="org_ids", text="Select a TIN.")
            return replace(self._screen(), errors=[refused])
        pages = self.organizations(self.search, self.match_case, 1).pages
        steps = {
            "next_page": self.number + 1,
            "prev_page": self.number - 1,
            "first_page": 1,
            "last_page": pages,
        }
        self.number = steps.get(action, self.number)
        return replace(self._screen(), notices=notices)

    def organizations(self, search: str, match_case: bool, page: int) -> Table:
        fold = str if match_case else str.casefold
        words = fold(search).split()
        found = [item for item in self.all if all(word in fold(item.text) for word in words)]
        first = (page - 1) * self.page_rows
        rows = [
            TableRow(id=item.id, cells=[item.text, item.role])
            for item in found[first : first + self.page_rows]
            if item is not self.selected
        ]
        last = min(first + self.page_rows, len(found))
        return Table(
            columns=[TableColumn(id="name", label="TIN"), TableColumn(id="roles", label="Role")],
            rows=rows,
            page=page,
            pages=max(1, -(-len(found) // self.page_rows)),
            first=first + 1 if found else 0,
            last=last,
            total=len(found),
            pager=f"{first + 1 if found else 0} - {last} of {len(found)}",
        )

    def _screen(self) -> Screen:
        picked = [Option(value=self.selected.id, label=self.selected.text)] if self.selected else []
        return Screen(
            state="S-ORGPICK",
            step_token="t",
            title="Select an organization",
            trail=["Sign in", "Organization", "Practice"],
            step=Step(number=8, total=12),
            intro=["TIN (Required)", "Select a TIN", "This prompt allows only one selection."],
            fields=[
                Field(
                    id="search",
                    label="Search for",
                    kind="text",
                    hint="Words of the name, or the last four digits",
                    max_len=64,
                    value=self.search or None,
                ),
                Field(id="match_case", label="Match case", kind="checkbox", value=self.match_case),
                Field(
                    id="org_ids",
                    label="TIN",
                    kind="picker",
                    required=True,
                    options=picked,
                    value=[option.value for option in picked],
                ),
            ],
            actions=[
                Action(id="next", label="Next", primary=True),
                Action(id="search", label="Search"),
                Action(id="select", label="Select"),
                Action(
                    id="clear", label="Clear selection", enabled=bool(picked), reason="Nothing is selected."
                ),
                *(
                    Action(id=f"{where}_page", label=f"{where} page")
                    for where in ("first", "prev", "next", "last")
                ),
                Action(id="back", label="Back"),
            ],
            table=self.organizations(self.search, self.match_case, self.number),
            clock=CLOCK,
            login=LOGIN,
        )


class ReportPortal(PlayedPortal):
    """S-REPORT with the hand-made report; sections come when they are asked for."""

    def __init__(self, professionals: int = 3) -> None:
        self.professionals = professionals
        super().__init__(REPORT_PAGE)


REPORT_PAGE = Screen(
    state="S-REPORT",
    step_token="t",
    title="2011 PQRS Feedback Report",
    trail=["Practice", "Report", "Attestation", "Run", "Report view"],
    step=Step(number=12, total=12),
    actions=[
        Action(id="next_table", label="Next table", primary=True, local=True),
        Action(id="prev_table", label="Previous table", local=True),
        Action(id="another_report", label="Another report"),
        Action(id="change_org", label="Change organization"),
        Action(id="home", label="My Portal"),
        Action(id="back", label="Back"),
    ],
    report=ReportReference(id="run-1", title="2011 PQRS Feedback Report", first_section="TIN"),
    clock=CLOCK,
    login=LOGIN,
    org=ORGANIZATION,
)


def text_of(pilot: Pilot[Any]) -> list[str]:
    """The characters of the visible screen, line by line."""
    return lines_of(cast("QportalApp", pilot.app))


async def until(pilot: Pilot[Any], true: Callable[[], bool]) -> None:
    """Wait for a condition, some seconds at most."""
    for _ in range(500):
        if true():
            return
        await pilot.pause(0.01)
    raise AssertionError("\n".join(text_of(pilot)))


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys one after the other, each answered before the next."""
    app: Any = pilot.app
    for key in keys:
        await until(pilot, lambda: app._visible_since is not None and not app.session.acting)
        await pilot.press(key)
        await pilot.pause()


class KeptDriver(Driver):
    """A terminal that keeps what is written, for byte counts."""

    written: ClassVar[list[str]] = []

    def write(self, data: str) -> None:
        self.written.append(data)

    @property
    def is_headless(self) -> bool:
        return False

    def start_application_mode(self) -> None: ...
    def disable_input(self) -> None: ...
    def stop_application_mode(self) -> None: ...

    @classmethod
    def take(cls) -> str:
        """What was written since the last time."""
        data = "".join(cls.written)
        cls.written.clear()
        return data


@asynccontextmanager
async def opened(
    portal: PlayedPortal,
    size: tuple[int, int] = (80, 24),
    *,
    kept: bool = False,
    **options: Any,
) -> AsyncIterator[tuple[Pilot[Any], Any]]:
    """The app on a played portal, once its first page is there: the pilot and the screen.

    With `kept`, what the app writes goes to `KeptDriver` in truecolor.
    """
    app = app_on(portal, **options)
    if kept:
        app.driver_class = KeptDriver
        app.console = Console(
            color_system="truecolor", force_terminal=True, legacy_windows=False, file=StringIO()
        )
    async with app.run_test(headless=not kept, size=size) as pilot:
        await until(pilot, lambda: isinstance(app.base, PortalScreen) and app.visible_for() > 0)
        await pilot.pause()
        yield pilot, app.base
