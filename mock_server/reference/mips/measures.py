"""The measures of the four MIPS categories as the agency's measures data describe them (mips-scoring 0.3).

Facts only: which tier a measure is in, what an exclusion moves and how many points something earns are
scoring rules. A flag that a year's data do not know is false, a text they do not give is `None`.
"""

from typing import ClassVar, Literal

from mock_server.reference.mips.rows import Row, SubmissionMethod

Category = Literal["quality", "aci", "pi", "ia", "cost"]
"""Category codes (M-GEN-06): `aci` in 2017, `pi` from 2018."""

MeasureType = Literal[
    "process",
    "outcome",
    "intermediateOutcome",
    "intermediateOutcomeAndProcess",  # 2017 and 2018, `dmComposite` only
    "patientReportedOutcome",  # 2019
    "patientEngagementExperience",
    "efficiency",
    "structure",
]
QualityMetric = Literal[
    "singlePerformanceRate",
    "multiPerformanceRate",
    "registrySinglePerformanceRate",
    "registryMultiPerformanceRate",
    "nonProportion",
    "cahps",
    "costScore",  # the readmission measure 458
]
OverallAlgorithm = Literal["simpleAverage", "weightedAverage", "sumNumerators", "overallStratumOnly"]
ActivityWeight = Literal["medium", "high"]


class PopulationUuids(Row, frozen=True, kw_only=True):
    """Ids of the populations of one eCQM rate, as QRDA III files name them; case does not matter (FF-Q-2)."""

    initial_population_uuid: str
    denominator_uuid: str
    numerator_uuid: str
    denominator_exclusion_uuid: str | None = None
    denominator_exception_uuid: str | None = None
    strata: tuple[str, ...] = ()
    """Ids of the reporting strata (age or cohort splits) inside the populations (FF-Q-12)."""


class Stratum(Row, frozen=True, kw_only=True):
    """One rate of a quality measure."""

    name: str | None = None
    """Exact, case-sensitive; always given in a multi-rate measure."""
    e_measure_uuids: PopulationUuids | None = None
    """Only where the rate is part of an eCQM."""


class QualityMeasure(Row, frozen=True, kw_only=True):
    """A quality measure."""

    category: ClassVar[Category] = "quality"

    measure_id: str
    title: str
    measure_type: MeasureType
    metric_type: QualityMetric
    submission_methods: tuple[SubmissionMethod, ...]
    is_high_priority: bool = False
    is_inverse: bool = False
    """Lower rates are better; the direction of a benchmark row overrules it (M-BM-05)."""
    is_registry_measure: bool = False
    """A QCDR measure."""
    is_topped_out_by_program: bool = False
    """PY2018 only, where the flag of the seven-point cap sits here (M-BM-09)."""
    is_clinical_guideline_changed: bool = False
    """PY2019 only (M-QUAL-33)."""
    is_icd_impacted: bool = False
    overall_algorithm: OverallAlgorithm | None = None
    """How a multi-rate measure's rates become one (M-RATE-05); `None` for single rates."""
    strata: tuple[Stratum, ...] = ()
    """In the agency's order. Without meaning for scoring unless the measure is multi-rate."""
    e_measure_id: str | None = None
    """The CMS number of the eCQM version of the year, for example `CMS122v7`."""
    e_measure_uuid: str | None = None
    """The eCQM's id in QRDA III files (FF-Q-1)."""
    measure_sets: tuple[str, ...] = ()
    """Specialties that it is suggested to (API-VAL-27); not the specialty sets of M-EMA-06."""
    cpc_plus_group: str | None = None
    """Group for the CPC+ counts (FF-CPC-4)."""

    @property
    def is_multi_rate(self) -> bool:
        """Whether a submission carries one entry per stratum (mips-scoring 0.3)."""
        return self.metric_type in ("multiPerformanceRate", "registryMultiPerformanceRate")

    @property
    def stratum_names(self) -> tuple[str, ...]:
        """The names of the strata, in order; those without a name are left out."""
        return tuple(stratum.name for stratum in self.strata if stratum.name is not None)


class PiMeasure(Row, frozen=True, kw_only=True):
    """A measure of Promoting Interoperability, in 2017 Advancing Care Information."""

    category: Literal["aci", "pi"]
    measure_id: str
    title: str
    metric_type: Literal["boolean", "proportion"]
    weight: int | None = None
    """The agency's figure: most points it can earn, in 2017 and 2018 apart from the base (M-ACI-07).
    `None` for the public health measures of 2019, whose points depend on each other (M-PI-05)."""
    objective: str | None = None
    """The agency's code, such as `electronicPrescribing`; in 2019 `attestation` for the attestations."""
    reporting_category: str | None = None
    """2017: base, performanceBonus, registryBonus, cehrtBonus, preAttestation; 2018: attestation for that;
    2019: required, exclusion, bonus or nothing."""
    is_required: bool = False
    is_bonus: bool = False
    exclusion: str | None = None
    """Id of one exclusion of this measure, where the data name it (2018, 2019); the list is not complete."""
    substitutes: tuple[str, ...] = ()
    """Ids of measures and exclusions that stand for each other (2017, 2018; M-ACI-05)."""
    measure_sets: tuple[str, ...] = ()
    """`transition` for the measures of the transition set (2017, 2018)."""


class ImprovementActivity(Row, frozen=True, kw_only=True):
    """An improvement activity."""

    category: ClassVar[Category] = "ia"
    metric_type: ClassVar[Literal["boolean"]] = "boolean"

    measure_id: str
    title: str
    weight: ActivityWeight | None = None
    """`None` for the medical home attestation IA_PCMH (M-IA-04)."""
    subcategory_id: str | None = None
    """The agency's code, such as `careCoordination`; `None` for IA_PCMH."""
    cehrt_eligible: bool = False
    """2017 and 2018: done with certified technology it earns the ACI/PI bonus (M-ACI-11)."""


class CostMeasure(Row, frozen=True, kw_only=True):
    """A cost measure, computed from claims: lower is better."""

    category: ClassVar[Category] = "cost"
    metric_type: ClassVar[Literal["costScore"]] = "costScore"

    measure_id: str
    title: str
    submission_methods: tuple[SubmissionMethod, ...]
    is_inverse: bool = False


Measure = QualityMeasure | PiMeasure | ImprovementActivity | CostMeasure
"""Any of them: all have `measure_id`, `title`, `category` and `metric_type`."""
