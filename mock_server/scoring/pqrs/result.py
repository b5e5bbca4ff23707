"""What the engine returns: decisions and figures, ordered as the report lists them.

Figures of single measures are properties that compute on access: a TIN with a thousand professionals is
scored for its totals, and only the rows that somebody opens become figures. No result holds a title or a
format; those are the report's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from mock_server.reference.pqrs_2011.methods import METHODS, Method
from mock_server.reference.pqrs_2011.rationales import Rationale
from mock_server.scoring.computed import Computed
from mock_server.scoring.pqrs import rates, summary
from mock_server.scoring.pqrs.choice import Mark, selection_mark
from mock_server.scoring.pqrs.order import by_amount
from mock_server.scoring.pqrs.rates import MeasureFact, Null
from mock_server.scoring.pqrs.record import (
    Attempt,
    GroupCounts,
    MeasureCounts,
    Practice,
    Professional,
    Submissions,
)


@dataclass(frozen=True, slots=True)
class SubmissionResult:
    """A row of Table 3: submissions of a measure and how many were valid."""

    measure: str
    title: str | None
    """The record's own title, if it gives one."""
    counts: Submissions
    """`counts.reported` >= 1."""
    correct: int
    """P-DM-44."""

    @property
    def correctly_reported(self) -> Computed[Decimal]:
        """`% of Correctly Reported Quality Data`, one decimal (P-F-5)."""
        return rates.correctly_reported.of(correct=self.correct, reported=self.counts.reported)


@dataclass(frozen=True, slots=True)
class MeasureResult:
    """A measure of an attempt, alone or as a member of a group."""

    counts: MeasureCounts
    percent: int
    """Threshold of a satisfactory measure, 50 or 80."""

    @property
    def measure(self) -> str:
        """Number without `#`."""
        return self.counts.measure

    @property
    def has_quality_data(self) -> bool:
        """Whether Table 4 lists it (P-DM-35)."""
        return self.counts.has_quality_data

    @property
    def reporting_rate(self) -> Computed[int]:
        """Whole percent (P-F-2)."""
        counts = self.counts
        return rates.reporting_rate.of(reported=counts.reported, eligible_instances=counts.eligible_instances)

    @property
    def satisfactory(self) -> Computed[bool]:
        """Whether it reached its threshold, before the zero-performance discount (P-F-6)."""
        counts = self.counts
        return rates.satisfactory.of(
            reported=counts.reported, eligible_instances=counts.eligible_instances, percent=self.percent
        )

    @property
    def exclusions(self) -> Computed[int]:
        """Valid exclusions, B."""
        counts = self.counts
        return rates.exclusions.of(
            excl_1p=counts.excl_1p,
            excl_2p=counts.excl_2p,
            excl_3p=counts.excl_3p,
            excl_other=counts.excl_other,
        )

    @property
    def performance_denominator(self) -> Computed[int]:
        """A - B (P-F-3)."""
        return rates.performance_denominator.of(
            reported=self.counts.reported, exclusions=self.exclusions.value
        )

    @property
    def not_met(self) -> Computed[int]:
        """X = A - B - M."""
        return rates.not_met.of(
            reported=self.counts.reported, exclusions=self.exclusions.value, met=self.counts.met
        )

    @property
    def performance_rate(self) -> Computed[int | Null]:
        """Whole percent or `NULL` (P-F-4)."""
        return rates.performance_rate.of(
            met=self.counts.met, reported=self.counts.reported, exclusions=self.exclusions.value
        )

    @property
    def fact(self) -> MeasureFact:
        """What the decision looks at."""
        counts = self.counts
        return MeasureFact(
            counts.measure,
            counts.reported,
            counts.eligible_instances,
            counts.reported - counts.excl_1p - counts.excl_2p - counts.excl_3p - counts.excl_other,
            counts.met,
        )

    @property
    def submission(self) -> SubmissionResult | None:
        """Row of Table 3; `None` without submissions."""
        counts, sent = self.counts, self.counts.submissions
        if sent is None or sent.reported == 0:
            return None
        correct = counts.reported if sent.correct is None else sent.correct
        return SubmissionResult(counts.measure, counts.title, sent, correct)


@dataclass(frozen=True, slots=True)
class GroupResult:
    """A reported measures group of an attempt."""

    counts: GroupCounts
    members: tuple[MeasureResult, ...]
    """Every member that the record gives, by number."""

    @property
    def group(self) -> str:
        """Display title."""
        return self.counts.group

    @property
    def reporting_rate(self) -> Computed[int]:
        """Whole percent of the eligible that are complete (P-T2-11)."""
        return rates.reporting_rate.of(
            reported=self.counts.complete, eligible_instances=self.counts.eligible
        ).citing("P-T2-11")


