"""The keys that a step has pressed, in words for the bar (`record.keys`): never what a secret field is given
(DEMO-RUN-06).
"""

from typing import Final

from textual.keys import key_to_character

from tui.demo.masking import masked
from tui.demo.shown import HIDDEN
from tui.keys import spelled

LABEL: Final = "Keys: "
_CUT: Final = "... "


class PressedKeys:
    """Of one step, in their order; repeated ones are counted, typed characters stand together."""

    def __init__(self) -> None:
        self._keys: list[tuple[str, int]] = []
        self._typing = False

    def key(self, key: str, *, secret: bool = False) -> None:
        """A key by Textual's name; in a secret field characters are not told."""
        character = key if len(key) == 1 else key_to_character(key) or ""
        if character.isprintable() and character and (secret or key != "space"):
            self.character(character, secret=secret)
            return
        self._add(spelled(key), counted=True)
        self._typing = False

    def character(self, character: str, *, secret: bool = False) -> None:
        """One character of a text."""
        if secret:
            self._typing = False
            if not self._keys or self._keys[-1][0] != HIDDEN:
                self._add(HIDDEN, counted=False)
        elif self._typing:
            self._keys[-1] = (self._keys[-1][0] + character, 1)
        else:
            self._add(character, counted=False)
            self._typing = True

    def _add(self, name: str, *, counted: bool) -> None:
        if counted and self._keys and self._keys[-1][0] == name and not self._typing:
            self._keys[-1] = (name, self._keys[-1][1] + 1)
        else:
            self._keys.append((name, 1))

    def words(self, width: int) -> str:
        """In one line of so many cells, the last keys first to stay; empty: none was pressed."""
        if not self._keys:
            return ""
        told = masked(", ".join(name if times == 1 else f"{name} x{times}" for name, times in self._keys))
        room = width - len(LABEL)
        if len(told) > room:
            told = _CUT + told[len(told) - max(1, room - len(_CUT)) :]
        return LABEL + told
