"""The full-screen app: time to the first frame, bytes and time for a key, bytes while idle."""

from dataclasses import dataclass, field

from tools.bench import walk
from tools.bench.table import Row, at_most, percentile, ratio
from tools.bench.terminal import Terminal

RUNS = 7
KEYS = 15
DOWN, F2, F3, CTRL_N, ESCAPE = b"\x1b[B", "\x1bOQ", "\x1bOR", "\x0e", "\x1b"
BACKSPACE = "\x7f"
SEARCHED = "0123456789bfghklnsuwy" * 2
"""Characters that some of the 310,184 names have, and some have not."""


def _first_frame(which: str) -> float:
    context = walk.floor() if which == "floor" else walk.program()
    with context as terminal:
        shown = "Practice number 30" if which == "floor" else "Esc Back"
        return terminal.wait(lambda text: shown in text) * 1000


def first_frame() -> list[Row]:
    """Exec to the first complete frame, floor and ours in turns; the first run only warms the disk up."""
    floor, ours = [], []
    for _ in range(RUNS + 1):
        floor.append(_first_frame("floor"))
        ours.append(_first_frame("ours"))
    return [ratio("exec to first complete frame, 120x40", floor[1:], ours[1:], "ms", 1.5)]


@dataclass(frozen=True, slots=True)
class Keys:
    """The same kind of key pressed several times."""

    sizes: list[float] = field(default_factory=list)
    """Bytes written for each."""
    times: list[float] = field(default_factory=list)
    """Milliseconds from each to the last of these bytes."""


def _pressed(terminal: Terminal, keys: list[bytes]) -> Keys:
    found = Keys()
    for key in keys:
        size, seconds = terminal.press(key)
        found.sizes.append(float(size))
        found.times.append(seconds * 1000)
    return found


def _typed(terminal: Terminal, characters: str) -> Keys:
    """Each character typed into a field, which is then emptied again."""
    found = _pressed(terminal, [character.encode() for character in characters])
    terminal.type(BACKSPACE * len(characters))
    return found


def _idle(terminal: Terminal) -> int:
    terminal.settle()
    before = terminal.bytes
    for _ in range(20):
        terminal.pump(0.1)
    return terminal.bytes - before


def painting() -> list[Row]:
    """Bytes per key against the floor; milliseconds per key; idle bytes."""
    letters, digits = "abcdefghijklmno"[:KEYS], "123456789012345"[:KEYS]
    with walk.floor() as terminal:
        terminal.wait(lambda text: "Practice number 30" in text)
        typed = _typed(terminal, letters)
        terminal.type(F2)
        terminal.press(DOWN)
        arrows = _pressed(terminal, [DOWN] * KEYS)
    fields: dict[str, Keys] = {}
    lists: dict[str, Keys] = {}
    idle: dict[str, int] = {}
    with walk.server() as address:
        with walk.program(address) as terminal:
            walk.to_user(terminal)
            fields["User ID"] = _typed(terminal, letters)
            idle["User ID"] = _idle(terminal)
            walk.to_password(terminal, "demo.bulk")
            fields["Password"] = _typed(terminal, letters)
            walk.to_code(terminal)
            fields["Security Code"] = _typed(terminal, digits)
            walk.to_home(terminal, address, "demo.bulk")
            walk.to_picker(terminal)
            terminal.type("zzz")
            terminal.wait(lambda text: "No row matches" in text)  # what comes now is the echo alone
            fields["search of the TIN list"] = _typed(terminal, "z" * KEYS)
            terminal.type(BACKSPACE * 3)
            terminal.wait(lambda text: "of 310184" in text)
            searches = _searches(terminal)
            terminal.type("\x1b[B")
            lists["TIN list"] = _pressed(terminal, [DOWN] * KEYS)
        with walk.program(address) as terminal:
            walk.sign_in(terminal, address, "demo.grouprep")
            walk.to_report(terminal)
            terminal.type(CTRL_N)
            terminal.type(CTRL_N)
            terminal.press(DOWN)
            lists["report table"] = _pressed(terminal, [DOWN] * KEYS)
            idle["report"] = _idle(terminal)
            terminal.type(F3)
            fields["find in a report"] = _typed(terminal, letters)
            terminal.type(ESCAPE)
    times = [time for keys in (*fields.values(), *lists.values()) for time in keys.times]
    floor_times = [*typed.times, *arrows.times]
    return [
        *(
            ratio(f"bytes per typed character, {name}", typed.sizes, keys.sizes, "B", 1.5)
            for name, keys in fields.items()
        ),
        *(
            ratio(f"bytes per arrow key, {name}", arrows.sizes, keys.sizes, "B", 1.5)
            for name, keys in lists.items()
        ),
        *(at_most(f"bytes in 2 s without a key, {name}", count, "B", 0) for name, count in idle.items()),
        at_most(
            "key to settled frame, p95",
            percentile(times, 0.95),
            "ms",
            20,
            floor=f"{percentile(floor_times, 0.95):.1f} ms",
        ),
        at_most("letter and Enter in the search to the new list, p99", percentile(searches, 0.99), "ms", 100),
    ]


def _searches(terminal: Terminal) -> list[float]:
    """Milliseconds from a key and Enter in the empty search field to the count of the new list, and back."""
    line = next(y for y in range(40) if "Available:" in terminal.row(y))
    keys = [key for character in SEARCHED for key in (character, BACKSPACE)]
    return [terminal.until_row(f"{key}\r".encode(), line, terminal.row(line)) * 1000 for key in keys]
