"""Bonuses, final score, payment, precedence (mips-scoring 0, 11, 12)."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from mock_server.scoring.mips.final import beneficiary_mean, final_score
from mock_server.scoring.mips.payment import band_of, payment_for
from mock_server.scoring.mips.precedence import governing_score
from mock_server.scoring.mips.profile import Circumstances, CostResult, Facility
from mock_server.scoring.mips.result import ScoreTree
from mock_server.scoring.mips.rounding import rounded
from mock_server.scoring.mips.submission import Submission
from mock_server.scoring.mips.years import RULES
from tests.mock_server.scoring.mips.builders import (
    activities,
    dec,
    interoperability,
    measurement_set,
    node,
    quality,
    scored,
)
from tests.mock_server.scoring.mips.test_examples_measures import survey_scores
from tests.mock_server.scoring.mips.test_weights import TPCC, full_sets


def bonuses(tree: ScoreTree) -> dict[str, Decimal]:
    return {one.name: one.points.value for one in tree.result.bonuses}


@pytest.mark.parametrize("field", ["cost", "acr", "cahps", "improvement", "bonuses"])
def test_m_gen_03_the_preliminary_view_knows_only_what_was_submitted(field: str) -> None:
    from mock_server.scoring.mips.profile import PriorQuality, Readmission

    rows = "236 150/50, 001 60/140, 226 190/10, 113 120/80, 130 195/5, 128 150/40"
    given: dict[str, Any] = {
        "entity_type": "group",
        "clinician_count": 20,
        "small_practice": True,
        "cost": TPCC,
        "acr": Readmission(rate=dec("14"), cases=300),
        "cahps_registered": True,
        "cahps": survey_scores(),
        "hcc_average": dec("2"),
        "prior_year": PriorQuality(quality_achievement_points=dec("6"), quality_denominator=dec("60")),
    }
    early = scored(2018, quality(2018, "registry", rows), mode="preliminary", **given)
    late = scored(2018, quality(2018, "registry", rows), **given)

    def known(tree: ScoreTree) -> bool:
        picked = tree.result.quality.sets[0]
        return {
            "cost": tree.result.weight("cost") > 0,
            "acr": picked.readmission is not None,
            "cahps": picked.survey is not None,
            "improvement": picked.improvement is not None,
            "bonuses": bool(tree.result.bonuses),
        }[field]

    assert known(late)
    assert not known(early)


def test_m_gen_04_keys() -> None:
    one = Submission(performance_year=2019, entity_type="individual", tin="000000001", npi="0000000001")
    other = Submission(performance_year=2019, entity_type="group", tin="000000001")
    assert one.key != other.key
    assert measurement_set(2019, "ia", "registry").key == ("ia", "registry", "mips")


def test_m_gen_05_which_score_counts() -> None:
    low = scored(2019, activities(2019, "IA_EPA_3"))
    high = scored(2019, activities(2019, "IA_PCMH"), entity_type="group")
    virtual = scored(2019, entity_type="virtualGroup")
    poor_apm = scored(2019, entity_type="apm", scored_under_apm_standard=True)
    rich_apm = scored(2019, *full_sets(2019), entity_type="apm", scored_under_apm_standard=True)
    assert governing_score([low, high]) is high
    assert governing_score([high, virtual, low]) is virtual
    assert governing_score([high, virtual, poor_apm, rich_apm]) is rich_apm
    assert governing_score([]) is None


def test_m_gen_06_category_codes() -> None:
    assert [RULES[year].pi_code for year in (2017, 2018, 2019)] == ["aci", "pi", "pi"]
    rows = interoperability(2017, "EP_1 5/10, PEA_1 5/10, HIE_1 5/10, HIE_2 5/10")
    assert node(scored(2017, rows), "aci").value > 0  # type: ignore[operator]
    wrong = measurement_set(2019, "aci", "registry")
    assert not scored(2019, wrong).result.presence.pi


def test_m_gen_07_collection_types() -> None:
    rules = RULES[2019]
    assert rules.collection_type("registry") == "MIPS CQMs"
    assert rules.collection_type("registry", is_registry_measure=True) == "QCDR measures"
    assert rules.collection_type("electronicHealthRecord") == "eCQMs"
    assert rules.collection_type("webAttestation") == "webAttestation"


def test_m_fin_01_weighted_scores_are_not_rounded_before_they_are_added() -> None:
    tree = scored(2019, *full_sets(2019))
    for slot in ("quality", "pi", "ia", "cost"):
        expected = tree.result.weight(slot) * tree.result.percent(slot) / 100
        assert tree.result.weighted(slot) == expected


@pytest.mark.parametrize(
    ("year", "more", "bonus"),
    [
        (2018, {}, 5),
        (2018, {"small_practice": False}, 0),
        (2018, {"mode": "preliminary"}, None),
        (2017, {}, None),
        (2019, {}, None),
    ],
)
def test_m_fin_02_the_small_practice_bonus_of_2018(
    year: int, more: dict[str, Any], bonus: int | None
) -> None:
    given = {"small_practice": True, **more}
    assert bonuses(scored(year, activities(year, "IA_PCMH"), **given)).get("smallPracticeBonus") == bonus
    nothing = scored(year, **given)
    assert not bonuses(nothing).get("smallPracticeBonus")


@pytest.mark.parametrize(
    ("hcc", "dual", "bonus"),
    [
        ("1.42", "0.12", "2.02"),
        ("1.10", None, "1.10"),
        (None, "0.5", "2.5"),
        (None, None, "0"),
        ("3.1", "0.6", "5"),
        ("1.005", None, "1.01"),
    ],
)
def test_m_fin_03_the_complex_patient_bonus(hcc: str | None, dual: str | None, bonus: str) -> None:
    given: Any = {"hcc_average": hcc and dec(hcc), "dual_ratio": dual and dec(dual)}
    for year in (2018, 2019):
        tree = scored(year, activities(year, "IA_PCMH"), **given)
        assert bonuses(tree)["complexPatientBonus"] == dec(bonus)
        assert not bonuses(scored(year, **given))["complexPatientBonus"]


def test_m_fin_03_the_mean_over_beneficiaries() -> None:
    assert beneficiary_mean([(dec("1"), 300), (dec("2"), 100), (dec("9"), 0)]) == dec("1.25")
    assert beneficiary_mean([]) is None


def test_m_fin_04_no_bonus_in_2017() -> None:
    tree = scored(2017, activities(2017, "IA_PCMH"), small_practice=True, hcc_average=dec("3"))
    assert bonuses(tree) == {}


def test_m_fin_05_the_final_score_is_rounded_once() -> None:
    assert final_score(total=Fraction(80505, 1000)) == dec("80.51")
    assert final_score(total=Fraction(2, 3)) == dec("0.67")


def test_m_fin_05_m_fin_06_limits() -> None:
    rows = "001 0/100, 236 99/1, 191 100/0, 110 99/1, 113 99/1, 318 99/1"
    pi = interoperability(
        2018,
        "EP_1 9/9, PEA_1 9/9, HIE_1 9/9, HIE_2 9/9, PEA_2 9/9, CCTPE_1 9/9, CCTPE_2 9/9, PHCDRR_1 yes",
    )
    tree = scored(
        2018,
        quality(2018, "electronicHealthRecord", rows, end_to_end=True),
        pi,
        activities(2018, "IA_PCMH"),
        small_practice=True,
        hcc_average=dec("5"),
    )
    assert tree.final_score == 100
    assert tree.root.value == 100
    threshold = scored(
        2018,
        activities(2018, "IA_PCMH"),
        euc=Circumstances(quality=True, pi=True),
        small_practice=True,
        hcc_average=dec("5"),
    )
    assert threshold.final_score == 15
    assert not bonuses(threshold)
    early = scored(
        2018, activities(2018, "IA_PCMH"), euc=Circumstances(quality=True, pi=True), mode="preliminary"
    )
    assert early.root.value == 15


def test_m_fin_07_nothing_submitted() -> None:
    given: dict[str, Any] = {
        "small_practice": True,
        "apm_participant": True,
        "cms_known_pcmh": True,
        "ia_study_participant": True,
        "hcc_average": dec("3"),
    }
    assert scored(2018, **given).final_score == 0
    assert scored(2018, **given).payment_total == -5
    with_cost = scored(2018, cost=TPCC, **given)
    assert with_cost.final_score == rounded(with_cost.result.weighted("cost"), 2) > 0


def test_m_fin_08_voluntary_reporters_get_no_adjustment() -> None:
    tree = scored(2019, *full_sets(2019), voluntary=True)
    assert tree.final_score is not None
    assert tree.payment_total is None
    assert tree.root.metadata["payment"] is None


FACILITY = Facility(quality_percent=dec("80"), cost_percent=dec("60"))


def test_m_fin_09_the_facility_counts_where_it_is_better() -> None:
    tree = scored(2019, activities(2019, "IA_PCMH"), facility=FACILITY)
    assert tree.result.total.facility is FACILITY
    assert tree.result.total.weighing.weights.value == (45, 15, 15, 25)
    assert tree.final_score == dec("60")
    assert (node(tree, "quality").value, node(tree, "cost").value) == (36, 9)


def test_m_fin_09_ones_own_data_count_where_they_are_as_good() -> None:
    none = Facility(quality_percent=dec("0"), cost_percent=dec("0"))
    assert scored(2019, *full_sets(2019), facility=none).result.total.facility is None
    assert scored(2019, facility=none).result.total.facility is None


@pytest.mark.parametrize(
    ("year", "more"),
    [
        (2018, {}),
        (2019, {"mode": "preliminary"}),
        (2019, {"scored_under_apm_standard": True, "mips_apm": "ssp"}),
    ],
)
def test_m_fin_09_only_in_final_mode_of_2019(year: int, more: dict[str, Any]) -> None:
    assert scored(year, facility=FACILITY, **more).result.total.facility is None


def test_m_fin_09_the_threshold_loses_to_a_variant_that_is_scored() -> None:
    covered = Circumstances(quality=True, cost=True, ia=True)
    low = Facility(quality_percent=dec("1"), cost_percent=dec("1"))
    tree = scored(2019, interoperability(2019, "EP_1 1/2"), euc=covered, facility=low)
    assert tree.result.total.facility is low
    assert tree.result.total.weighing.weights.value == (60, 15, 0, 25)
    hidden = Circumstances(quality=True, cost=True, ia=True, pi=True)
    both = scored(2019, euc=hidden, facility=low)
    assert both.result.total.weighing.weights.value == (85, 15, 0, 0)


# --- payment -----------------------------------------------------------------------------------------------


def paid(year: int, score: str) -> tuple[Any, Any, Any]:
    found = payment_for(dec(score), RULES[year].payment)
    return found.adjustment.value, found.exceptional.value, found.total.value


@pytest.mark.parametrize(("year", "quarter"), [(2017, "0.75"), (2018, "3.75"), (2019, "7.50")])
def test_m_pay_01_up_to_a_quarter_of_the_threshold_the_maximum_is_lost(year: int, quarter: str) -> None:
    most = -RULES[year].payment.applicable_percent
    assert paid(year, quarter)[2] == most
    assert paid(year, "0")[2] == most
    assert paid(year, str(dec(quarter) + dec("0.01")))[2] > most


def test_m_pay_02_linear_below_the_threshold() -> None:
    assert paid(2019, "29.99")[0] == dec("-0.0023")
    assert paid(2018, "9")[0] == -2


@pytest.mark.parametrize("year", [2017, 2018, 2019])
def test_m_pay_03_neutral_at_the_threshold_scaled_above(year: int) -> None:
    rules = RULES[year].payment
    assert paid(year, str(rules.threshold)) == (0, 0, 0)
    assert paid(year, "100")[0] == rounded(rules.applicable_percent * rules.scaling_factor, 4)


def test_m_pay_04_exceptional_performance() -> None:
    assert paid(2019, "74.99")[1] == 0
    assert paid(2019, "75")[1] == dec("0.0874")
    assert paid(2019, "100")[1] == dec("1.7480")


def test_m_pay_05_both_parts_have_four_decimals_their_sum_two() -> None:
    assert paid(2017, "80.50") == (dec("0.2314"), dec("0.6082"), dec("0.84"))


@pytest.mark.parametrize(
    ("year", "most", "least"), [(2017, "1.88", "-4"), (2018, "1.68", "-5"), (2019, "1.79", "-7")]
)
def test_m_pay_06_m_pay_07_the_published_extremes(year: int, most: str, least: str) -> None:
    assert paid(year, "100")[2] == dec(most)
    assert paid(year, "0")[2] == dec(least)


@pytest.mark.parametrize(
    ("score", "band"),
    [
        ("7.50", "maximum negative"),
        ("7.51", "negative"),
        ("29.99", "negative"),
        ("30", "neutral"),
        ("30.01", "positive"),
        ("74.99", "positive"),
        ("75", "positive and exceptional"),
    ],
)
def test_m_pay_08_bands(score: str, band: str) -> None:
    assert band_of(dec(score), RULES[2019].payment) == band


@pytest.mark.parametrize("year", [2017, 2018, 2019])
def test_payment_never_falls_from_0_to_100(year: int) -> None:
    rules = RULES[year].payment
    totals = [payment_for(Decimal(cents) / 100, rules).total.value for cents in range(10_001)]
    assert totals == sorted(totals)
    assert (totals[0], totals[-1]) == (-rules.applicable_percent, max(totals))


def test_costs_are_given_per_measure() -> None:
    one = CostResult(measure_id="TPCC_1", value=dec("12000"), cases=200)
    assert scored(2018, cost=(one,)).result.percent("cost") == Fraction("69.985")
