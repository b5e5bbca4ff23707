"""What the bar tells of pressed keys (`record.keys`)."""

from collections.abc import Iterable

from tui.demo.full_screen.pressed import PressedKeys


def told(*keys: str, width: int = 60, secret: bool = False) -> str:
    return said_of(((key, secret) for key in keys), width)


def said_of(keys: Iterable[tuple[str, bool]], width: int = 60) -> str:
    pressed = PressedKeys()
    for key, secret in keys:
        if len(key) == 1:
            pressed.character(key, secret=secret)
        else:
            pressed.key(key, secret=secret)
    return pressed.words(width)


def test_keys_have_the_names_of_the_bottom_line_and_repetitions_are_counted() -> None:
    assert told() == ""
    assert told("tab", "down", "down", "down", "space", "ctrl+o") == "Keys: Tab, Down x3, Space, Ctrl+O"


def test_typed_characters_stand_together() -> None:
    assert told("end", "ctrl+u", *"demo.x", "enter") == "Keys: End, Ctrl+U, demo.x, Enter"
    assert told("full_stop", *"ab") == "Keys: .ab"


def test_demo_run_06_what_a_secret_is_given_is_not_told() -> None:
    keys = [("tab", False), *((c, True) for c in "pass word 1"), ("space", True), ("enter", True)]
    assert said_of(keys) == "Keys: Tab, (hidden), Enter"


def test_demo_run_06_a_full_tin_is_masked() -> None:
    assert told(*"000104802", "enter") == "Keys: *****4802, Enter"


def test_where_there_is_no_room_the_last_keys_stay() -> None:
    words = told(*["tab", "enter"] * 9, width=30)
    assert len(words) == 30
    assert words.startswith("Keys: ... ")
    assert words.endswith(", Tab, Enter")
