"""Run the full screen: what has to be decided before the app exists, and how it ends.

Colour depth and the terminal theme must be settled before Textual builds its app (TX-02). The same walk can
be handed over to plain mode and back, which is why everything runs on the caller's event loop
(A11Y-MODE-06).
"""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from textual import constants

from client.installation import client_id, data_folder
from client.settings import Settings
from tui.driver import driver_class
from tui.full_screen import QportalApp
from tui.quiet_collector import collecting_when_quiet
from tui.session import Connect
from tui.signals import ending
from tui.terminal import Depth, GlyphSet

if TYPE_CHECKING:
    from client.journey import Journey

SWITCH_TO_PLAIN = 257
"""Answered by F4: go on line by line."""
COLOR_SYSTEMS: dict[Depth, str] = {"none": "standard", "16": "standard", "256": "256", "rgb": "truecolor"}
"""Colour depth -> the name Textual knows it by."""


@dataclass(frozen=True)
class Look:
    """How the app looks and moves on this terminal."""

    theme: str
    color: Depth
    glyphs: GlyphSet
    mouse: bool
    motion: Literal["none", "full"]
    lean: bool = False
    """Whether the terminal knows only the old core of sequences (SSH-TERM-04)."""


@dataclass(frozen=True)
class Left:
    """How the full screen was left."""

    code: int
    """Exit code, or SWITCH_TO_PLAIN."""
    journey: "Journey | None"
    """The walk, to go on with; None where it never began."""


async def full_screen(
    connect: Connect,
    settings: Settings,
    look: Look,
    *,
    journey: "Journey | None" = None,
    settings_file: Path | None = None,
) -> Left:
    """Run the app on the present event loop; with `journey` it goes on with that walk."""
    tell_textual(look.color)
    app = QportalApp(
        connect,
        settings,
        theme=look.theme,
        color=look.color != "none",
        glyphs=look.glyphs,
        client_id=client_id(data_folder()),
        settings_file=settings_file,
        driver=driver_class(lean_terminal=look.lean, show_cursor=settings.terminal_cursor),
        journey=journey,
    )
    app.in_tmux = bool(os.environ.get("TMUX"))
    if look.motion == "none":
        app.animation_level = "none"
    with collecting_when_quiet(app), ending(app.end) as end:
        answer = await app.run_async(mouse=look.mouse)
    if app.last_words:
        print(app.last_words, file=sys.stderr)  # noqa: T201 - the one line of a crash (SSH-REST-02)
    if end.exit_code is not None:
        return Left(end.exit_code, app.session.walk)
    if app.return_code:
        return Left(app.return_code, app.session.walk)
    return Left(SWITCH_TO_PLAIN if answer is None else answer, app.session.walk)


def tell_textual(color: Depth) -> None:
    """Say the colour depth as Textual and Rich read it (A11Y-COLOR-02, A11Y-COLOR-04)."""
    os.environ.pop("NO_COLOR", None)
    if color == "none":
        os.environ["NO_COLOR"] = "1"
    setattr(constants, "COLOR_SYSTEM", COLOR_SYSTEMS[color])  # noqa: B010 - declared final by Textual
