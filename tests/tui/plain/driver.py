"""Plain mode on this process's streams and the prepared portal: `python -m tests.tui.plain.driver`.

Arguments: `far` for a server that is not on this computer, `home` to begin signed in.
"""

import asyncio
import sys

from client.journey import Journey
from client.settings import Settings
from tests.tui.plain.pages import HOME, LAND, SIGN_IN
from tests.tui.plain.stage import PreparedPortal
from tui.plain.run import run_plain


async def main() -> int:
    portal = PreparedPortal(HOME if "home" in sys.argv else LAND, SIGN_IN, loopback="far" not in sys.argv)
    return await run_plain(
        Journey(portal, "plain"),
        settings=Settings(),
        stdin=sys.stdin,
        stdout=sys.stdout,
        interactive=sys.stdin.isatty() and sys.stdout.isatty(),
    )


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
