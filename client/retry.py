"""How long and how often a call is repeated (RF-09, W-9), as a value; the portal client carries it out.

The security specification caps attempts at four, the portal's at 30 seconds; the portal's wins (design.md),
so a server that needs five seconds to restart is met. The budget starts with the first failure: the
connection is lost from then on, not from when the call was made.
"""

from dataclasses import dataclass

ONE_TRY_STATUSES = frozenset({502, 503, 504})
TOO_MANY = 429
LONGEST_RETRY_AFTER_S = 30


@dataclass(frozen=True)
class RetryPolicy:
    """Budgets in seconds."""

    budget_s: float = 30.0
    """Time after the first failure within which another attempt may begin; negative: none."""
    operation_s: float = 60.0
    """Time after which the whole call is given up, whatever it is doing."""

    def longest_wait(self, failures: int) -> float:
        """Upper bound of the wait after so many failures: 0.5, 1, 2, 4, 4, ... (SR 7.9)."""
        return min(4.0, 0.25 * 2.0**failures)

    def wait(self, failures: int, fraction: float, retry_after_s: int | None) -> float:
        """Seconds before the next attempt; `fraction` is a random number of [0, 1)."""
        return max(fraction * self.longest_wait(failures), float(retry_after_s or 0))


ONCE = RetryPolicy(budget_s=-1.0)
"""For calls that must not be carried out twice."""

ASK_ONCE = RetryPolicy(budget_s=-1.0, operation_s=10.0)
"""For the question whether somebody is there."""


def may_repeat(status: int, retry_after_s: int | None) -> bool:
    """Whether an answer without data is worth another attempt."""
    if status == TOO_MANY:
        return retry_after_s is not None and retry_after_s <= LONGEST_RETRY_AFTER_S
    return status in ONE_TRY_STATUSES
