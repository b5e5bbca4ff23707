"""Which of several scores counts for a clinician, and who sees any (M-GEN-05, M-APM-05)."""

from collections.abc import Iterable
from typing import Final

from mock_server.scoring.mips.profile import MipsApm
from mock_server.scoring.mips.result import ScoreTree
from mock_server.scoring.mips.submission import EntityType
from mock_server.scoring.mips.years import RULES

_RANK: Final[dict[EntityType, int]] = {"apm": 2, "virtualGroup": 1, "group": 0, "individual": 0}


def governing_score(scores: Iterable[ScoreTree]) -> ScoreTree | None:
    """An APM entity's score before a virtual group's, before the higher of group and individual (M-GEN-05).

    Of several of one rank the highest counts, of equal ones the first. `None` if there is none.
    """
    return max(scores, key=_precedence, default=None)


def _precedence(tree: ScoreTree) -> tuple[int, object]:
    return _RANK[tree.result.case.submission.entity_type], tree.result.total_score.value


def has_feedback(year: int, apm: MipsApm) -> bool:
    """Whether participants of an APM get feedback for the year at all (M-APM-05)."""
    return apm not in RULES[year].apms_without_feedback
