"""A portal made of prepared answers, for tests of the client alone; what comes in is kept."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

import httpx
import msgspec
from msgspec.structs import replace

from client.journey import Journey
from client.messages.calls import Envelope, ErrorBody, FlowAnswer
from client.messages.screen import Action, Clock, Field, Login, Screen
from client.portal import Portal

NOW = datetime(2018, 10, 1, 14, 0, tzinfo=UTC)
DATE = "Mon, 01 Oct 2018 14:00:00 GMT"
JSON = "application/json; charset=utf-8"

Answer = httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]


def screen(state: str = "S-LAND", token: str = "step-1", **changes: Any) -> Screen:
    """A Screen with only what a test is about."""
    made = Screen(state=state, step_token=token, title=state, clock=Clock(business_now=NOW))
    return replace(made, **changes)


def login(user_id: str = "demo.grouprep") -> Login:
    """A signed-in person."""
    return Login(user_id=user_id, role_labels=[], idle_expires_at=NOW, absolute_expires_at=NOW)


def field(name: str, kind: str = "text", **changes: Any) -> Field:
    """A field whose label is its id."""
    return Field(id=name, label=name, kind=kind, **changes)  # type: ignore[arg-type]


def action(name: str, **changes: Any) -> Action:
    """An action whose label is its id."""
    return Action(id=name, label=name, **changes)


def data(value: object, status: int = 200, **headers: str) -> httpx.Response:
    """An answer with data."""
    return reply(Envelope(data=value), status, **headers)


def flow(
    page: Screen, *, token: str | None = None, error: ErrorBody | None = None, status: int = 200
) -> httpx.Response:
    """A flow answer, refused if it has an error."""
    return reply(Envelope(data=FlowAnswer(screen=page, flow_token=token), error=error), status)


def refused(code: str | None, kind: str = "", *, status: int = 401, **headers: str) -> httpx.Response:
    """A refusal without data."""
    body = ErrorBody(type=kind or code or "", code=code, message=f"Refused: {code or kind}.", request_id="R1")
    return reply(Envelope(error=body), status, **headers)


def reply(envelope: object, status: int = 200, **headers: str) -> httpx.Response:
    """Any envelope as an HTTP answer."""
    sent = {"content-type": JSON, "date": DATE, "x-request-id": "R1"}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, headers=sent, content=msgspec.json.encode(envelope))


class Script:
    """Prepared answers in order, the last one again and again; `asked` keeps the requests."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.asked: list[httpx.Request] = []
        self.held: dict[str, asyncio.Event] = {}
        """Verb -> an event that its answers wait for."""

    def then(self, *answers: Answer) -> None:
        """Replace what is still to come."""
        self.answers = list(answers)

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        self.asked.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if request.method in self.held:
            await self.held[request.method].wait()
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, httpx.Response) else answer(request)

    def hold(self, method: str) -> asyncio.Event:
        """Keep answers to a verb back until the event is set."""
        return self.held.setdefault(method, asyncio.Event())

    async def has_asked(self, count: int) -> None:
        """Wait until so many requests have come."""
        while len(self.asked) < count:  # noqa: ASYNC110 - every request is a step of the loop
            await asyncio.sleep(0)

    def body(self, index: int = -1) -> dict[str, Any]:
        """What a request carried."""
        return dict(msgspec.json.decode(self.asked[index].content))

    @property
    def paths(self) -> list[str]:
        """Verb and path of each request."""
        return [f"{request.method} {request.url.path}" for request in self.asked]


class FakeTime:
    """A monotonic clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        """The time."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Let it pass."""
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


def portal(script: Script, *, time: FakeTime | None = None, **options: Any) -> Portal:
    """A Portal on a script; its waits are always the longest and take no real time."""
    clock = time or FakeTime()
    return Portal(
        "http://127.0.0.1:8000",
        transport=httpx.MockTransport(script),
        monotonic=clock.monotonic,
        sleep=clock.sleep,
        fraction=lambda: 0.999999,
        **options,
    )


async def journey(script: Script, first: Iterable[Answer] = (), *, time: FakeTime | None = None) -> Journey:
    """A started Journey: the script answers S-LAND first, then what it was made for."""
    rest = script.answers
    script.then(*first or (flow(screen(), token="token-1", status=201),), *rest)
    clock = time or FakeTime()
    made = Journey(
        portal(script, time=clock), "tui", "installation-1", monotonic=clock.monotonic, sleep=clock.sleep
    )
    await made.start()
    script.asked.clear()
    return made