@dataclass(frozen=True, slots=True)
class AttemptResult:
    """The judgement of one method that a professional tried."""

    attempt: Attempt
    method: Method
    charges: Decimal
    """Of the method's period (P-INC-8)."""
    measures: tuple[MeasureResult, ...]
    """Measures with quality data, by number (P-T2-13); empty for group methods."""
    groups: tuple[GroupResult, ...]
    """Reported groups by title; empty for individual measures."""
    discount: bool
    """Whether zero-performance measures were disregarded (P-SR-3)."""
    verdict: Computed[Rationale]
    mav: Computed[bool] | None
    """Whether MAV passed; `None` = it did not run."""
    incentive: Computed[Decimal | None]
    """What it would pay alone; `None` = not eligible."""

    @property
    def eligible(self) -> bool:
        """Incentive eligible for this method."""
        return self.verdict.value.eligible

    @property
    def groups_reported(self) -> Computed[int] | None:
        """P-T2-1; `None` = does not apply."""
        if not self.method.groups:
            return None
        return summary.groups_reported.of(groups=summary.group_tallies(self.attempt.groups))

    @property
    def measures_reported(self) -> Computed[int]:
        """P-T2-2."""
        return summary.measures_reported.of(
            measures=tuple((m.measure, m.has_quality_data) for m in self._measures)
        )

    @property
    def measures_on_eligible(self) -> Computed[int] | None:
        """P-T2-3; `None` = does not apply."""
        if self.method.groups:
            return None
        return summary.measures_on_eligible.of(
            measures=tuple((m.measure, m.counts.reported) for m in self.measures)
        )

    @property
    def measures_satisfactory(self) -> Computed[int]:
        """P-T2-4; the discount does not touch measures in groups."""
        return summary.measures_satisfactory.of(
            measures=tuple(m.fact for m in self._measures),
            percent=self.method.percent,
            discount=self.discount and not self.method.groups,
        )

    @property
    def submissions(self) -> tuple[SubmissionResult, ...]:
        """Rows of Table 3 for the attempt's period, by measure."""
        return tuple(row for m in self.measures if (row := m.submission) is not None)

    @property
    def _measures(self) -> tuple[MeasureResult, ...]:
        """All measure rows, members of several groups once per group."""
        return self.measures or tuple(member for group in self.groups for member in group.members)


@dataclass(frozen=True, slots=True)
class ProfessionalResult:
    """Everything decided about one TIN/NPI; independent of all others."""

    professional: Professional
    attempts: tuple[AttemptResult, ...]
    """Canonical order."""
    selected: Computed[str | None]
    """Code of the method that pays; `None` = none eligible (P-CHO-1)."""
    pqrs: Computed[Decimal | None]
    """P-INC-1; `None` = not earned."""
    moc_eligible: Computed[bool] | None
    """`None` = does not take part in Maintenance of Certification."""
    moc: Computed[Decimal | None]
    total: Computed[Decimal | None]
    """P-INC-5."""
    charges_shown: Computed[Decimal]
    """Charges of the Incentive Summary (P-INC-8)."""

    @property
    def npi(self) -> str:
        """10 digits."""
        return self.professional.npi

    @property
    def table_1_attempts(self) -> tuple[AttemptResult, ...]:
        """Selected attempt and all that were not eligible, in the order of Table 1 (P-T1-1, P-T-10)."""
        chosen = self.selected.value
        shown = [a for a in self.attempts if a.method.code == chosen or not a.eligible]
        return tuple(sorted(shown, key=lambda a: by_amount(a.incentive.value, a.method.code)))

    def mark(self, attempt: AttemptResult) -> Computed[Mark]:
        """Whether the attempt was selected for payment: last column of block B."""
        return selection_mark.of(method=attempt.method.code, selected=self.selected.value)


@dataclass(frozen=True, slots=True)
class Totals:
    """Amounts of the TIN; `None` = nobody earned any (P-INC-6)."""

    pqrs: Computed[Decimal | None]
    """Total row of Table 1."""
    moc: Computed[Decimal | None]
    """Total row of the Maintenance of Certification table."""
    total: Computed[Decimal | None]
    """Box of Table 1; what is distributed."""


@dataclass(frozen=True, slots=True)
class ContractorShare:
    """What one contractor pays (P-MAC)."""

    id: str
    amount: Computed[Decimal | None]


@dataclass(frozen=True, slots=True)
class PracticeResult:
    """The scored practice of an individual participation."""

    practice: Practice
    professionals: tuple[ProfessionalResult, ...]
    """Those with an attempt, by NPI; empty = no report exists (P-ACC-1)."""
    moc_participants: tuple[ProfessionalResult, ...]
    """Rows of the Maintenance of Certification table, by NPI; also those without an attempt."""
    totals: Totals
    distribution: tuple[ContractorShare, ...]
    """By contractor id; dropped contractors are missing."""
    national_means: Mapping[tuple[str, str, int], int | None]
    """By measure, mechanism and months."""

    @property
    def report_exists(self) -> bool:
        """P-ACC-1."""
        return bool(self.professionals)

    def national_mean(self, measure: str, method: str) -> int | None:
        """Mean that a row of Table 4 shows beside `method`; `None` = no value (P-F-7)."""
        key = METHODS[method]
        return self.national_means.get((measure, key.mechanism, key.months))
