"""`qportal outbox` and `qportal personas` (F-OUT-03, A11Y-AUTH-04, portal-flow 13.5)."""

from datetime import datetime, timedelta, timezone
from typing import Any

import httpx
import pytest

from client.messages.calls import OutboxMessage, Persona, Personas
from client.portal import Portal
from tests.client.scripted import Script, data, portal
from tui.commands import outbox, personas
from tui.exit_codes import ExitCode

EASTERN = timezone(timedelta(hours=-4))


def message(number: int, **changes: Any) -> OutboxMessage:
    facts: dict[str, Any] = {
        "id": str(number),
        "channel": "email",
        "to_masked": "d***@example.org",
        "kind": "code",
        "subject": "Your security code",
        "body": "Use this code to sign in.",
        "code": "564123",
        "live": True,
        "created_at": datetime(2018, 10, 1, 10, 0, tzinfo=EASTERN),
    }
    return OutboxMessage(**{**facts, **changes})


class Prepared:
    """A server with prepared answers, as a command finds one."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.closed = False

    async def ready(self) -> Portal:
        return portal(self.script)

    async def close(self) -> None:
        self.closed = True

    def release(self) -> None:
        self.closed = True


def test_f_out_03_the_list_says_that_it_is_not_real(capsys: pytest.CaptureFixture[str]) -> None:
    where = Prepared(Script(data([message(2, live=False), message(1, code=None, subject="")])))
    assert outbox.outbox(where, user_id="demo.solo", code_only=False, wait_s=0) == ExitCode.DONE
    assert capsys.readouterr().out.splitlines() == [
        outbox.NOT_REAL,
        "",
        "E-mail to d***@example.org, 2018-10-01 10:00 ET",
        "Subject: Your security code",
        "Use this code to sign in.",
        "Code: 564123 (no longer valid)",
        "Digits: 5 6 4 1 2 3",
        "",
        "E-mail to d***@example.org, 2018-10-01 10:00 ET",
        "Use this code to sign in.",
    ]
    assert where.closed
    assert dict(where.script.asked[0].url.params) == {"user_id": "demo.solo"}


def test_f_out_03_no_messages(capsys: pytest.CaptureFixture[str]) -> None:
    assert outbox.outbox(Prepared(Script(data([]))), user_id=None, code_only=False, wait_s=0) == ExitCode.DONE
    assert capsys.readouterr().out.splitlines() == [outbox.NOT_REAL, "No messages."]


def test_f_out_03_at_most_twenty() -> None:
    listed = [message(number, code=None) for number in range(30)]
    assert len([line for line in outbox.lines(listed[:20]) if line.startswith("E-mail")]) == 20


def test_f_out_03_with_code_only_the_newest_live_code(capsys: pytest.CaptureFixture[str]) -> None:
    messages = [message(3, code=None), message(2, code="222222"), message(1, code="111111")]
    where = Prepared(Script(data([message(4, live=False), *messages])))
    assert outbox.outbox(where, user_id=None, code_only=True, wait_s=0) == ExitCode.DONE
    assert capsys.readouterr().out == "222222\n"


def test_f_out_03_without_a_live_code_it_fails(capsys: pytest.CaptureFixture[str]) -> None:
    where = Prepared(Script(data([message(1, live=False)])))
    assert outbox.outbox(where, user_id=None, code_only=True, wait_s=0) == ExitCode.FAILED
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "Error: no live code.\n")


async def test_f_out_03_waiting_for_a_code_asks_for_newer_messages_only() -> None:
    script = Script(data([message(1, live=False)]), data([message(2, code="222222")]))
    found = await outbox.awaited(portal(script), "demo.solo", code_only=True, wait_s=60)
    assert [item.id for item in found] == ["2", "1"]
    assert dict(script.asked[1].url.params) == {"user_id": "demo.solo", "after": "1", "wait": "25"}


async def test_f_out_03_a_list_that_has_messages_is_not_waited_for() -> None:
    script = Script(data([message(1, live=False)]), httpx.ReadError("never asked"))
    await outbox.awaited(portal(script), None, code_only=False, wait_s=60)
    assert len(script.asked) == 1


def test_the_personas_are_listed_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    accounts = Personas(
        password="Walnut-Harbor-2468",
        authenticator_secret="GEZDGNBV",
        personas=[
            Persona(
                user_id="demo.solo", name="Ivy Birch", roles=["A", "B"], devices=["E-mail"], purpose="solo"
            ),
            Persona(user_id="demo.ghost", name="", roles=[], devices=[], purpose="enumeration test"),
        ],
    )
    personas.personas(Prepared(Script(data(accounts))))
    assert capsys.readouterr().out.splitlines()[1:] == [
        "Password: Walnut-Harbor-2468",
        "Authenticator secret: GEZDGNBV",
        "",
        "demo.solo: Ivy Birch",
        "Purpose: solo",
        "Roles: A; B",
        "MFA devices: E-mail",
        "",
        "demo.ghost: no such account",
        "Purpose: enumeration test",
        "Roles: none",
        "MFA devices: none",
    ]
