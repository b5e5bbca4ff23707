"""What would earn more: one more case, the next decile, what is missing.

    what_if(submission, profile).measures[0].one_case.score

Nothing is estimated: every answer is the difference between two scores, the submission's own and that of the
changed submission, so picking, caps, bonuses and the applicability check all have their say.
"""

from typing import Final

from mock_server.scoring.mips.profile import Mode, Overrides, Profile
from mock_server.scoring.mips.result import Result
from mock_server.scoring.mips.submission import Submission
from mock_server.scoring.mips.what_if.activities import missing_activities
from mock_server.scoring.mips.what_if.gains import MeasureGain, Missing, Step, WhatIf
from mock_server.scoring.mips.what_if.interoperability import interoperability_gains, missing_interoperability
from mock_server.scoring.mips.what_if.quality import quality_gains
from mock_server.scoring.mips.what_if.trial import Trial

__all__ = ["MeasureGain", "Missing", "Step", "WhatIf", "what_if", "what_if_of"]

_NO_PROFILE: Final = Profile()
_NO_OVERRIDES: Final = Overrides()


def what_if(
    submission: Submission,
    profile: Profile = _NO_PROFILE,
    mode: Mode = "preliminary",
    overrides: Overrides = _NO_OVERRIDES,
) -> WhatIf:
    """What a submission could still gain; the most rewarding first."""
    return _what_if(Trial.of(submission, profile, mode, overrides))


def what_if_of(result: Result) -> WhatIf:
    """The same for a submission that was scored already."""
    return _what_if(Trial(result.case, result))


def _what_if(trial: Trial) -> WhatIf:
    measures = [*quality_gains(trial), *interoperability_gains(trial)]
    missing = [*missing_interoperability(trial), *missing_activities(trial)]
    return WhatIf(
        total=trial.total,
        measures=tuple(sorted(measures, key=MeasureGain.order)),
        missing=tuple(sorted(missing, key=Missing.order)),
    )
