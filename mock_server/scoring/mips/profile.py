"""What the program knows of a clinician or practice besides the submission (mips-scoring 0.1).

Absent flags are false, absent numbers and objects `None`. Names follow the JSON record of `qportal score` in
snake case. `Overrides` are the record's what-if parts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from mock_server.reference.mips.benchmarks import Benchmark, BenchmarkKey

Mode = Literal["preliminary", "final"]
"""Submission window, or July feedback (M-GEN-03)."""

MipsApm = Literal["none", "ssp", "nextgen", "other"]
PreliminaryCost = Literal["reweight", "reserve"]

_NO_FLAGS: Mapping[str, bool] = MappingProxyType({})
_NO_COUNTS: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """Categories that extreme and uncontrollable circumstances cover (M-WGT-01, M-WGT-07)."""

    quality: bool = False
    pi: bool = False
    ia: bool = False
    cost: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Readmission:
    """The all-cause readmission measure 458, from claims (M-QUAL-30)."""

    rate: Decimal
    """Percent; lower is better."""
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyScore:
    """One summary survey measure (`CAHPS_n`, `CAHPS_ACO_n`; M-QUAL-31)."""

    score: Decimal
    is_below_minimum: bool = False
    """Too few answers: left out of the mean."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostResult:
    """One cost measure, from claims (M-COST-01)."""

    measure_id: str
    value: Decimal
    """Dollars per case."""
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PiParticipant:
    """A participant TIN (2019: a clinician) whose PI percent is rolled up for an APM entity (M-APM-04)."""

    percent: Decimal | None
    """`None`: nothing reported, counts 0."""
    clinicians: int = 1
    reweighted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorQuality:
    """Last year's quality record of the same entity (M-QUAL-26)."""

    quality_achievement_points: Decimal
    """Without bonuses."""
    quality_denominator: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Facility:
    """Percents of the facility where a facility-based clinician works (M-FIN-09); given, not computed."""

    quality_percent: Decimal
    cost_percent: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Choices where the rules leave one."""

    covid2019: bool = False
    """Treat PY2019 individuals with data for at most one category as covered (M-WGT-07)."""
    preliminary_cost: PreliminaryCost = "reweight"
    """`reserve` keeps the weight of cost back in preliminary mode (M-WGT-09)."""
    enforce_ia_90_days: bool = True
    """M-IA-07."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The facts about one clinician or practice that its score depends on."""

    small_practice: bool = False
    """15 or fewer NPIs under the TIN."""
    rural: bool = False
    hpsa: bool = False
    non_patient_facing: bool = False
    clinician_count: int | None = None
    hospital_based: bool = False
    asc_based: bool = False
    pi_reweight_clinician_type: bool = False
    pi_hardship_approved: bool = False
    euc: Circumstances = Circumstances()
    apm_participant: bool = False
    """In an APM, not scored under the APM scoring standard (M-IA-05)."""
    ia_study_participant: bool = False
    cms_known_pcmh: bool = False
    mips_apm: MipsApm = "none"
    scored_under_apm_standard: bool = False
    wi_registered: bool = False
    wi_complete: bool = False
    cahps_registered: bool = False
    cahps_sample_met: bool = True
    wi_measure_complete: Mapping[str, bool] = field(default_factory=lambda: _NO_FLAGS)
    """By measure id; a measure that is not named is complete (M-WI-03)."""
    claims_eligible_instances: Mapping[str, int] = field(default_factory=lambda: _NO_COUNTS)
    """By measure id; a measure that is not named counts as available (M-EMA-04)."""
    acr: Readmission | None = None
    cahps: Mapping[str, SurveyScore] | None = None
    """By survey measure id."""
    cost: tuple[CostResult, ...] = ()
    apm_pi_participants: tuple[PiParticipant, ...] = ()
    voluntary: bool = False
    """Scores without payment adjustment (M-FIN-08)."""
    hcc_average: Decimal | None = None
    dual_ratio: Decimal | None = None
    """0 to 1."""
    prior_year: PriorQuality | None = None
    facility: Facility | None = None
    settings: Settings = Settings()

    @property
    def has_ia_special_status(self) -> bool:
        """Whether activities count double (M-IA-01)."""
        return self.small_practice or self.rural or self.hpsa or self.non_patient_facing

    @property
    def is_pi_reweighted(self) -> bool:
        """Whether ACI/PI has no weight as long as no data of it exist (M-WGT-06)."""
        return (
            self.non_patient_facing
            or self.hospital_based
            or self.asc_based
            or self.pi_reweight_clinician_type
            or self.pi_hardship_approved
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """What-if changes of reference data and rates."""

    benchmarks: tuple[Benchmark, ...] = ()
    """Rows that replace the bundled row of the same measure and method."""
    removed_benchmarks: tuple[BenchmarkKey, ...] = ()
    performance_rate: Mapping[str, Decimal] = field(default_factory=lambda: MappingProxyType({}))
    """Percent by measure id that replaces the computed one, whatever the method (M-GEN-02: R2)."""
    clinical_clusters: bool = True
    """False switches the applicability check off (section 4)."""
