"""A scored submission that can be scored again with one thing changed."""

from dataclasses import dataclass, replace
from decimal import Decimal

from mock_server.scoring.computed import Computed
from mock_server.scoring.mips.case import Case
from mock_server.scoring.mips.engine import case_of, evaluate
from mock_server.scoring.mips.profile import Mode, Overrides, Profile
from mock_server.scoring.mips.result import Result
from mock_server.scoring.mips.rounding import rounded
from mock_server.scoring.mips.submission import Measurement, MeasurementSet, Submission
from mock_server.scoring.mips.what_if.gains import gain


@dataclass(frozen=True, slots=True)
class Trial:
    """The submission as it stands, with its result."""

    case: Case
    result: Result

    @classmethod
    def of(cls, submission: Submission, profile: Profile, mode: Mode, overrides: Overrides) -> "Trial":
        """Score a submission."""
        case = case_of(submission, profile, mode, overrides)
        return cls(case, evaluate(case))

    @property
    def sets(self) -> tuple[MeasurementSet, ...]:
        """What was submitted."""
        return self.case.submission.measurement_sets

    @property
    def total(self) -> Decimal:
        """As it stands, four decimals."""
        return rounded(self.result.total_score.value, 4)

    def gain(self, changed: Result) -> Computed[Decimal]:
        """By how much a changed score is higher."""
        return gain.of(now=self.result.total_score.value, changed=changed.total_score.value)

    def with_set(self, old: MeasurementSet | None, new: MeasurementSet) -> Result:
        """The score with a set in the place of another; `None`: added."""
        kept = [new if one is old else one for one in self.sets]
        return self.with_sets(tuple(kept if old is not None else [*kept, new]))

    def with_sets(self, sets: tuple[MeasurementSet, ...]) -> Result:
        """The score with other sets."""
        return evaluate(replace(self.case, submission=replace(self.case.submission, measurement_sets=sets)))

    def with_rate(self, measure_id: str, rate: Decimal) -> Result:
        """The score with another performance rate of a measure."""
        return evaluate(replace(self.case, given_rates={**self.case.given_rates, measure_id: rate}))


def with_measurement(one: MeasurementSet, measurement: Measurement) -> MeasurementSet:
    """The set with the measurement added, or in the place of one of the same measure."""
    kept = [m for m in one.measurements if m.measure_id != measurement.measure_id]
    return replace(one, measurements=(*kept, measurement))
