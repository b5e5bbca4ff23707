"""The README's pictures, made by the real program: `python -m tools.screenshot` writes docs/screenshot-*.svg.

The full-screen app walks by keys against a server of its own at a frozen scenario date. Textual's SVG names a
font on another host; that line is taken out, so the picture loads nothing.
"""

import asyncio
import re
from pathlib import Path

from textual.pilot import Pilot

from client.portal import Portal
from client.settings import Settings
from tools.bench import walk
from tui.full_screen import QportalApp

DOCS = Path(__file__).parent.parent / "docs"
SIZE = (110, 32)
WAIT_S = 20.0


async def until(pilot: Pilot[int], shown: str) -> None:
    """Wait until the screen shows a text."""
    for _ in range(int(WAIT_S / 0.05)):
        await pilot.pause(0.05)
        if shown in "\n".join(strip.text for strip in pilot.app.screen._compositor.render_strips()):
            await pilot.pause(0.4)  # a commit screen takes no key right after it appeared (SSH-NET-07)
            return
    raise TimeoutError(shown)


async def press(pilot: Pilot[int], *keys: str, then: str) -> None:
    """Press keys and wait for what they lead to."""
    for key in keys:
        await pilot.press(key)
    await until(pilot, then)


def save(app: QportalApp, name: str) -> None:
    """One picture, without its web font."""
    svg = app.export_screenshot(title="qportal")
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    DOCS.mkdir(exist_ok=True)
    (DOCS / f"screenshot-{name}.svg").write_text(re.sub(r"terminal-\d+", f"qportal-{name}", svg))


async def pictures(address: str) -> None:
    """Sign in, pick a practice, read its report."""

    async def connect() -> Portal:
        return Portal(address)

    app = QportalApp(connect, Settings())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, "Login to CMS")
        await press(pilot, "enter", then="I Accept")
        await press(pilot, "enter", then="6 to 74 characters")
        await press(pilot, *"demo.bulk", "enter", then="Authenticator App")
        await press(pilot, *walk.PASSWORD, "tab", "4", then="(o) 4")
        save(app, "password")
        await press(pilot, "enter", then="Log In")
        code = await asyncio.to_thread(walk.code_of, address, "demo.bulk")
        await press(pilot, *code, "enter", then="Feedback Reports")
        await press(pilot, "enter", then="Practices (")
        await press(pilot, "enter", then="310184")
        await press(pilot, *"harbor", then="of 9696")
        await press(pilot, "down", "enter", then="* AMBER")
        save(app, "picker")
        await press(pilot, "ctrl+o", then="Actions")
        await press(pilot, "enter", then="Select a Year")
        await press(pilot, "1", "tab", "1", "tab", "1", "enter", then="I Confirm")
        await press(pilot, "1", "tab", "enter", then="Run Document")
        await press(pilot, "enter", then="Synthetic counts")
        await press(pilot, "ctrl+n", "ctrl+n", then="Method")
        save(app, "report")


def main() -> None:
    """Start a server, take the pictures."""
    with walk.server("--port=0", "--scenario=SC-2018", "--clock=frozen", "--code-seed=pictures") as address:
        asyncio.run(pictures(address))


if __name__ == "__main__":
    main()
