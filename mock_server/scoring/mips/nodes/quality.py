"""The nodes of the quality category: its sets, best first, with their measures (M-TREE-04, M-TREE-05)."""

from decimal import Decimal
from typing import Any, Final

from msgspec import Struct

from mock_server.scoring.computed import Computed
from mock_server.scoring.mips.nodes.quality_measure import measure_node
from mock_server.scoring.mips.quality.applicability import PLACES
from mock_server.scoring.mips.quality.category import QualityScore
from mock_server.scoring.mips.quality.measurement_set import QualitySet
from mock_server.scoring.mips.quality.picking import Entry
from mock_server.scoring.mips.rounding import ZERO, number, rounded
from mock_server.scoring.mips.tree import Node

_PERCENT: Final = Decimal(100)
_WI_MINIMUM: Final = 25


def set_nodes(score: QualityScore, clinicians: int | None) -> tuple[Node, ...]:
    """One node per scored set, best first."""
    return tuple(_set_node(one, clinicians, picked=one is score.picked) for one in score.sets)


def _set_node(scored: QualitySet, clinicians: int | None, *, picked: bool) -> Node:
    entries = list(scored.entries)
    if scored.readmission is not None:
        entries.append(Entry(score=scored.readmission, status="PICKED"))
    small = scored.is_web_interface and clinicians is not None and clinicians < _WI_MINIMUM
    value = rounded(scored.percent.value, 4)
    return Node(
        name="quality",
        title="Quality Score",
        value=value,
        detail=scored.method,
        parts=tuple(measure_node(entry) for entry in entries),
        about=AboutQualitySet(scored, picked),
        maximum=_PERCENT,
        contribution=value if picked else ZERO,
        status="PICKED" if picked else "SKIPPED",
        warnings=("The Web Interface is meant for groups of 25 or more clinicians.",) if small else (),
    )


class AboutQualitySet(Struct, frozen=True):
    """Facts and figures of a set."""

    scored: QualitySet
    picked: bool

    def facts(self) -> dict[str, Any]:
        """M-TREE-05."""
        scored = self.scored
        submitted = [e.score.measure_id for e in scored.entries if e.score.evidence is not None]
        return {
            "denominator": scored.denominator.value,
            "totalDecileScore": scored.total_decile_score.value,
            "totalBonusPoints": scored.total_bonus_points,
            "totalMeasurementPoints": scored.total_measurement_points.value,
            "highPriorityBonusScore": scored.high_priority_bonus.value,
            "e2eBonusScore": scored.end_to_end_bonus.value,
            "smallPracticeBonusEligible": scored.small_practice_bonus.value > 0,
            "smallPracticeBonus": scored.small_practice_bonus.value,
            "improvementBonus": ZERO if scored.improvement is None else number(scored.improvement.value),
            "maxMeasurementsAllowed": PLACES,
            "measuresPicked": [e.score.measure_id for e in scored.entries if e.status == "PICKED"],
            "measuresSubmitted": sorted(submitted),
            "measuresSubmittedCount": len(set(submitted)),
            "measuresMissing": list(scored.missing),
            "mergedWithCahps": scored.survey is not None,
            "isEmaEligible": scored.applicability.value.qualifies,
            "processingStatus": "PICKED" if self.picked else "SKIPPED",
            "measurementSetPicked": self.picked,
            "maxContribution": 100,
            "reweightedScore": number(scored.percent.value),
            "unroundedScoreValue": number(scored.percent.value),
            "messages": self._messages(),
        }

    def _messages(self) -> dict[str, str]:
        """What the picker and the applicability check have to say (M-EMA-09)."""
        scored = self.scored
        texts = {"denominator": f"{scored.denominator.value} points can be earned"}
        if not any(entry.required for entry in scored.entries) and not scored.is_web_interface:
            waived = scored.applicability.value.high_priority_waived
            if scored.entries and not waived:
                texts["requiredMeasure"] = "No outcome or other high-priority measure: one place stays empty"
        if scored.missing:
            texts["missingMeasures"] = "Counted with 0 points: " + ", ".join(scored.missing)
        ema = applicability_text(scored)
        return texts | ({"ema": ema} if ema else {})

    def figures(self) -> tuple[Computed[Any], ...]:
        """Applicability, denominator, points, bonuses, percent."""
        scored = self.scored
        found: list[Computed[Any]] = [
            scored.applicability,
            scored.denominator.citing(*(("M-QUAL-30",) if scored.readmission is not None else ())),
            scored.total_decile_score.citing("M-QUAL-01", "M-QUAL-21"),
            scored.high_priority_bonus.citing(*(("M-QUAL-15",) if scored.is_web_interface else ())),
            scored.end_to_end_bonus,
            scored.total_measurement_points,
            scored.small_practice_bonus,
        ]
        if scored.improvement is not None:
            found.append(scored.improvement)
        return (*found, scored.percent)


def applicability_text(scored: QualitySet) -> str:
    """Whether fewer measures were expected, which were missing, what maximum that leaves (M-EMA-09)."""
    check = scored.applicability.value
    maximum = f"{scored.denominator.value} points can be earned"
    if check.specialty_set is not None:
        return f"Complete specialty set {check.specialty_set}: {maximum}"
    if check.qualifies:
        missing = ", ".join(check.missing)
        return (
            f"The set qualifies: related measures not submitted count 0: {missing}; {maximum}"
            if missing
            else f"The set qualifies: no related measure is missing; {maximum}"
        )
    if check.tested:
        return f"The set does not qualify for fewer measures: {maximum}"
    return ""
