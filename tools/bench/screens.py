"""The full-screen app: time to the first frame, bytes and time for a key, bytes while idle."""

from statistics import median

from tools.bench import walk
from tools.bench.table import Row, at_most, percentile, ratio
from tools.bench.terminal import Terminal

RUNS = 7
KEYS = 15
DOWN, RIGHT = b"\x1b[B", b"\x1b[C"


def _first_frame(which: str) -> float:
    context = walk.floor() if which == "floor" else walk.program()
    with context as terminal:
        shown = "Practice number 30" if which == "floor" else "Esc Back"
        return terminal.wait(lambda text: shown in text) * 1000


def first_frame() -> list[Row]:
    """Exec to the first complete frame, floor and ours in turns."""
    floor, ours = [], []
    for _ in range(RUNS):
        floor.append(_first_frame("floor"))
        ours.append(_first_frame("ours"))
    return [ratio("exec to first complete frame, 120x40", floor, ours, "ms", 1.5)]


def _keys(terminal: Terminal, key: bytes) -> tuple[list[float], list[float]]:
    sizes, times = [], []
    for number in range(KEYS):
        pressed = bytes([97 + number]) if key == b"a" else key
        size, seconds = terminal.press(pressed)
        sizes.append(float(size))
        times.append(seconds * 1000)
    return sizes, times


def _idle(terminal: Terminal) -> int:
    terminal.settle()
    before = terminal.bytes
    for _ in range(20):
        terminal.pump(0.1)
    return terminal.bytes - before


def painting() -> list[Row]:
    """Bytes per key against the floor; milliseconds per key; idle bytes."""
    with walk.floor() as terminal:
        terminal.wait(lambda text: "Practice number 30" in text)
        typed, _ = _keys(terminal, b"a")
        terminal.type("\x1bOQ")
        arrows, _ = _keys(terminal, DOWN)
    rows: list[Row] = []
    settled: list[float] = []
    with walk.server() as address:
        with walk.program(address) as terminal:
            walk.to_user(terminal)
            sizes, times = _keys(terminal, b"a")
            settled += times
            rows.append(ratio("bytes per typed character, User ID", typed, sizes, "B", 1.5))
            rows.append(at_most("bytes in 2 s without a key, User ID", _idle(terminal), "B", 0))
        with walk.program(address) as terminal:
            walk.to_picker(terminal, address, "demo.bulk")
            sizes, times = _keys(terminal, b"x")
            rows.append(
                at_most(
                    "bytes per typed character, search field (echo)", min(sizes), "B", 1.5 * median(typed)
                )
            )
            for _ in range(KEYS):
                terminal.type("\x7f")
            terminal.type("\x1b[B")
            sizes, times = _keys(terminal, DOWN)
            settled += times
            rows.append(ratio("bytes per arrow key, TIN list", arrows, sizes, "B", 1.5))
        with walk.program(address) as terminal:
            walk.to_report(terminal, address, "demo.grouprep")
            terminal.type("\x0e")
            terminal.type("\x0e")
            sizes, times = _keys(terminal, DOWN)
            settled += times
            rows.append(ratio("bytes per arrow key, report table", arrows, sizes, "B", 1.5))
            rows.append(at_most("bytes in 2 s without a key, report", _idle(terminal), "B", 0))
    rows.append(at_most("key to settled frame, p95", percentile(settled, 0.95), "ms", 20))
    return rows
