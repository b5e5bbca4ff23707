"""The practice record (pqrs-2011 1.1, 1.3 to 1.5): raw counts and charges, as plain frozen values.

The names are those of the JSON form, except `professionals` for `npis`. Tuples keep the order of the input
(paths of messages depend on it); no result does (P-JSON-3). The types hold no checks: `intake.pqrs_record`
refuses a record that breaks a rule, and whoever builds records in code keeps P-DM-30 to P-DM-45.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from mock_server.reference.pqrs_2011.constants import ZERO_PERFORMANCE_DISCOUNT
from mock_server.reference.pqrs_2011.methods import MethodCode, Months

Participation = Literal["individual", "gpro1", "gpro2"]
MeanMechanism = Literal["claims", "registry", "ehr"]
ModuleStatus = Literal["Complete", "Excused", "Incomplete"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Submissions:
    """Quality-data code submissions of a claims measure, sorted by what was wrong (1.4, Table 3)."""

    reported: int
    """All submissions, valid or not."""
    correct: int | None = None
    """Valid submissions; `None` = the measure's `reported` (P-DM-44)."""
    gender: int = 0
    """Column 4: wrong gender."""
    age: int = 0
    """Column 5: wrong age."""
    cpt: int = 0
    """Column 6: wrong CPT code alone."""
    dx: int = 0
    """Column 7: wrong diagnosis alone."""
    cpt_dx: int = 0
    """Column 8: both wrong."""
    missing_cpt: int = 0
    """Column 9: every claim line was a quality-data code."""
    missing_cpt_dx: int = 0
    """Column 10: that, and a wrong diagnosis."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureCounts:
    """Instance counts of one measure in one attempt (1.3)."""

    measure: str
    """Number without `#`, for example `51`."""
    eligible_instances: int
    """D, the reporting denominator."""
    reported: int
    """N = A: instances with complete, correct quality data."""
    title: str | None = None
    """Replaces the title of the measure table."""
    any_qdc: bool | None = None
    """At least one submission, valid or not; `None` = by P-DM-35 (see `has_quality_data`)."""
    no_qdc: int = 0
    """Q: eligible instances without any code; claims only."""
    qdc_errors: int = 0
    """E: eligible instances with a wrong or incomplete code; claims only."""
    excl_1p: int = 0
    """Medical exclusions."""
    excl_2p: int = 0
    """Patient exclusions."""
    excl_3p: int = 0
    """System exclusions."""
    excl_other: int = 0
    """Other exclusions, 8P where the measure defines it as one (P-DM-34)."""
    met: int = 0
    """M: the quality action met the measure."""
    not_met: int | None = None
    """X as submitted; `None` = A - B - M, which it equals anyway (P-DM-31)."""
    submissions: Submissions | None = None
    """Only in individual measures by claims (P-DM-36)."""

    @property
    def has_quality_data(self) -> bool:
        """Whether at least one code or data record was submitted (P-DM-35)."""
        if self.any_qdc is not None:
            return self.any_qdc
        sent = self.submissions is not None and self.submissions.reported > 0
        return self.reported > 0 or self.qdc_errors > 0 or sent


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCounts:
    """Counts of one measures group in one attempt (P-DM-6)."""

    group: str
    """Display title."""
    eligible: int
    """Beneficiaries (30-beneficiary methods) or instances that meet the group's common denominator."""
    complete: int
    """Those for which every applicable measure was reported."""
    members: tuple[MeasureCounts, ...] = ()

    @property
    def is_reported(self) -> bool:
        """Whether anything of the group was reported (P-T2-1)."""
        return self.complete >= 1 or any(member.has_quality_data for member in self.members)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One method that a professional tried (P-DM-4): either `measures` or `groups` is filled."""

    method: MethodCode
    registry_or_ehr_name: str | None = None
    """`None` by claims, or name not available."""
    measures: tuple[MeasureCounts, ...] = ()
    groups: tuple[GroupCounts, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibleCount:
    """Eligible instances of a measure in a period, reported or not: what MAV looks up (P-DM-11)."""

    months: Months
    measure: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Professional:
    """An eligible professional under this TIN (P-DM-2)."""

    npi: str
    """10 digits; the check digit is not enforced here (P-ACC-7)."""
    charges_12: Decimal
    """Estimated allowed Part B PFS charges of the year, 2 places."""
    charges_6: Decimal = Decimal("0.00")
    """Those of the second half-year; at most `charges_12`."""
    npi_name: str | None = None
    moc_requirements_met: bool | None = None
    """`None` = does not take part in Maintenance of Certification."""
    eligible_by_measure: tuple[EligibleCount, ...] = ()
    attempts: tuple[Attempt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contractor:
    """A Carrier or A/B MAC that processed claims of the TIN (P-DM-3)."""

    id: str
    """5 characters `0-9A-Z`."""
    charges_12: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalMean:
    """A national mean performance rate (P-DM-10)."""

    measure: str
    mechanism: MeanMechanism
    months: Months
    mean_percent: int | None
    """0 to 100; `None` = no value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ZeroPerformanceDiscount:
    """Where a measure with zero performance does not count as reported (P-SR-3, P-CFG-11)."""

    claims: bool = ZERO_PERFORMANCE_DISCOUNT["claims"]
    registry: bool = ZERO_PERFORMANCE_DISCOUNT["registry"]
    ehr: bool = ZERO_PERFORMANCE_DISCOUNT["ehr"]
    gpro2_claims: bool = ZERO_PERFORMANCE_DISCOUNT["gpro2_claims"]
    gpro2_registry: bool = ZERO_PERFORMANCE_DISCOUNT["gpro2_registry"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gpro1Module:
    """A GPRO I module (P-DM-8): either `ranked` or the three integers."""

    module: str
    ranked: tuple[ModuleStatus, ...] | None = None
    assigned: int | None = None
    excused: int | None = None
    consecutive_complete: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gpro1MeasureCounts:
    """Counts of a GPRO I measure (P-DM-9)."""

    measure: str
    """Id, for example `DM-2`."""
    total: int
    exclusions: int = 0
    met: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """One TIN with everything its 2011 report is computed from (P-DM-1)."""

    tin: str = field(repr=False)
    """9 digits. Kept out of `repr`, so that no traceback shows it."""
    participation: Participation
    tin_name: str | None = None
    ep_count: int | None = None
    charges_12: Decimal | None = None
    """Allowed charges of the whole TIN; GPRO only."""
    contractors: tuple[Contractor, ...] = ()
    professionals: tuple[Professional, ...] = ()
    national_means: tuple[NationalMean, ...] = ()
    zero_performance_discount: ZeroPerformanceDiscount = ZeroPerformanceDiscount()
    gpro1_validation_passed: bool = True
    gpro1_modules: tuple[Gpro1Module, ...] = ()
    gpro_measures: tuple[Gpro1MeasureCounts, ...] = ()
    gpro2_tier: str | None = None
    gpro2_method: Literal["Claims", "Registry"] | None = None
    registry_name: str | None = None
    gpro2_measures: tuple[MeasureCounts, ...] = ()
    gpro2_groups: tuple[GroupCounts, ...] = ()
