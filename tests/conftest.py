"""Settings that all tests share: hypothesis without deadlines, the same examples in each run."""

import os

from hypothesis import settings

settings.register_profile("quick", deadline=None, max_examples=100, derandomize=True)
settings.register_profile("thorough", deadline=None, max_examples=10_000)
settings.load_profile(os.environ.get("QPORTAL_HYPOTHESIS", "quick"))
