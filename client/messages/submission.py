"""QPP JSON on the wire: submissions, their measurement sets and measurements (submissions-api 2 and 3).

Names are those of the agency's Submissions API. A measurement's value carries no tag in JSON, its measure
says what it is; so one struct holds the keys of every kind, and those that do not apply are absent.
"""

from decimal import Decimal
from typing import Literal

from msgspec import UNSET, Struct, UnsetType

EntityType = Literal["individual", "group", "virtualGroup", "apm"]
Category = Literal["quality", "ia", "aci", "pi", "cost"]
"""`aci` in performance year 2017, `pi` later; `cost` is never submitted."""
Method = Literal[
    "registry",
    "electronicHealthRecord",
    "claims",
    "cmsWebInterface",
    "certifiedSurveyVendor",
    "administrativeClaims",
    "webAttestation",
]


class _Object(Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """An object of the API; what has its default is left out."""


class Stratum(_Object, frozen=True, kw_only=True):
    """One rate of a multi-rate measure."""

    stratum: str
    """Name of the rate in the measures data."""
    performance_met: int
    eligible_population: int
    performance_not_met: int | None = None
    eligible_population_exclusion: int | None = None
    eligible_population_exception: int | None = None


class MeasureValue(_Object, frozen=True, kw_only=True):
    """The value of a measure that is not just true or false. Counts are whole numbers of 0 or more."""

    is_end_to_end_reported: bool | UnsetType = UNSET
    """Quality only."""
    performance_met: int | None = None
    performance_not_met: int | None = None
    eligible_population: int | None = None
    eligible_population_exclusion: int | None = None
    eligible_population_exception: int | None = None
    strata: tuple[Stratum, ...] = ()
    numerator: Decimal | None = None
    """Whole in Promoting Interoperability; any number in a non-proportion measure."""
    denominator: Decimal | None = None
    numerator_exclusion: Decimal | None = None
    denominator_exception: Decimal | None = None
    observation_instances: int | None = None
    performance_rate: Decimal | UnsetType | None = UNSET
    """Percent; written by registries for their own measures, computed else. `None`: nothing to judge."""
    reporting_rate: Decimal | UnsetType | None = UNSET
    """Percent; computed, written only in non-proportion measures of 2017 and 2018."""


class Measurement(_Object, frozen=True, kw_only=True):
    """The value of one measure."""

    measure_id: str
    value: bool | MeasureValue


class MeasurementSet(_Object, frozen=True, kw_only=True):
    """Data of one category from one source."""

    category: Category
    submission_method: Method
    performance_start: str
    """`YYYY-MM-DD`."""
    performance_end: str
    measurements: tuple[Measurement, ...]
    program_name: Literal["mips", "cpcPlus"] | UnsetType = UNSET
    practice_id: str | None = None
    """CPC+ only."""
    measure_set: str | None = None
    """Specialty measure set."""
    cehrt_id: str | None = None
    """Promoting Interoperability only."""


class Submission(_Object, frozen=True, kw_only=True):
    """Everything of one clinician, group, virtual group or APM entity in a performance year."""

    performance_year: int
    entity_type: EntityType
    measurement_sets: tuple[MeasurementSet, ...]
    taxpayer_identification_number: str | None = None
    """Nine digits; individuals and groups."""
    national_provider_identifier: str | None = None
    """Ten digits; individuals."""
    entity_id: str | None = None
    """Virtual groups and APM entities."""
