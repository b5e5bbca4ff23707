"""`qportal outbox`: what the mock server 'sent' (F-OUT-03).

With `--code` the output is the newest live code and nothing else, so a script can read it.
"""

import asyncio
import sys
import time

from client.messages.calls import OutboxMessage
from client.portal import Portal
from tui.commands.connection import Source, connected
from tui.exit_codes import ExitCode

NOT_REAL = "Real portals have no such page: messages of the simulation."
LONGEST_WAIT_S = 25
AT_MOST = 20
_CHANNELS = {"sms": "Text message", "ivr": "Voice call", "email": "E-mail"}


def outbox(chosen: Source, *, user_id: str | None, code_only: bool, wait_s: int) -> int:
    """Print the messages, or with `code_only` the newest live code; exit code 1 if there is none."""
    messages = asyncio.run(_read(chosen, user_id, code_only=code_only, wait_s=wait_s))
    if not code_only:
        print("\n".join(lines(messages)))  # noqa: T201
        return ExitCode.DONE
    code = live_code(messages)
    if code is None:
        print("Error: no live code.", file=sys.stderr)  # noqa: T201
        return ExitCode.FAILED
    print(code)  # noqa: T201
    return ExitCode.DONE


async def _read(chosen: Source, user_id: str | None, *, code_only: bool, wait_s: int) -> list[OutboxMessage]:
    async with connected(chosen) as portal:
        return await awaited(portal, user_id, code_only=code_only, wait_s=wait_s)


async def awaited(
    portal: Portal, user_id: str | None, *, code_only: bool, wait_s: int
) -> list[OutboxMessage]:
    """The messages; waits up to `wait_s` seconds for the first one, or for a live code."""
    until = time.monotonic() + wait_s
    messages = await portal.outbox(user_id)
    while live_code(messages) is None if code_only else not messages:
        left = until - time.monotonic()
        if left <= 0:
            break
        newest = messages[0].id if messages else None
        wait = max(1, min(LONGEST_WAIT_S, int(left)))
        newer = await portal.outbox(user_id, after=newest, wait=wait)
        messages = [*newer, *(old for old in messages if old.id not in {new.id for new in newer})]
    return messages[:AT_MOST]


def live_code(messages: list[OutboxMessage]) -> str | None:
    """The newest code that can still be used."""
    return next((message.code for message in messages if message.live and message.code), None)


def lines(messages: list[OutboxMessage]) -> list[str]:
    """The messages as text, newest first."""
    if not messages:
        return [NOT_REAL, "No messages."]
    return [NOT_REAL, *(line for message in messages for line in _of(message))]


def _of(message: OutboxMessage) -> list[str]:
    head = [
        "",
        f"{_CHANNELS[message.channel]} to {message.to_masked}, {message.created_at:%Y-%m-%d %H:%M} ET",
    ]
    if message.subject:
        head.append(f"Subject: {message.subject}")
    code = [] if message.code is None else code_lines(message.code, live=message.live)
    return [*head, *message.body.splitlines(), *code]


def code_lines(code: str, *, live: bool) -> list[str]:
    """The code in one piece, and digit by digit for the ear (A11Y-AUTH-04)."""
    state = "" if live else " (no longer valid)"
    return [f"Code: {code}{state}", f"Digits: {' '.join(code)}"]
