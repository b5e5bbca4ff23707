"""Nothing is lost in small windows: every text of a page is there, uncut, at each size (A11Y-SIZE-01)."""

import pytest

from client.messages.screen import Screen
from tests.tui.driving import Driven, driven, lines_of
from tests.tui.pages import PAGES


def required(page: Screen) -> list[str]:
    """Every text that the page must show."""
    fields = [field for field in page.fields if field.visible and not field.when]
    options = [option for field in fields for option in field.options if not option.when]
    return [
        page.title,
        *page.intro,
        *(notice.text for notice in page.notices),
        *(problem.text for problem in page.errors),
        *(field.label for field in fields),
        *(field.hint for field in fields if page.state and not page.errors),
        *(text for option in options for text in (option.label, option.explain)),
        *(action.label for action in page.actions),
    ]


async def scrolled(ui: Driven, top: int) -> int:
    """The first row of the body in view, once the screen is laid out there; at most `top`."""
    body = ui.app.screen.query_one("#body")
    content = body.children[0]
    body.scroll_to(y=top, animate=False, immediate=True)
    for _ in range(500):
        first = min(top, body.max_scroll_y)
        if content.region.y == body.region.y + content.styles.margin.top - first:
            return first
        await ui.pilot.pause()
    raise AssertionError(f"row {top} never came into view:\n{ui.text}")


async def whole_text(ui: Driven) -> str:
    """The words of all scroll positions, without breaks."""
    body = ui.app.screen.query_one("#body")
    await scrolled(ui, 0)
    seen: list[str] = lines_of(ui.app)[: body.region.y]
    for top in range(0, body.virtual_size.height + 1, body.size.height):
        first = await scrolled(ui, top)
        rows = lines_of(ui.app)[body.region.y : body.region.bottom]
        seen += rows[top - first :]
    return "".join("".join(seen).split())


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 24), (40, 12)])
@pytest.mark.parametrize("name", PAGES)
async def test_t_a11y_94_every_text_is_there_and_uncut(name: str, size: tuple[int, int]) -> None:
    async with driven(PAGES[name], size=size) as ui:
        text = await whole_text(ui)
        missing = [words for words in required(PAGES[name]) if "".join(words.split()) not in text]
        assert missing == []


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 24), (40, 12)])
async def test_every_row_is_as_wide_as_the_window(size: tuple[int, int]) -> None:
    async with driven(PAGES["S-LAND"], size=size) as ui:
        assert {strip.cell_length for strip in ui.app.screen._compositor.render_strips()} == {size[0]}
