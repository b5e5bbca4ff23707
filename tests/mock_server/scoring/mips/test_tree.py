"""The score tree (mips-scoring section 13)."""

import json
from decimal import Decimal
from typing import Any

import pytest

from mock_server.scoring.mips.result import ScoreTree
from mock_server.scoring.mips.tree import Node, plain, walk
from tests.mock_server.scoring.mips.builders import (
    activities,
    dec,
    facts,
    interoperability,
    node,
    points,
    quality,
    scored,
)
from tests.mock_server.scoring.mips.test_examples_final import costs, x_56
from tests.mock_server.scoring.mips.test_examples_other_categories import X_35, X_39, X_50
from tests.mock_server.scoring.mips.test_examples_quality import x_23, x_24

EIGHT = "236 75/25, 001 20/80, 191 98/2, 192 1/199, 113 70/30, 110 60/40, 130 80/20, 318 10/90"


def full(year: int = 2019, **more: Any) -> ScoreTree:
    return scored(
        year,
        quality(year, "electronicHealthRecord", EIGHT, end_to_end=True),
        interoperability(year, X_39 if year == 2019 else X_35),
        activities(year, "IA_EPA_3"),
        cost=costs(X_50),
        **more,
    )


def names(found: Node) -> list[str]:
    return [part.name for part in found.parts]


def original(tree: ScoreTree, name: str) -> Node:
    found = node(tree, name).original
    assert found is not None
    return found


def test_m_tree_01_the_json_form() -> None:
    document = plain(full().root)
    assert list(document)[:2] == ["name", "title"]
    for one in every(document):
        assert {"name", "parts", "metadata"} <= one.keys()
        assert one.get("warnings", ["x"])


def every(document: Any) -> list[Any]:
    below = [*document["parts"], *([document["original"]] if "original" in document else [])]
    return [document, *(found for one in below for found in every(one))]


def test_m_tree_01_values_have_four_decimals() -> None:
    for one in walk(full().root):
        if isinstance(one.value, Decimal):
            assert -one.value.as_tuple().exponent <= 4  # type: ignore[operator]


def test_m_tree_02_the_root() -> None:
    tree = full(hcc_average=dec("1"))
    root = tree.root
    assert (root.name, root.title) == ("total", "Total Score")
    assert names(root) == ["ia", "pi", "quality", "cost", "feedback-quality", "feedback-ia", "bonuses"]
    assert root.warnings
    assert root.errors == ()
    exact = sum(tree.result.weighted(slot) for slot in ("ia", "pi", "quality", "cost"))
    assert root.value == round(Decimal(exact.numerator) / exact.denominator + 1, 4)
    assert names(scored(2019, activities(2019, "IA_EPA_3")).root)[0] == "ia"


def test_m_tree_03_categories() -> None:
    found = node(full(2017), "aci")
    assert (found.title, found.detail) == (
        "ACI component of total score",
        "Scoring based on weight of 25%.",
    )
    assert found.metadata["maxContribution"] == 25
    assert found.metadata["unroundedScoreValue"] == dec("23.75")


def test_m_tree_04_the_score_before_the_weight() -> None:
    tree = scored(
        2018, quality(2018, "claims", "236 70/30"), quality(2018, "registry", "236 90/10, 001 10/90")
    )
    found = original(tree, "quality")
    assert found.detail.endswith("registry")
    assert [part.detail for part in found.parts] == ["registry", "claims"]
    exact = tree.result.percent("quality")
    assert found.metadata["unroundedScoreValue"] == Decimal(exact.numerator) / exact.denominator
    assert original(full(), "ia").value == 10


QUALITY_SET_FACTS = {
    "denominator",
    "totalDecileScore",
    "totalBonusPoints",
    "totalMeasurementPoints",
    "e2eBonusScore",
    "smallPracticeBonusEligible",
    "smallPracticeBonus",
    "maxMeasurementsAllowed",
    "measuresPicked",
    "measuresSubmitted",
    "measuresSubmittedCount",
    "mergedWithCahps",
    "isEmaEligible",
    "processingStatus",
    "measurementSetPicked",
    "maxContribution",
    "reweightedScore",
    "messages",
}
PI_SET_FACTS = {
    "performancePeriod",
    "hasCehrtId",
    "measuresPicked",
    "measuresExcluded",
    "measuresSkipped",
    "objectiveScores",
    "bonuses",
    "messages",
    "maxContribution",
}


def test_m_tree_05_sets() -> None:
    tree = full()
    chosen = original(tree, "quality").parts[0]
    assert chosen.detail == "electronicHealthRecord"
    assert chosen.metadata.keys() >= QUALITY_SET_FACTS
    assert chosen.metadata["maxMeasurementsAllowed"] == 6
    promoting = original(tree, "pi").parts[0].metadata
    assert promoting.keys() >= PI_SET_FACTS
    assert promoting["bonuses"] == {"PI_EP_2": 5}
    assert promoting["measuresExcluded"] == ["PI_PHCDRR_1_EX_1"]
    assert promoting["objectiveScores"]["electronicPrescribing"] == 12
    improving = original(tree, "ia").parts[0].metadata
    assert improving["maxContribution"] == 40
    assert improving["measurementSetPicked"]


MEASURE_FACTS = {
    "performanceRate",
    "reportingRate",
    "measureClass",
    "measureTitle",
    "highPriorityBonusEligible",
    "highPriorityBonus",
    "outcomeOrPatientExperienceBonus",
    "endToEndBonusEligible",
    "endToEndBonus",
    "decileScore",
    "decile",
    "partialDecileScore",
    "partialPoints",
    "deciles",
    "performanceNumerator",
    "performanceDenominator",
    "eligiblePopulation",
    "noBenchmarks",
    "benchmarkType",
    "eMeasureId",
    "toppedOut",
    "isGhost",
    "submissionMethod",
    "performanceStart",
    "performanceEnd",
    "processingStatus",
    "totalBonusPoints",
    "totalMeasurementPoints",
    "unroundedScoreValue",
    "messages",
}
MESSAGES = {
    "measurementClass",
    "decileScore",
    "e2eBonusScore",
    "highPriorityBonus",
    "measurementPicker",
    "totalMeasurementPoints",
}


