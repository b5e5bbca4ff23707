"""The script's own time: virtual milliseconds, and the security clock that follows them (13.1).

`t` is what recordings write. The program's view of time is `t` and what `advance-clock` added (TL-9); both
the client and the demo server are kept on it, so limits and codes behave as they would while somebody
watches.
"""

from dataclasses import dataclass

from tui.demo.loop import DemoLoop


@dataclass
class VirtualClock:
    """One per run. Moves by `pass_ms` and `advance` alone, never by itself."""

    loop: DemoLoop
    t: int = 0
    """Milliseconds since the start of the script."""
    advanced_ms: int = 0
    """What `advance-clock` added."""

    def __post_init__(self) -> None:
        self._loop_start = self.loop.time()

    def seconds(self) -> float:
        """Monotonic time of the program, for its deadlines."""
        return (self.t + self.advanced_ms) / 1000

    def pass_ms(self, ms: int) -> None:
        """Let time go on; timers of the program that are due by then follow (not in live play)."""
        self.t += ms
        self._follow()

    def advance(self, ms: int) -> None:
        """Move the security clock alone; `t` stays."""
        self.advanced_ms += ms
        self._follow()

    def _follow(self) -> None:
        """Near timers may have taken the loop a little ahead; it never goes back."""
        self.loop.pass_time(max(0.0, self._loop_start + self.seconds() - self.loop.time()))
