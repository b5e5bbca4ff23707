"""The node of a quality measure: points, bonus, and everything a reader may ask about them (M-TREE-06)."""

from decimal import Decimal
from typing import Any, Final, Literal

from msgspec import Struct, structs

from mock_server.scoring.computed import Computed, formula
from mock_server.scoring.mips.quality.deciles import NO_DECILE, DecilePoints
from mock_server.scoring.mips.quality.measure import (
    CAPPED_POINTS,
    END_TO_END_METHODS,
    Evidence,
    MeasureScore,
)
from mock_server.scoring.mips.quality.picking import Entry
from mock_server.scoring.mips.rounding import ZERO
from mock_server.scoring.mips.submission import NonProportion
from mock_server.scoring.mips.tree import Node, plain_value

Group = Literal["counts", "bonusOnly", "nothing"]
"""The three lists of the quality page (M-TREE-08)."""

_UNRANKED: Final = DecilePoints(NO_DECILE, ZERO, ZERO, ZERO)


@formula(
    "mips.measure_contribution",
    "(points if picked, else 0) + high-priority bonus + end-to-end bonus",
    "M-TREE-06",
    "M-QUAL-13",
    "M-QUAL-14",
)
def measure_contribution(
    *, picked: bool, points: Decimal, high_priority_bonus: int, end_to_end_bonus: int
) -> Decimal:
    """What the measure adds to its set before the set's caps."""
    return (points if picked else ZERO) + high_priority_bonus + end_to_end_bonus


def contribution_of(entry: Entry) -> Computed[Decimal]:
    """The value of a measure's node with its reasons."""
    return measure_contribution.of(
        picked=entry.status == "PICKED",
        points=entry.score.points.value,
        high_priority_bonus=entry.high_priority_bonus,
        end_to_end_bonus=entry.end_to_end_bonus,
    )


def group_of(entry: Entry) -> Group:
    """Which list of the quality page shows the measure (M-TREE-08)."""
    if entry.status == "PICKED":
        return "counts"
    return "bonusOnly" if entry.own_bonus else "nothing"


def measure_node(entry: Entry) -> Node:
    """The node of a submitted or calculated measure."""
    score = entry.score
    points = score.points.value if entry.status == "PICKED" else ZERO
    value = points + entry.high_priority_bonus + entry.end_to_end_bonus
    return Node(
        name=score.measure_id,
        title="" if score.measure is None else score.measure.title,
        value=value,
        detail=f"Contributing {value.normalize():f}",
        about=AboutQualityMeasure(entry),
        maximum=Decimal(score.maximum),
        contribution=value,
        status=entry.status,
    )


class AboutQualityMeasure(Struct, frozen=True):
    """Facts and figures of a measure."""

    entry: Entry

    @property
    def contribution(self) -> Computed[Decimal]:
        """The value of the node with its reasons."""
        return contribution_of(self.entry)

    def facts(self) -> dict[str, Any]:
        """M-TREE-06."""
        entry, score = self.entry, self.entry.score
        best = score.tier > 1
        facts: dict[str, Any] = {
            "measureTitle": None if score.measure is None else score.measure.title,
            "eMeasureId": None if score.measure is None else score.measure.e_measure_id,
            "submissionMethod": score.method,
            "processingStatus": entry.status,
            "group": group_of(entry),
            "isRequiredMeasure": entry.required,
            "decileScore": score.points.value,
            "maxContribution": score.maximum,
            "totalBonusPoints": entry.own_bonus,
            "totalMeasurementPoints": self.contribution.value,
            "unroundedScoreValue": self.contribution.value,
            "highPriorityBonusEligible": score.bonus_eligible.value,
            "highPriorityBonus": 0 if best else entry.high_priority_bonus,
            "outcomeOrPatientExperienceBonus": entry.high_priority_bonus if best else 0,
            "endToEndBonusEligible": _may_be_end_to_end(score),
            "endToEndBonus": entry.end_to_end_bonus,
            "isGhost": False,
            **_benchmark_facts(score),
        }
        if entry.required:
            facts["highPriorityBonusIgnored"] = True
        if score.evidence is not None:
            facts |= _evidence_facts(score.evidence)
        if score.survey:
            facts["surveyMeasures"] = [
                {"measureId": part.measure_id, **plain_value(part.decile.value)} for part in score.survey
            ]
        facts["messages"] = messages_of(entry)
        return facts

    def figures(self) -> tuple[Computed[Any], ...]:
        """Rates, class, place on the benchmark, points, bonuses, contribution."""
        score = self.entry.score
        return (
            *_evidence_figures(score),
            *(part.decile for part in score.survey),
            _points_figure(score),
            score.bonus_eligible.citing("M-QUAL-02"),
            score.end_to_end,
            self.contribution.citing(*(("M-QUAL-12",) if self.entry.required else ())),
        )


