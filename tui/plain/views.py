"""Views that the client brings itself: the simulated phone and mailbox, the demo accounts, time, settings."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from client.errors import PortalError, SettingsError
from client.messages.calls import OutboxMessage, Personas
from client.settings import PREFERENCES, Settings, Value, preference
from tui.plain.durations import scenario_date, time_left
from tui.plain.grammar import Label, labelled
from tui.plain.tables import SpokenColumn, SpokenRow, SpokenTable
from tui.plain.talk import Talk

_CHANNELS = {"sms": "Text message", "ivr": "Voice call", "email": "E-mail"}
MOST_MESSAGES = 20

SaveSetting = Callable[[str, str], object]
"""Keeps a setting (key, value as text) for the next start."""


def message_lines(messages: list[OutboxMessage]) -> list[str]:
    """The simulated phone and mailbox, newest message first (F-OUT-03, A11Y-AUTH-04)."""
    lines = [
        labelled(Label.SCREEN, "Simulated phone and mailbox"),
        labelled(Label.NOTICE, "real portals have no such page. Codes are not filled in by themselves."),
    ]
    shown = messages[:MOST_MESSAGES]
    for number, message in enumerate(shown, 1):
        lines.append(f"{Label.ROW} {number} of {len(shown)}")
        lines += [
            f"Channel: {_CHANNELS[message.channel]}",
            f"To: {message.to_masked}",
            f"Sent: {message.created_at:%Y-%m-%d %H:%M} ET",
            f"Subject: {message.subject}",
            f"Message: {' '.join(message.body.split())}",
        ]
        if message.code:
            state = "" if message.live else " (no longer valid)"
            lines += [f"Code: {message.code}{state}", f"Digits: {' '.join(message.code)}"]
    if not shown:
        lines.append(labelled(Label.NOTICE, "No messages."))
        lines.append(
            labelled(Label.HELP, "for an authenticator app use the secret that the demo accounts list names.")
        )
    return lines


def personas_table(personas: Personas) -> SpokenTable:
    """The demo accounts as a table (portal-flow 13.5)."""
    columns = tuple(map(SpokenColumn, ("User ID", "Name", "Roles", "MFA devices", "Purpose")))
    rows = tuple(
        SpokenRow((p.user_id, p.name, _listed(p.roles), _listed(p.devices), p.purpose), number=number)
        for number, p in enumerate(personas.personas, 1)
    )
    return SpokenTable("Demo accounts", columns, rows)


def personas_lines(personas: Personas) -> list[str]:
    """What comes before the table: the common password and the authenticator secret, both published."""
    return [
        labelled(Label.SCREEN, "Demo accounts"),
        f"Password of every account: {personas.password}",
        f"Authenticator secret: {personas.authenticator_secret}",
    ]


async def show_outbox(talk: Talk) -> None:
    """Read the outbox now; never by a timer."""
    try:
        messages = await talk.working(talk.journey.outbox(), "reading the messages")
    except PortalError as error:
        talk.failure(error)
        return
    talk.lines(message_lines(messages))


def say_time(talk: Talk) -> None:
    """Scenario date and what is left of each limit."""
    talk.say(Label.TIME, scenario_date(talk.journey.screen.clock))
    for text in time_left(talk.journey):
        talk.say(Label.TIME, text)


def settings_lines(talk: Talk) -> list[str]:
    """Every setting with its value."""
    lines = [f"{item.key}: {item.text(getattr(talk.settings, item.key))}" for item in PREFERENCES]
    return [
        *lines,
        labelled(Label.HELP, "/settings NAME VALUE changes one, for example /settings announce brief."),
    ]


def change_setting(talk: Talk, argument: str, save: SaveSetting | None) -> None:
    """`/settings NAME VALUE`: in force at once, and kept where there is a file to keep it in."""
    name, _, word = argument.partition(" ")
    try:
        found = preference(name)
        value = found.parse(word)
        if save is not None:
            save(found.key, word)
    except SettingsError as error:
        remedy = error.remedy[:1].lower() + error.remedy[1:]
        talk.error(error.sentence, remedy)
        return
    talk.settings = _changed(talk.settings, found.key, value)
    label, until = (Label.SAVED, "") if save is not None else (Label.DONE, " until you quit")
    talk.say(label, f"{found.key} is {found.text(value)}{until}.")


def _changed(settings: Settings, key: str, value: Value) -> Settings:
    changes: dict[str, Any] = {key: value}
    return replace(settings, **changes)


def _listed(words: list[str]) -> str:
    return "; ".join(words) or "none"
