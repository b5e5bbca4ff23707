"""Opens the full screen for a script on a terminal that is not there (check and record)."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial

from textual import _time, events
from textual.geometry import Size as Cells

from client.portal import Portal
from client.settings import Settings
from tui.app import tell_textual
from tui.demo.full_screen.app import DemoApp
from tui.demo.full_screen.stage import FullScreenStage
from tui.demo.loop import demo_loop
from tui.demo.script import Size
from tui.widgets.painting import paint_on_demand

CLIENT_ID = "demo-player"
"""Names the installation of a run; one that no person has."""
PATIENCE_S = 60.0


@asynccontextmanager
async def headless(
    portal: Portal, settings: Settings, *, theme: str, size: Size
) -> AsyncIterator[FullScreenStage]:
    """The app on a terminal that is not there, always the same one (DEMO-DET-02).

    Its timers and events go by the loop's clock: by the real one they would fall behind what the loop passes.
    """
    tell_textual("rgb")

    async def connect() -> Portal:
        return portal

    app = DemoApp(connect, settings, theme=theme, color=True, glyphs="unicode", client_id=CLIENT_ID)
    app.animation_level = "none"
    paint_on_demand(app)

    with _by_the_loops_clock():
        shown = asyncio.create_task(
            app.run_async(headless=True, mouse=False, size=(size.columns, size.rows)), name="full screen"
        )
        try:
            stage = FullScreenStage(app, partial(resize, app))
            await first_page(app, stage)
            with app._context():
                yield stage
        finally:
            if not shown.done():
                app.exit(0)
            await shown


def resize(app: DemoApp, cells: Size) -> None:
    """Tell the app of another size, as its driver does."""
    size = Cells(cells.columns, cells.rows)
    if app._driver is not None:
        app._driver._size = (size.width, size.height)
    app.post_message(events.Resize(size, size))


@contextmanager
def _by_the_loops_clock() -> Iterator[None]:
    real, _time.get_time = _time.get_time, demo_loop().time
    try:
        yield
    finally:
        _time.get_time = real


async def first_page(app: DemoApp, stage: FullScreenStage) -> None:
    """Wait until the portal's first page is drawn."""
    loop = demo_loop()
    await loop.rest(PATIENCE_S)
    while not app._exit and stage.resting():
        await loop.next_timer(PATIENCE_S)