def _may_be_end_to_end(score: MeasureScore) -> bool:
    ratio = score.evidence is not None and isinstance(score.evidence.value, NonProportion)
    return score.method in END_TO_END_METHODS and not ratio


def _benchmark_facts(score: MeasureScore) -> dict[str, Any]:
    evidence = score.evidence
    row = None if evidence is None else evidence.benchmark
    decile = evidence.decile.value if evidence is not None and evidence.decile is not None else None
    if decile is None and score.survey and len(score.survey) == 1:
        decile = score.survey[0].decile.value
    place = decile or _UNRANKED
    return {
        "decile": place.decile,
        "partialDecileScore": place.partial,
        "partialPoints": place.distance,
        "deciles": None if row is None else list(row.deciles),
        "noBenchmarks": row is None and not score.survey,
        "benchmarkType": None if row is None else row.submission_method,
        "toppedOut": None if row is None else row.is_topped_out,
    }


def _evidence_facts(evidence: Evidence) -> dict[str, Any]:
    rates, source = evidence.rates, evidence.source
    return {
        "performanceRate": rates.performance.value,
        "reportingRate": rates.reporting.value,
        "measureClass": None if evidence.measure_class is None else evidence.measure_class.value.label,
        "performanceNumerator": rates.numerator,
        "performanceDenominator": rates.denominator,
        "eligiblePopulation": rates.population,
        "performanceStart": plain_value(source.performance_start),
        "performanceEnd": plain_value(source.performance_end),
    }


def _evidence_figures(score: MeasureScore) -> tuple[Computed[Any], ...]:
    evidence = score.evidence
    if evidence is None:
        return ()
    found: list[Computed[Any]] = [
        evidence.rates.performance,
        evidence.rates.reporting,
        evidence.rates.cases,
    ]
    label = evidence.measure_class
    if label is not None:
        found.append(structs.replace(label, rules=(label.value.rule,)))
    if evidence.higher_is_better is not None:
        found.append(evidence.higher_is_better)
    if evidence.decile is not None and evidence.benchmark is not None:
        borrowed = evidence.benchmark.submission_method != score.method
        found.append(evidence.decile.citing("M-BM-02" if borrowed else "M-BM-01", "M-BM-03", "M-RATE-10"))
    return tuple(found)


def _points_figure(score: MeasureScore) -> Computed[Decimal]:
    """The points with the rules of this case only."""
    label = None if score.evidence is None else score.evidence.measure_class
    rules = [] if label is None else [label.value.rule]
    if score.method == "cmsWebInterface":
        rules += ["M-WI-03", "M-WI-04"]
    if score.maximum == CAPPED_POINTS:
        rules.append("M-BM-09")
    if score.suppressed:
        rules.append("M-QUAL-33")
    return structs.replace(score.points, rules=tuple(rules)) if rules else score.points


def messages_of(entry: Entry) -> dict[str, str]:
    """Short sentences about what happened to the measure."""
    score = entry.score
    texts = {
        "decileScore": _points_text(score),
        "measurementPicker": _place_text(entry),
        "highPriorityBonus": _bonus_text(entry),
        "e2eBonusScore": "1 point for end-to-end reporting" if entry.end_to_end_bonus else "No bonus",
        "totalMeasurementPoints": f"{contribution_of(entry).value.normalize():f} points in all",
    }
    label = None if score.evidence is None else score.evidence.measure_class
    if label is not None:
        texts["measurementClass"] = label.value.label or "No class"
    return texts


def _points_text(score: MeasureScore) -> str:
    if score.suppressed:
        return "No points: the clinical guideline behind the measure changed during the year"
    if score.evidence is None:
        return "Points from benchmarks"
    if score.evidence.decile is None:
        return _no_benchmark_text(score, score.evidence)
    decile = score.evidence.decile.value
    if decile.decile == NO_DECILE:
        return "Below the lowest decile that earns more than 3 points"
    limited = decile.points > score.maximum
    return f"Decile {decile.decile}" + (", at most 7 points because the measure is topped out" * limited)


def _no_benchmark_text(score: MeasureScore, evidence: Evidence) -> str:
    if not score.complete:
        return "Data are incomplete"
    if evidence.rates.performance.value is None:
        return "No performance rate"
    if evidence.benchmark is None:
        return "No benchmark that can be used"
    return "Fewer than 20 cases"


def _place_text(entry: Entry) -> str:
    if entry.status == "DUPLICATE":
        return "The same measure scores at least as well in other data"
    if entry.place is not None:
        return f"Picked at {entry.place}"
    calculated = entry.status == "PICKED"  # the readmission measure takes no place of the others (M-QUAL-30)
    return "Counts besides the other measures" if calculated else "Not picked"


def _bonus_text(entry: Entry) -> str:
    if entry.required:
        return "No bonus: it satisfies the outcome requirement"
    bonus = entry.high_priority_bonus
    return f"{bonus} point{'s' * (bonus > 1)} for high priority" if bonus else "No bonus"
