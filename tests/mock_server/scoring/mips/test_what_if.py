"""What would earn more: every gain is the difference of two scores, the most rewarding first."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings

from mock_server.intake.qpp_json import read_record, read_submission
from mock_server.scoring.mips.engine import score
from mock_server.scoring.mips.profile import Profile
from mock_server.scoring.mips.submission import MeasurementSet, SingleRate, Submission
from mock_server.scoring.mips.what_if import MeasureGain, WhatIf, what_if
from tests.mock_server.intake.qpp_json.documents import (
    EARLIER,
    GROUP,
    a_set,
    changed,
    encoded,
    measurements,
    single,
)
from tests.mock_server.intake.qpp_json.strategies import documents
from tests.mock_server.scoring_commands.samples import INCOMPLETE, RECORD, SUBMISSION


def submission_of(document: dict[str, Any]) -> Submission:
    return read_submission(encoded(document))


def gains(document: dict[str, Any], **profile: Any) -> WhatIf:
    return what_if(submission_of(document), Profile(**profile))


def gain_of(found: WhatIf, measure_id: str) -> MeasureGain:
    return next(one for one in found.measures if one.measure_id == measure_id)


def with_counts(submission: Submission, measure_id: str, more: int) -> Submission:
    """The submission with so many cases of a measure met instead of not met."""

    def turned(source: MeasurementSet) -> MeasurementSet:
        made = []
        for one in source.measurements:
            if one.measure_id == measure_id and isinstance(one.value, SingleRate):
                counts = one.value.counts
                counts = replace(
                    counts,
                    performance_met=counts.performance_met + more,
                    performance_not_met=counts.performance_not_met - more,
                )
                one = replace(one, value=replace(one.value, counts=counts))
            made.append(one)
        return replace(source, measurements=tuple(made))

    return replace(submission, measurement_sets=tuple(map(turned, submission.measurement_sets)))


def points_of(submission: Submission, measure_id: str) -> tuple[Decimal, int]:
    """Points and decile of a quality measure."""
    for scored in score(submission).result.quality.sets:
        for entry in scored.entries:
            evidence = entry.score.evidence
            if entry.score.measure_id == measure_id and evidence is not None and evidence.decile is not None:
                return entry.score.points.value, evidence.decile.value.decile
    raise AssertionError(measure_id)


def test_one_more_case_is_the_difference_of_two_scores() -> None:
    submission = submission_of(SUBMISSION)
    step = gain_of(what_if(submission), "236").one_case
    assert step is not None
    assert (step.what, step.cases) == ("1 more case met, 141 of 200", 1)
    better = with_counts(submission, "236", 1)
    assert step.points == points_of(better, "236")[0] - points_of(submission, "236")[0]
    assert step.score == score(better).value - score(submission).value > 0


def test_the_next_decile_takes_no_case_more_than_needed() -> None:
    submission = submission_of(SUBMISSION)
    _, decile = points_of(submission, "236")
    step = gain_of(what_if(submission), "236").next_level
    assert step is not None
    assert step.cases is not None
    assert points_of(with_counts(submission, "236", step.cases), "236")[1] == decile + 1
    assert points_of(with_counts(submission, "236", step.cases - 1), "236")[1] == decile
    assert step.what == f"{step.cases} more cases met: a rate of at least 70.62"


def test_lower_is_better_where_the_benchmark_says_so() -> None:
    document = changed(
        SUBMISSION, ("measurementSets.0.measurements.+", measurements(m001=single(60, 140))[0])
    )
    one = gain_of(gains(document), "001")
    assert one.one_case is not None
    assert one.one_case.what == "1 case fewer, 59 of 200"
    assert one.one_case.points > 0
    assert one.next_level is not None
    assert "fewer: a rate of at most" in one.next_level.what


def test_measures_at_their_maximum_are_left_out() -> None:
    perfect = changed(SUBMISSION, ("measurementSets.0.measurements", measurements(
        m236=single(200, 0), m130=single(200, 0))))  # fmt: skip
    found = gains(perfect)
    assert {one.measure_id for one in found.measures if one.category == "quality"} == set()


def test_where_no_benchmark_applies_the_note_says_why() -> None:
    found = gains(SUBMISSION)
    few, incomplete = gain_of(found, "047"), gain_of(found, "128")
    assert (few.next_level, few.note) == (None, "Fewer than 20 cases.")
    assert (incomplete.next_level, incomplete.note) == (None, "Data are incomplete.")


def test_all_cases_met_leaves_one_more_patient() -> None:
    """19 of 19 met: the twentieth case opens the benchmark (M-QUAL-06, M-QUAL-07)."""
    document = changed(SUBMISSION, ("measurementSets.0.measurements", measurements(m236=single(19, 0))))
    step = gain_of(gains(document), "236").one_case
    assert step is not None
    assert (step.what, step.points) == ("1 more patient, met", Decimal(7))


@pytest.mark.parametrize(
    ("measure", "method", "value", "what"),
    [
        (
            "007",
            "electronicHealthRecord",
            GROUP["measurementSets"][1]["measurements"][0]["value"],
            "LVSD: 1 more case met, 46 of 50",
        ),
        ("AAAAI11", "registry", {**single(40, 10), "performanceRate": 80}, "1 more case met of 50"),
    ],
)
def test_every_kind_of_rate_knows_one_more_case(
    measure: str, method: str, value: dict[str, Any], what: str
) -> None:
    rows = [{"measureId": measure, "value": value}]
    document = {**SUBMISSION, "measurementSets": [{**a_set("quality", method), "measurements": rows}]}
    one = gain_of(gains(document), measure)
    assert one.one_case is not None
    assert one.one_case.what == what


def test_a_ratio_counts_no_cases_but_can_reach_a_decile() -> None:
    ratio = {"isEndToEndReported": False, "numerator": 2, "denominator": 500, "observationInstances": 480}
    document = {**SUBMISSION, "measurementSets": [a_set("quality", "registry", ACRAD15=ratio)]}
    found = what_if(submission_of(document), Profile(), "final")
    one = gain_of(found, "ACRAD15")
    assert one.one_case is None
    assert one.next_level is not None
    assert (one.next_level.what, one.next_level.cases) == ("a value of at most 1.26", None)
    assert one.points + one.next_level.points == 7


def test_m_pi_6_the_next_point_of_a_promoting_interoperability_measure() -> None:
    one = gain_of(gains(SUBMISSION), "PI_EP_1")
    assert (one.points, one.maximum) == (Decimal(7), 10)
    assert one.next_level is not None
    assert one.next_level.what == "2 more patients, 90 of 120"
    assert (one.next_level.points, one.next_level.score) == (Decimal(1), Decimal("0.25"))


def test_m_aci_7_the_next_step_of_an_advancing_care_information_measure() -> None:
    values = {
        "ACI_INFBLO_1": True, "ACI_ONCDIR_1": True, "ACI_PPHI_1": True, "ACI_LVPP_1": True,
        "ACI_PEA_1": {"numerator": 72, "denominator": 80}, "ACI_LVOTC_1": True, "ACI_LVITC_1": True,
    }  # fmt: skip
    document = {**EARLIER, "measurementSets": [a_set("aci", "registry", 2017, **values)]}
    found = gains(document)
    one = gain_of(found, "ACI_PEA_1")
    assert (one.points, one.maximum) == (Decimal(9), 10)
    assert one.next_level is not None
    assert (one.next_level.cases, one.next_level.points) == (1, Decimal(1))
    assert any("ACI_PHCDRR_1 " in missing.what for missing in found.missing)


def test_m_pi_1_what_is_missing_counts_together() -> None:
    found = gains(INCOMPLETE)
    (lacking,) = [one for one in found.missing if one.category == "pi"]
    assert lacking.exactness == "at least"
    assert "PI_HIE_1 or PI_LVOTC_1" in lacking.what
    assert lacking.score >= Decimal("0.25") * 4
    assert not [one for one in found.measures if one.category == "pi"]


def test_without_any_pi_data_everything_is_missing() -> None:
    found = gains(changed(SUBMISSION, ("measurementSets.1", a_set("ia", "webAttestation"))))
    (lacking,) = [one for one in found.missing if one.category == "pi"]
    assert "a CMS EHR certification ID" in lacking.what
    assert lacking.score > 0


def test_m_wgt_6_a_category_without_weight_lacks_nothing() -> None:
    document = changed(SUBMISSION, ("measurementSets.1", a_set("ia", "webAttestation")))
    assert not [one for one in gains(document, hospital_based=True).missing if one.category == "pi"]


def test_m_pi_9_sets_that_contradict_each_other() -> None:
    other = a_set("pi", "webAttestation", PI_EP_1={"numerator": 1, "denominator": 120})
    found = gains(changed(SUBMISSION, ("measurementSets.+", other)))
    (conflict,) = [one for one in found.missing if one.category == "pi"]
    assert conflict.what == "The sets contradict each other on PI_EP_1."
    assert conflict.score == Decimal("15.7500")


def test_m_ia_9_what_fills_the_activities() -> None:
    told = {one.what: one.score for one in gains(SUBMISSION).missing if one.category == "ia"}
    assert told == {
        "1 more medium activity.": Decimal("3.7500"),
        "3 more medium activities, which fills the category.": Decimal("11.2500"),
        "1 more high activity.": Decimal("7.5000"),
        "2 more high activities, which fills the category.": Decimal("11.2500"),
    }


def test_m_ia_7_a_period_that_is_too_short() -> None:
    short = changed(SUBMISSION, ("measurementSets.2.performanceEnd", "2019-02-01"))
    told = {one.what: one.score for one in gains(short).missing if one.category == "ia"}
    assert told["A period of at least 90 days for the activities of registry."] == Decimal("3.7500")


def test_the_most_rewarding_comes_first() -> None:
    record = read_record(encoded(RECORD))
    found = what_if(record.submission, record.profile, record.mode)
    best = [one.best for one in found.measures]
    assert best == sorted(best, reverse=True)
    assert best[0] > 0
    missing = [one.score for one in found.missing]
    assert missing == sorted(missing, reverse=True)


@settings(max_examples=60, deadline=None)
@given(documents())
def test_any_submission_can_be_asked(document: dict[str, Any]) -> None:
    found = gains(document)
    for one in found.measures:
        assert one.points < one.maximum
        for step in (one.one_case, one.next_level):
            assert step is None or step.points >= 0
    for missing in found.missing:
        assert found.total + missing.score <= 100
