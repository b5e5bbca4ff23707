"""Which front end starts, in which colours and characters, as pure functions of what was asked and found.

First match wins everywhere (A11Y-MODE-02, A11Y-MODE-03, A11Y-COLOR-01, A11Y-TEXT-03). Every answer carries
its reason, which the person may read: a choice made for somebody is explained to them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast

from client.settings import Preferences, Value
from tui.terminal import Depth, GlyphSet, Interface, Terminal, depth_of

NOT_A_TERMINAL = "The full screen needs a terminal for input and output. Use --plain to work line by line."


@dataclass(frozen=True)
class InterfaceChoice:
    """The front end, or why none can start, or that the person has to be asked."""

    interface: Interface | None
    reason: str
    notice: str = ""
    """A line to print before it starts; empty: none."""
    refusal: str = ""
    """The message of exit code 1; empty: it starts."""
    ask: bool = False
    """Whether the first-run question comes first (A11Y-MODE-04)."""


@dataclass(frozen=True)
class ColorChoice:
    """Whether and how much colour is used."""

    depth: Depth
    reason: str

    @property
    def on(self) -> bool:
        """Whether there is colour at all."""
        return self.depth != "none"


@dataclass(frozen=True)
class Appearance:
    """How the full screen looks and moves on this terminal."""

    theme: str
    color: Depth
    glyphs: GlyphSet
    mouse: bool
    motion: Literal["none", "full"]
    lean: bool
    """Whether the driver leaves out sequences beyond the old core (SSH-TERM-04)."""


def choose_interface(terminal: Terminal, asked: Preferences) -> InterfaceChoice:
    """The front end for what was asked on this terminal (A11Y-MODE-02, A11Y-MODE-03)."""
    wish, source = _wish(asked)
    if wish == "plain" and source in {"flag", "variable"}:
        return InterfaceChoice("plain", f"asked for by {source}")
    if not terminal.interactive:
        return _without_terminal(terminal, wish)
    if obstacle := _obstacle(terminal, asked):
        return _instead(obstacle, wish, source)
    if wish == "full-screen" and source in {"flag", "variable"}:
        return InterfaceChoice("full-screen", f"asked for by {source}")
    if terminal.accessible:
        return InterfaceChoice("plain", "ACCESSIBLE is set")
    if wish != "auto":
        return InterfaceChoice(cast(Interface, wish), "your saved preference")
    if source == "default":
        return InterfaceChoice(None, "first run", ask=True)
    return InterfaceChoice("full-screen", "the terminal can show it")


def _wish(asked: Preferences) -> tuple[Value, str]:
    return asked.settings.interface, asked.source("interface")


def _without_terminal(terminal: Terminal, wish: Value) -> InterfaceChoice:
    if wish == "plain":
        return InterfaceChoice("plain", "your saved preference")
    if terminal.accessible and wish == "auto":
        return InterfaceChoice("plain", "ACCESSIBLE is set")
    return InterfaceChoice(None, "not a terminal", refusal=NOT_A_TERMINAL)


def _obstacle(terminal: Terminal, asked: Preferences) -> str:
    """Why the full screen cannot be shown; empty: it can."""
    if terminal.kind.interface == "plain":
        return f"TERM is {terminal.term}" if terminal.term else "TERM is not set"
    if terminal.too_small:
        return "the terminal is smaller than 40 columns by 12 rows"
    if asked.settings.glyphs == "unicode" and not terminal.speaks_utf8:
        return "its encoding is not UTF-8 and glyphs=unicode was asked for"
    return ""


def _instead(obstacle: str, wish: Value, source: str) -> InterfaceChoice:
    if wish == "full-screen" and source == "flag":
        refusal = f"This terminal cannot show the full screen: {obstacle}. Use --plain."
        return InterfaceChoice(None, obstacle, refusal=refusal)
    notice = f"Notice: plain text is used because {obstacle}." if wish == "full-screen" else ""
    return InterfaceChoice("plain", obstacle, notice=notice)


def choose_color(terminal: Terminal, asked: Preferences) -> ColorChoice:
    """Whether colour is used in the full screen (A11Y-COLOR-01); plain text never has any."""
    variables, depth = terminal.variables, depth_of(terminal)
    for layer, name in ((asked.flags, "--color"), (asked.variables, "QPORTAL_COLOR")):
        if (choice := _told(layer, depth, name)) is not None:
            return choice
    if variables.get("NO_COLOR"):
        return ColorChoice("none", "NO_COLOR is set")
    if any(variables.get(name, "") not in {"", "0"} for name in ("CLICOLOR_FORCE", "FORCE_COLOR")):
        return ColorChoice(depth, "CLICOLOR_FORCE or FORCE_COLOR is set")
    if (choice := _told(asked.saved, depth, "your saved preference")) is not None:
        return choice
    if terminal.kind.colors == "never" or not terminal.stdout_tty:
        return ColorChoice("none", "the terminal has no colour")
    if variables.get("CLICOLOR") == "0":
        return ColorChoice("none", "CLICOLOR is 0")
    return ColorChoice(depth, "the terminal has colour")


def _told(layer: Mapping[str, Value], depth: Depth, reason: str) -> ColorChoice | None:
    match layer.get("color"):
        case "always":
            return ColorChoice(depth, reason)
        case "never":
            return ColorChoice("none", reason)
        case _:
            return None


def choose_glyphs(terminal: Terminal, asked: Preferences) -> GlyphSet:
    """Frames and marks in Unicode or ASCII (A11Y-TEXT-03, SSH-LOC-01)."""
    wish = asked.settings.glyphs
    if wish != "auto":
        return wish
    return "unicode" if terminal.kind.glyphs == "auto" and terminal.speaks_utf8 else "ascii"


def choose_mouse(terminal: Terminal, asked: Preferences) -> bool:
    """Whether the full screen listens to the mouse; by itself not over SSH or where `ACCESSIBLE` is set."""
    wish = asked.settings.mouse
    if wish != "auto":
        return wish == "on"
    return not terminal.over_ssh and not terminal.accessible


def choose_motion(terminal: Terminal, asked: Preferences) -> Literal["none", "full"]:
    """Whether anything moves (A11Y-MOTION-01)."""
    wish = asked.settings.motion
    if wish != "auto":
        return wish
    still = terminal.accessible or terminal.over_ssh
    return "none" if still or terminal.variables.get("TEXTUAL_ANIMATIONS") == "none" else "full"


def appearance(terminal: Terminal, asked: Preferences) -> Appearance:
    """Everything the full screen has to know; below 256 colours the theme is `terminal` (A11Y-COLOR-04)."""
    color = choose_color(terminal, asked)
    return Appearance(
        theme=asked.settings.theme if color.depth in {"256", "rgb"} else "terminal",
        color=color.depth,
        glyphs=choose_glyphs(terminal, asked),
        mouse=choose_mouse(terminal, asked),
        motion=choose_motion(terminal, asked),
        lean=terminal.kind.lean,
    )
