"""Settings that all tests share: hypothesis without deadlines, the same examples in each run."""

import os
import signal

from hypothesis import settings

settings.register_profile("quick", deadline=None, max_examples=100, derandomize=True)
settings.register_profile("thorough", deadline=None, max_examples=10_000)
settings.load_profile(os.environ.get("QPORTAL_HYPOTHESIS", "quick"))

# A shell that runs the suite in the background has it ignore SIGINT; programs under test would inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
