"""Measure-applicability validation (pqrs-2011 section 4)."""

import pytest

from mock_server.reference.pqrs_2011.mav import CLUSTERS, MAV_EXEMPT
from mock_server.scoring.pqrs.mav import related_measures
from tests.mock_server.scoring.pqrs.builders import attempt, judged, measure


def test_p_ex_13_pass_below_the_threshold() -> None:
    result = judged(attempt("IND-CLM-12", "51 36/29"), eligible={"52": 29})
    assert result.mav is not None
    assert result.mav.value is True
    assert result.verdict.value.id == "P-RAT-14"
    assert [m.reporting_rate.value for m in result.measures] == [81]
    assert (result.measures_reported.value, result.measures_satisfactory.value) == (1, 1)


def test_p_ex_14_fail_for_a_related_measure() -> None:
    result = judged(attempt("IND-CLM-12", "31 64/50, 32 58/44"), eligible={"35": 47, "36": 12})
    assert result.mav is not None
    assert dict(result.mav.inputs) == {
        "reported": ("31", "32"),
        "candidates": (("35", 47), ("36", 12)),
        "threshold": 30,
    }
    assert result.verdict.value.id == "P-RAT-1"
    assert [m.reporting_rate.value for m in result.measures] == [78, 76]
    assert result.measures_satisfactory.value == 2


def test_p_ex_15_fail_at_the_threshold_of_the_half_year() -> None:
    result = judged(attempt("IND-CLM-6", "51 20/16"), eligible={"52": 15})
    assert result.verdict.value.id == "P-RAT-1"
    assert [m.reporting_rate.value for m in result.measures] == [80]


@pytest.mark.parametrize(("method", "enough"), [("IND-CLM-12", 30), ("IND-CLM-6", 15)])
def test_p_mav_4_the_threshold_is_inclusive(method: str, enough: int) -> None:
    assert judged(attempt(method, "51 20/16"), eligible={"52": enough - 1}).eligible
    assert not judged(attempt(method, "51 20/16"), eligible={"52": enough}).eligible


def test_p_mav_4_counts_of_the_attempt_stand_in_for_missing_ones() -> None:
    unreported = measure("52", 40, 0, claims=True)
    assert not judged(attempt("IND-CLM-12", "51 36/29", unreported)).eligible
    assert judged(attempt("IND-CLM-12", "51 36/29", unreported), eligible={"52": 3}).eligible


def test_p_mav_3_no_cluster_passes() -> None:
    result = judged(attempt("IND-CLM-12", "33 40/20"), eligible={"34": 500})
    assert result.mav is not None
    assert result.eligible


def test_p_mav_3_a_fully_reported_cluster_passes() -> None:
    assert judged(attempt("IND-CLM-12", "51 40/20, 52 40/20")).eligible


def test_p_mav_5_exempt_measures_are_no_candidates() -> None:
    clusters = {"ALL": frozenset({"39", "47", "51", "52"})}
    assert related_measures(["51"], clusters) == ("52",)
    assert related_measures(["39", "47"], clusters) == ()


def test_p_mav_1_adding_a_related_measure_can_bring_a_professional_into_mav() -> None:
    """Why 'more measures never hurt' holds only outside MAV: #31 brings its cluster along."""
    eligible = {"35": 47}
    assert judged(attempt("IND-CLM-12", "51 36/29"), eligible=eligible).eligible
    assert not judged(attempt("IND-CLM-12", "51 36/29, 31 64/50"), eligible=eligible).eligible


def test_p_mav_default_clusters_are_marked_unconfirmed() -> None:
    assert [c.id for c in CLUSTERS] == ["STROKE", "COPD", "DM", "CKD", "RA"]
    assert not any(c.confirmed for c in CLUSTERS)
    assert len(MAV_EXEMPT) == 11
