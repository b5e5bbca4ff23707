"""Quality measures below their maximum: one case better, and the next decile."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from mock_server.scoring.mips.nodes.quality_measure import messages_of
from mock_server.scoring.mips.quality.measure import Evidence
from mock_server.scoring.mips.quality.picking import Entry
from mock_server.scoring.mips.result import Result
from mock_server.scoring.mips.rounding import ratio
from mock_server.scoring.mips.submission import (
    Measurement,
    MeasurementSet,
    NonProportion,
    QualityValue,
    SingleRate,
)
from mock_server.scoring.mips.what_if.cases import (
    Variant,
    cases_for,
    counts_of,
    judged,
    needed_rate,
    one_case_variants,
    shifted,
)
from mock_server.scoring.mips.what_if.gains import MeasureGain, Step, gain
from mock_server.scoring.mips.what_if.trial import Trial, with_measurement


@dataclass(frozen=True, slots=True)
class _Subject:
    """A measurement with its score."""

    trial: Trial
    source: MeasurementSet
    entry: Entry
    evidence: Evidence

    @property
    def ascending(self) -> bool:
        """Whether a higher rate is better (M-BM-05)."""
        if self.evidence.higher_is_better is not None:
            return self.evidence.higher_is_better.value
        measure = self.entry.score.measure
        return measure is None or not measure.is_inverse

    @property
    def submitted_rate(self) -> bool:
        """Whether the submitter's own rate counts (M-RATE-04)."""
        measure = self.entry.score.measure
        return measure is not None and measure.metric_type.startswith("registry")

    def tried(self, value: QualityValue, what: str, cases: int | None) -> Step:
        """The gain of another value."""
        measure_id = self.entry.score.measure_id
        new = with_measurement(self.source, Measurement(measure_id=measure_id, value=value))
        return self._step(self.trial.with_set(self.source, new), new, what, cases)

    def tried_rate(self, rate: Decimal, what: str) -> Step:
        """The gain of another rate, whatever the counts."""
        changed = self.trial.with_rate(self.entry.score.measure_id, rate)
        return self._step(changed, self.source, what, None)

    def _step(self, changed: Result, source: MeasurementSet, what: str, cases: int | None) -> Step:
        entry = _entry(changed, source, self.entry.score.measure_id)
        before, after = self.entry.score.points.value, entry.score.points.value if entry else Decimal(0)
        return Step(
            what=what,
            cases=cases,
            measure=gain.of(now=before, changed=after),
            total=self.trial.gain(changed),
        )


def quality_gains(trial: Trial) -> Iterator[MeasureGain]:
    """Every submitted measure that could earn more."""
    for source in trial.sets:
        if source.category != "quality":
            continue
        for measurement in source.measurements:
            entry = _entry(trial.result, source, measurement.measure_id)
            if entry is None or entry.score.evidence is None:
                continue
            if entry.score.points.value < entry.score.maximum:
                yield _gain(_Subject(trial, source, entry, entry.score.evidence))


def _entry(result: Result, source: MeasurementSet, measure_id: str) -> Entry | None:
    """The measure of a set in a score."""
    for scored in result.quality.sets:
        for entry in scored.entries:
            evidence = entry.score.evidence
            if evidence is not None and evidence.source is source and entry.score.measure_id == measure_id:
                return entry
    return None


def _gain(subject: _Subject) -> MeasureGain:
    score = subject.entry.score
    next_level = _next_decile(subject)
    return MeasureGain(
        category="quality",
        measure_id=score.measure_id,
        title="" if score.measure is None else score.measure.title,
        method=score.method,
        points=score.points.value,
        maximum=score.maximum,
        one_case=_one_case(subject),
        next_level=next_level,
        note="" if next_level is not None else f"{messages_of(subject.entry)['decileScore']}.",
    )


def _one_case(subject: _Subject) -> Step | None:
    """The best way to do one case better; of a multi-rate measure in any of its strata."""
    variants: list[Variant] = list(
        one_case_variants(
            subject.evidence.value, ascending=subject.ascending, submitted_rate=subject.submitted_rate
        )
    )
    steps = [subject.tried(one.value, one.what, one.cases) for one in variants]
    return max(steps, key=lambda step: (step.points, step.score), default=None)


def _next_decile(subject: _Subject) -> Step | None:
    """What it takes to reach the next bound of the benchmark, and what it brings."""
    evidence = subject.evidence
    rate, row = evidence.rates.performance.value, evidence.benchmark
    if evidence.decile is None or row is None or rate is None:
        return None
    first = 2 if dict(evidence.decile.inputs)["from_30th_percentile"] else 1
    ascending = subject.ascending
    ahead = [bound for bound in row.deciles[first:] if (bound > rate if ascending else bound < rate)]
    if not ahead:
        return None
    bound = min(ahead) if ascending else max(ahead)
    return _reaching(subject, bound, f"{'at least' if ascending else 'at most'} {bound}")


def _reaching(subject: _Subject, bound: Decimal, goal: str) -> Step:
    value = subject.evidence.value
    if isinstance(value, NonProportion):
        return subject.tried(replace(value, numerator=bound), f"a value of {goal}", None)
    target = needed_rate(bound, ascending=subject.ascending)
    if subject.submitted_rate:
        cases = sum(judged(counts) for counts in counts_of(value))
        needed = ratio(abs(target - (value.performance_rate or 0)) * cases, 100, 0) if cases else None
        step = subject.tried(replace(value, performance_rate=target), f"a rate of {goal}", None)
        return replace(step, cases=None if needed is None else max(1, int(needed)))
    if isinstance(value, SingleRate):
        cases_needed = cases_for(value.counts, bound, ascending=subject.ascending)
        if cases_needed is not None:
            return _turning(subject, value, cases_needed, goal)
    return subject.tried_rate(target, f"a rate of {goal}")


def _turning(subject: _Subject, value: SingleRate, cases: int, goal: str) -> Step:
    counts = shifted(value.counts, cases if subject.ascending else -cases)
    noun = "case" if cases == 1 else "cases"
    change = f"{cases} more {noun} met" if subject.ascending else f"{cases} {noun} fewer"
    return subject.tried(replace(value, counts=counts), f"{change}: a rate of {goal}", cases)
