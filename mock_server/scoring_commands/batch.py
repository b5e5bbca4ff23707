"""Many documents over all cores, the answers in the order of the documents.

The first documents are scored here: a handful is done before a worker has started. After that, whatever
arrives in large pieces goes to the workers, with a bounded number of pieces under way, so that memory does
not grow with the input; small pieces mean that the producer is slower than we are, and are answered at once.
"""

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from typing import Final

from mock_server.scoring_commands.answering import in_one_line
from mock_server.scoring_commands.options import Options
from mock_server.scoring_commands.sources import BLOCK, Batch

ALONE: Final = 64
"""Documents that are scored before workers are started."""
_SMALL: Final = BLOCK // 2
_UNDER_WAY_PER_WORKER: Final = 3

Answered = tuple[bytes, int]
"""Lines of JSON, and how many of the documents were not scored."""


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def answered(batches: Iterator[Batch], options: Options, workers: int | None = None) -> Iterator[Answered]:
    """The answers about every batch, in order."""
    workers = cores() if workers is None else workers
    done = 0
    for batch in batches:
        yield answer(batch, options)
        done += len(batch)
        if done >= ALONE and workers > 1:
            break
    yield from _spread(batches, options, workers)


def answer(batch: Batch, options: Options) -> Answered:
    """The answers about one batch."""
    lines, failed = [], 0
    for document in batch:
        line, scored = in_one_line(document, options)
        lines.append(line)
        failed += not scored
    return b"".join(lines), failed


def _spread(batches: Iterator[Batch], options: Options, workers: int) -> Iterator[Answered]:
    under_way: deque[Future[Answered]] = deque()
    with ExitStack() as stack:
        submit: Callable[[Batch], Future[Answered]] | None = None
        for batch in batches:
            if sum(len(document.data) for document in batch) < _SMALL:
                yield from _finished(under_way, 0)
                yield answer(batch, options)
                continue
            if submit is None:
                submit = _start(stack, options, workers)
            under_way.append(submit(batch))
            yield from _finished(under_way, workers * _UNDER_WAY_PER_WORKER)
        yield from _finished(under_way, 0)


def _start(stack: ExitStack, options: Options, workers: int) -> Callable[[Batch], Future[Answered]]:
    """Start the workers; what is loaded by now is shared with them where the system can.

    A request to end becomes an orderly exit, so that they end too.
    """
    gc.freeze()
    if threading.current_thread() is threading.main_thread():
        before = signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
        stack.callback(signal.signal, signal.SIGTERM, before)
    pool = stack.enter_context(ProcessPoolExecutor(workers, initializer=_end_with_the_parent))
    return lambda batch: pool.submit(answer, batch, options)


def _finished(under_way: deque[Future[Answered]], allowed: int) -> Iterator[Answered]:
    """Wait, in order, until no more than `allowed` are left."""
    while len(under_way) > allowed:
        yield under_way.popleft().result()


def _end_with_the_parent() -> None:
    """A worker leaves Ctrl+C to its parent, and does not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_watch_parent, daemon=True).start()


def _watch_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
