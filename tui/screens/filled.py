"""A portal screen that fills the window: lists and tables take the height that is left.

Only where that is less than they need does the body scroll, and then so that the focused part is in view.
"""

from itertools import takewhile

from textual import on
from textual.widget import Widget

from tui.screens.portal import PortalScreen
from tui.widgets.grown import Grown


class FilledScreen(PortalScreen):
    """Base of the picker and the report viewer."""

    @on(Grown)
    def _keep_in_view(self) -> None:
        self.call_after_refresh(self.reveal_focus)

    def reveal_focus(self) -> None:
        """Scroll no further than needed to show the focused part (A11Y-FOCUS-03).

        Its place is taken from the layout, not from the screen: a scroll under way must not count twice.
        """
        focused = self.focused
        if focused is None or self.body not in focused.ancestors:
            return
        wanted = getattr(focused, "attention", focused.region)
        inside = takewhile(lambda node: node is not self.body, focused.ancestors_with_self)
        top = sum(node.virtual_region.y for node in inside if isinstance(node, Widget))
        top += wanted.y - focused.region.y
        now, room = round(self.body.scroll_y), self.body.size.height
        if top < now or wanted.height > room:
            self.body.scroll_to(y=top, animate=False)
        elif top + wanted.height > now + room:
            self.body.scroll_to(y=top + wanted.height - room, animate=False)
