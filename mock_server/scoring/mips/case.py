"""Everything that one scoring looks at, gathered once and handed to every part of the engine."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from mock_server.reference.mips.benchmarks import Benchmark
from mock_server.reference.mips.years import MipsYear
from mock_server.scoring.mips.profile import Mode, Profile
from mock_server.scoring.mips.rules import YearRules
from mock_server.scoring.mips.submission import MeasurementSet, Submission

METHOD_ORDER: Final[Mapping[str, int]] = {
    "registry": 0,
    "electronicHealthRecord": 1,
    "claims": 2,
    "cmsWebInterface": 3,
    "webAttestation": 4,
    "certifiedSurveyVendor": 5,
    "administrativeClaims": 6,
}
"""Which of two equal sets decides (section 0.1)."""


def set_order(one: MeasurementSet) -> tuple[int, str]:
    """A total order of sets that neither their order nor that of their measurements has a part in."""
    rest = (
        one.program_name,
        one.measure_set,
        one.practice_id,
        one.submitter_id,
        one.cehrt_id,
        one.performance_start,
        one.performance_end,
        sorted(repr(measurement) for measurement in one.measurements),
    )
    return METHOD_ORDER[one.method], repr(rest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One submission with the facts, rules and reference data that apply to it."""

    submission: Submission
    profile: Profile
    mode: Mode
    rules: YearRules
    reference: MipsYear
    """With the what-if rows already put in."""
    given_rates: Mapping[str, Decimal]
    """What-if percents by measure id."""

    @property
    def is_final(self) -> bool:
        """July feedback, where everything is known (M-GEN-03)."""
        return self.mode == "final"

    @property
    def under_apm_standard(self) -> bool:
        """Whether section 9 replaces the general weights."""
        return self.profile.scored_under_apm_standard

    def usable_benchmark(self, measure_id: str, method: str) -> Benchmark | None:
        """The row of the method; in preliminary mode only a historical one (M-BM-03)."""
        row = self.reference.benchmarks.get((measure_id, method))
        if row is None or not (self.is_final or row.is_historical):
            return None
        return row