def test_m_tree_06_quality_measures() -> None:
    tree = full(2018)
    required = facts(tree, "001")
    assert required.keys() >= MEASURE_FACTS
    assert required["messages"].keys() == MESSAGES
    assert required["highPriorityBonusIgnored"]
    assert (required["totalBonusPoints"], required["totalMeasurementPoints"]) == (1, dec("10.2895"))
    skipped = facts(tree, "192")
    assert skipped["processingStatus"] == "SKIPPED"
    assert (skipped["decileScore"], skipped["totalMeasurementPoints"]) == (3, 3)
    assert node(tree, "192").detail == "Contributing 3"


def test_m_tree_06_other_measures() -> None:
    tree = full()
    assert node(tree, "PI_INFBLO_1").value is True
    assert node(tree, "PI_PEA_1").value == 33
    assert {"formula", "maxContribution", "objective", "reportingCategory", "mipsMinimumScore"} <= node(
        tree, "PI_PEA_1"
    ).metadata.keys()
    activity = node(tree, "IA_EPA_3")
    assert activity.title
    assert activity.metadata["weight"] == "medium"
    assert (activity.metadata["maxContribution"], activity.metadata["calculatedScore"]) == (20, 10)


ROOT_FACTS = {
    "maxTotalScore",
    "maxMediumContributionIA",
    "maxHighContributionIA",
    "maxContributionQuality",
    "maxContributionPI",
    "maxContributionIA",
    "maxContributionCost",
    "qualityCategoryScore",
    "piCategoryScoreUnrounded",
    "iaWeightedScore",
    "qualityImprovementBonus",
    "previousYearQualityScore",
    "previousYearQualityNumerator",
    "previousYearQualityDenominator",
    "piObjectives",
    "piBonuses",
    "hasQualityMeasures",
    "hasPIMeasures",
    "hasIAMeasures",
    "hasCostMeasures",
    "hasACRMeasure",
    "hasCAHPSMeasure",
    "hasScorableQualityMeasures",
    "hasScorablePIMeasures",
    "hasScorableIAMeasures",
    "hasScorableCostMeasures",
    "givenAPMParticipationCredit",
    "givenIACreditPCMH",
    "givenIAStudyCredit",
    "hasIAWeightStatus",
    "hasMinimumPIPerformancePeriod",
    "hasIncompleteAPMWISubmission",
    "numberOfCategoriesHavingExternalMeasures",
    "unroundedScoreValue",
}


def test_m_tree_07_the_roots_metadata() -> None:
    final = x_56().root.metadata
    assert final.keys() >= ROOT_FACTS
    assert final["finalScore"] == dec("77.58")
    assert final["payment"]["total"] == dec("0.29")
    assert (final["maxContributionQuality"], final["maxContributionPI"]) == (70, 0)
    assert final["numberOfCategoriesHavingExternalMeasures"] == 2
    assert "finalScore" not in x_56(mode="preliminary").root.metadata
    waiting = scored(
        2019, quality(2019, "cmsWebInterface"), entity_type="apm", mode="preliminary"
    ).root.metadata
    assert waiting["hasIncompleteAPMWISubmission"]
    assert x_23().root.metadata["hasACRMeasure"]
    assert x_24().root.metadata["previousYearQualityScore"] == dec("52.5")


def test_m_tree_08_what_counts_and_what_does_not() -> None:
    rows = EIGHT + ", 134 1/199"
    tree = scored(2018, quality(2018, "electronicHealthRecord", rows))
    groups = {i: facts(tree, i)["group"] for i in ("001", "130", "134")}
    assert groups == {"001": "counts", "130": "bonusOnly", "134": "nothing"}
    assert (node(tree, "130").value, node(tree, "134").value) == (1, 0)


def test_m_tree_09_advice() -> None:
    tree = full()
    advice = next(part for part in tree.root.parts if part.name == "feedback-quality")
    shown = [(points(e), e.score.measure_id) for e in tree.result.quality.sets[0].entries if e.place]
    below = sorted(one for one in shown if one[0] < (7 if one[1] == "130" else 10))
    assert [part.name for part in advice.parts] == [measure_id for _, measure_id in below]
    assert advice.value is None
    capped = scored(2019, quality(2019, "registry", "130 200/0"))
    assert not any(part.name == "feedback-quality" for part in capped.root.parts)
    bonus = next(part for part in full(2018, small_practice=True).root.parts if part.name == "bonuses")
    assert (bonus.value, names(bonus)) == (5, ["smallPracticeBonus", "complexPatientBonus"])


@pytest.mark.parametrize("year", [2017, 2018, 2019])
def test_m_tree_10_every_node_explains_itself(year: int) -> None:
    for one in walk(full(year).root):
        if one.value is None:
            continue
        assert one.rules, one.name
        last = one.figures[-1]
        shown = last.value
        if one.name not in ("ia", "bonuses") and not isinstance(shown, bool | tuple):
            assert abs(Decimal(float(shown)) - Decimal(one.value)) < Decimal("0.001"), one.name
        for step in one.metadata["steps"]:
            assert step["formula"]
            assert step["rules"]


def test_the_tree_is_json() -> None:
    text = json.dumps(plain(full().root), default=str)
    assert json.loads(text)["name"] == "total"
