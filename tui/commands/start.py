"""`qportal`: choose the front end, start the server beside it, and walk.

The server's process is started in milliseconds and never waited for; in plain text before anything slow is
imported, for the full screen right before its first frame is drawn, so that even on one busy processor the
frame comes first. Nothing is written before the choice is made: not a single escape byte stands before the
first-run question.
"""

import asyncio
import gc
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from client.settings import Preferences, config_file, save
from tui import failures
from tui.commands.connection import Source, source
from tui.commands.preferences import preferences
from tui.interface_choice import appearance, choose_interface
from tui.terminal import Interface, present_terminal

if TYPE_CHECKING:
    from client.journey import Journey

SWITCH_TO_FULL_SCREEN = 256
SWITCH_TO_PLAIN = 257
"""What a front end answers instead of an exit code when the other one is to go on."""


@dataclass(frozen=True)
class StartOptions:
    """What the command line asked for."""

    flags: Mapping[str, str] = field(default_factory=dict)
    """Preference keys and values given as options."""
    server: str | None = None
    ca_file: Path | None = None


def start(options: StartOptions) -> int:
    """Run the portal in the front end of choice; answers the exit code."""

    def chosen(say: Callable[[str], None] | None) -> Source:
        found = source(options.server, options.ca_file, on_progress=say)
        remember = preferences(options.flags).settings.remember
        return _remembering(found, options.flags) if remember else found

    return open_over(chosen, options.flags)


def open_over(choose: Callable[[Callable[[str], None] | None], Source], flags: Mapping[str, str]) -> int:
    """The same over the source that `choose` answers; it is told where to say what a slow start is doing."""
    choice = choose_interface(present_terminal(), preferences(flags))
    if choice.refusal:
        return failures.say(choice.refusal)
    if choice.interface == "full-screen":
        _load_full_screen()
    chosen = choose(_waiting_line(choice.interface))
    try:
        interface = _asked_person() if choice.ask else choice.interface
        if interface is None:
            return failures.say("Input ended before a choice was made.")
        if choice.notice:
            print(choice.notice, flush=True)  # noqa: T201
        return asyncio.run(_walk(interface, chosen, flags))
    finally:
        chosen.release()


def _load_full_screen() -> None:
    """Import what the first frame needs, without a server that competes for the processor."""
    import tui.app  # noqa: F401 - used once the event loop runs

    gc.freeze()  # a collection that walks through all of Textual takes as long as ten frames


def _remembering(chosen: Source, flags: Mapping[str, str]) -> Source:
    """The source with a memory for the login; imported only where it is asked for (SSH-KEY-02)."""
    from tui.commands.remembering import remembering

    return remembering(chosen, lambda: preferences(flags).settings.remember)


def _asked_person() -> Interface | None:
    """The first-run question; its answer is saved (A11Y-MODE-04)."""
    from tui.first_run import ask

    interface = ask(sys.stdin, sys.stdout)
    if interface is not None:
        save(config_file(), "interface", interface)
    if interface == "plain":
        print("Saved: plain text is now your preference.", flush=True)  # noqa: T201
    return interface


def _waiting_line(interface: Interface | None) -> Callable[[str], None] | None:
    """Plain text says what a slow start is doing, each thing once; the full screen has its own view."""
    if interface != "plain":
        return None
    said: set[str] = set()

    def say(progress: str) -> None:
        if progress not in said:
            said.add(progress)
            print(f"Working: {progress}", flush=True)  # noqa: T201

    return say


async def _walk(interface: Interface, chosen: Source, flags: Mapping[str, str]) -> int:
    """One walk through both front ends, as often as the person changes between them (A11Y-MODE-06)."""
    journey: Journey | None = None
    try:
        while True:
            run = _plain if interface == "plain" else _full_screen
            journey, code = await run(chosen, flags, journey)
            if code == SWITCH_TO_FULL_SCREEN:
                interface = _full_screen_if_possible()
            elif code == SWITCH_TO_PLAIN:
                interface = "plain"
            else:
                return code
    finally:
        if journey is not None:
            await journey.portal.close()
        await chosen.close()


async def _full_screen(
    chosen: Source, flags: Mapping[str, str], journey: "Journey | None"
) -> "tuple[Journey | None, int]":
    from tui.app import Look, full_screen

    asked = preferences(flags)
    look = Look(**vars(appearance(present_terminal(), asked)))
    left = await full_screen(chosen.ready, asked.settings, look, journey=journey, settings_file=config_file())
    return left.journey, left.code


async def _plain(
    chosen: Source, flags: Mapping[str, str], journey: "Journey | None"
) -> "tuple[Journey | None, int]":
    from client.installation import client_id, data_folder
    from client.journey import Journey
    from tui.plain.run import run_plain

    walk = journey or Journey(await chosen.ready(), "plain", client_id(data_folder()))
    code = await run_plain(
        walk,
        settings=preferences(flags).settings,
        stdin=sys.stdin,
        stdout=sys.stdout,
        stderr=sys.stderr,
        interactive=present_terminal().interactive,
        settings_file=config_file(),
    )
    return walk, code


def _full_screen_if_possible() -> Interface:
    """The full screen, or a line that says why not and plain text again."""
    wish = Preferences(flags={"interface": "full-screen"}, variables={}, saved={})
    choice = choose_interface(present_terminal(), wish)
    if choice.refusal:
        print(f"Error: {choice.refusal}", flush=True)  # noqa: T201
    return choice.interface or "plain"
