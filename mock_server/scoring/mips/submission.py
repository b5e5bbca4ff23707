"""What was submitted (the QPP JSON model, submissions-api 2 and 3), as plain frozen values.

The types hold no checks: `intake.qpp_json` refuses what breaks a rule of submissions-api 9.2, and whoever
builds submissions in code keeps those rules. Counts that a file leaves out are 0. Computed properties of the
JSON form (`reportingRate`, most `performanceRate`) have no field: the engine computes them.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Category = Literal["quality", "aci", "pi", "ia", "cost"]
"""`aci` in 2017, `pi` from 2018 (M-GEN-06)."""

Method = Literal[
    "registry",
    "electronicHealthRecord",
    "claims",
    "cmsWebInterface",
    "certifiedSurveyVendor",
    "administrativeClaims",
    "webAttestation",
]
"""How data arrived (M-GEN-07); `webAttestation` is manual entry in the portal."""

EntityType = Literal["individual", "group", "virtualGroup", "apm"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Patients or cases of one rate: met + not met + exclusions + exceptions <= eligible population."""

    performance_met: int
    eligible_population: int
    performance_not_met: int = 0
    eligible_population_exclusion: int = 0
    eligible_population_exception: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stratum:
    """One rate of a multi-rate measure."""

    name: str
    """The measure's own name of it; `overall` is special to the algorithms of M-RATE-05."""
    counts: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleRate:
    """`singlePerformanceRate` and `registrySinglePerformanceRate`."""

    counts: Counts
    is_end_to_end_reported: bool = False
    performance_rate: Decimal | None = None
    """The submitter's own percent, registry measures only (M-RATE-04); else ignored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MultiRate:
    """`multiPerformanceRate` and `registryMultiPerformanceRate`."""

    strata: tuple[Stratum, ...]
    is_end_to_end_reported: bool = False
    performance_rate: Decimal | None = None
    """As in `SingleRate`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NonProportion:
    """`nonProportion`: a ratio or a mean, without any relation between its numbers (M-RATE-08)."""

    numerator: Decimal
    denominator: Decimal
    is_end_to_end_reported: bool = False
    numerator_exclusion: Decimal = Decimal(0)
    denominator_exception: Decimal = Decimal(0)
    observation_instances: int | None = None
    """PY2019; `None` in the earlier forms."""
    reporting_rate: Decimal | None = None
    """Percent as written in the earlier forms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proportion:
    """An ACI or PI measure: 0 <= numerator <= denominator."""

    numerator: int
    denominator: int


QualityValue = SingleRate | MultiRate | NonProportion
Value = bool | Proportion | QualityValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """The value of one measure. A boolean for attestations, activities, registries and exclusions."""

    measure_id: str
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasurementSet:
    """Data of one category from one source."""

    category: Category
    method: Method
    measurements: tuple[Measurement, ...] = ()
    """May be empty: an empty set is data all the same (M-WGT-04)."""
    performance_start: date | None = None
    performance_end: date | None = None
    program_name: str = "mips"
    """`mips` or `cpcPlus`, lower case only in the first letter."""
    measure_set: str | None = None
    """Specialty set named by the submitter; scoring finds the sets itself (M-EMA-06)."""
    practice_id: str | None = None
    """`cpcPlus` only."""
    submitter_id: str | None = None
    cehrt_id: str | None = None
    """CMS EHR certification id, ACI and PI sets only."""

    @property
    def key(self) -> tuple[Category, Method, str]:
        """What tells the sets of a submission apart for scoring (M-GEN-04)."""
        return self.category, self.method, self.program_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """Everything of one entity in one performance year (M-GEN-04). The order of sets means nothing."""

    performance_year: int
    entity_type: EntityType
    measurement_sets: tuple[MeasurementSet, ...] = ()
    tin: str | None = None
    npi: str | None = None
    entity_id: str | None = None

    @property
    def key(self) -> tuple[int, EntityType, str | None, str | None, str | None]:
        """What there is one submission for (M-GEN-04)."""
        return self.performance_year, self.entity_type, self.tin, self.npi, self.entity_id
