"""Settings that all tests share: hypothesis without deadlines, the same examples in each run."""

import gc
import os
import signal
import sys

import textual._wait
from hypothesis import settings

settings.register_profile("quick", deadline=None, max_examples=100, derandomize=True)
settings.register_profile("thorough", deadline=None, max_examples=10_000)
settings.load_profile(os.environ.get("QPORTAL_HYPOTHESIS", "quick"))

# The program under test is started a hundred times; compiled once, as an installed one is, it starts in half
# the time. Containers often forbid it by this variable.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# A shell that runs the suite in the background has it ignore SIGINT; programs under test would inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Pilot looks every 20 ms whether the program has come to rest, thousands of times in a run; 5 ms do as well.
textual._wait.SLEEP_GRANULARITY = 1 / 200


def pytest_collection_finish() -> None:
    """What collecting 6,000 tests has built stays: the collector need not look at it in every test."""
    gc.collect()
    gc.freeze()
