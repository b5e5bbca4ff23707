"""Rendering without the cyclic garbage collector.

A large report becomes a million small tuples that all live to the end and hold no cycle; the collector would
walk them again and again for a fifth of the time. Reference counts still free everything.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Pause it; whoever found it running sets it going again, also where renderings overlap."""
    was_running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_running:
            gc.enable()
