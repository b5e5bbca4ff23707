"""Notice that the terminal is gone, where no signal says so (SSH-HUP-02).

A program that does not lead its terminal (started by a supervisor, a container or another program) gets no
SIGHUP; reading then gives the end of file at once and for ever, and Textual's reader would spin. The kernel
reports the hang-up on a descriptor that is watched for nothing else, so this costs nothing until it happens.
"""

import asyncio
import select
import signal
from collections.abc import Callable


def watch_for_hang_up(descriptor: int) -> Callable[[], None]:
    """Raise SIGHUP in this process when the terminal of `descriptor` is closed; returns what ends the watch.

    Needs a running loop. Without epoll, or for a descriptor that cannot be watched, there is no watch.
    """
    try:
        poll = select.epoll()
    except AttributeError:
        return lambda: None
    try:
        poll.register(descriptor, 0)  # errors and hang-ups are always reported
    except OSError:  # a file
        poll.close()
        return lambda: None
    loop = asyncio.get_running_loop()

    def end() -> None:
        if not poll.closed:
            loop.remove_reader(poll.fileno())
            poll.close()

    def gone() -> None:
        end()
        signal.raise_signal(signal.SIGHUP)

    loop.add_reader(poll.fileno(), gone)
    return end
