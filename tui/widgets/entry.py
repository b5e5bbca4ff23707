"""A line of text that is typed: Textual's input without border, blink, and the keys that terminals need.

One row of its real width and no blinking cursor cost 130 bytes a key instead of 1,000 and nothing while
idle (style rules 1 and 2). Ctrl+A and its relatives are left to screen and tmux (A11Y-KEY-03).
"""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Blur, Paste
from textual.timer import Timer
from textual.widgets import Input

from client.safe_text import single_line

NOT_OURS = frozenset({"ctrl+a", "ctrl+shift+a", "super+backspace", "super+c", "alt+backspace"})
"""Keys of Textual's input that belong to multiplexers, terminals or assistive technology."""


SHOWN_S = 10.0
"""Seconds that a secret stays readable."""


def _without(binding: Binding, keys: frozenset[str]) -> list[BindingType]:
    kept = ",".join(key for key in binding.key.split(",") if key not in keys)
    return [binding.with_key(kept)] if kept else []


class Entry(Input, inherit_bindings=False):
    """A text, digits, date, integer, path or secret field."""

    DEFAULT_CSS = """
    Entry, Entry:ansi { background: $panel; color: $foreground; text-style: underline; margin-left: 2; }
    Entry:focus { background: $panel; background-tint: transparent; }
    Entry > .input--placeholder, Entry:ansi > .input--placeholder { color: $text-muted; text-style: none; }
    Entry > .input--cursor, Entry:ansi > .input--cursor {
        color: $input-cursor-foreground; background: $input-cursor-background;
        text-style: $input-cursor-text-style;
    }
    Entry > .input--selection, Entry:ansi > .input--selection {
        color: $input-selection-foreground; background: $input-selection-background;
        text-style: $block-cursor-text-style;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        kept
        for binding in Input.BINDINGS
        if isinstance(binding, Binding)
        for kept in _without(binding, NOT_OURS)
    ]

    def __init__(self, field_id: str, value: str = "", *, width: int = 40, secret: bool = False) -> None:
        super().__init__(value, password=secret, select_on_focus=False, compact=True, id=f"field-{field_id}")
        self.field_id = field_id
        self.secret = secret
        self.cursor_blink = False
        self._hiding: Timer | None = None
        self.styles.width = width

    @property
    def revealed(self) -> bool:
        """Whether a secret is readable on the screen now."""
        return self.secret and not self.password

    def reveal(self, shown: bool) -> None:
        """Show or mask a secret (A11Y-AUTH-05); it is masked again after `SHOWN_S` (SR-AUTH-15)."""
        self.password = self.secret and not shown
        if self._hiding is not None:
            self._hiding.stop()
        self._hiding = self.set_timer(SHOWN_S, lambda: self.reveal(False)) if self.revealed else None

    def on_blur(self, _event: Blur) -> None:
        """A secret is masked again when the focus leaves it (F-GEN-08)."""
        self.reveal(False)

    def _on_paste(self, event: Paste) -> None:
        """Insert the first line only: a newline at the end of a paste submits nothing (A11Y-AUTH-01)."""
        event.prevent_default()
        event.stop()
        line = next((line for line in event.text.splitlines() if line), "")
        self.replace(line if self.secret else single_line(line), *self.selection)

    def action_copy(self) -> None:
        """Secrets are never copied (A11Y-COPY-03)."""
        if not self.secret:
            super().action_copy()

    def action_cut(self) -> None:
        """Secrets are never copied, so they are not cut either."""
        if not self.secret:
            super().action_cut()

    def restricted(self) -> None:
        """No bell: it rings only where the person asked for it (A11Y-MOTION-06)."""
