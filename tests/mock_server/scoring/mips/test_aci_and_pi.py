"""ACI of 2017, PI of 2018 and 2019 (mips-scoring sections 6 and 7)."""

from datetime import date
from itertools import product
from typing import Any

import pytest

from mock_server.reference.mips.years import mips_year
from mock_server.scoring.mips.interoperability.objective_points import pi_maxima, pi_points
from mock_server.scoring.mips.interoperability.record import PiMeasureScore, PiSet
from mock_server.scoring.mips.interoperability.tables import BasePerformance
from mock_server.scoring.mips.result import ScoreTree
from mock_server.scoring.mips.years import RULES
from tests.mock_server.scoring.mips.builders import (
    VALID_CEHRT,
    activities,
    interoperability,
    measurement_set,
    node,
    scored,
)
from tests.mock_server.scoring.mips.test_examples_other_categories import X_35, X_38, X_39

BASE_2015 = "EP_1 5/10, PEA_1 5/10, HIE_1 5/10, HIE_2 5/10"
BASE_TRANSITION = "TRANS_EP_1 5/10, TRANS_PEA_1 5/10, TRANS_HIE_1 5/10"


def best(tree: ScoreTree) -> PiSet:
    assert tree.result.pi.picked is not None
    return tree.result.pi.picked


def parts(tree: ScoreTree) -> dict[str, int]:
    return {
        part.name.removeprefix("aci_").removeprefix("PI_"): part.points.value for part in best(tree).parts
    }


def measures(tree: ScoreTree) -> dict[str, PiMeasureScore]:
    return {one.measure_id.split("_", 1)[1]: one for one in best(tree).measures}


def earned(tree: ScoreTree) -> dict[str, int]:
    return {
        name: one.points.value
        for name, one in measures(tree).items()
        if one.points is not None and one.points.value
    }


def percent(year: int, rows: str, **more: Any) -> Any:
    return scored(year, interoperability(year, rows, **more)).result.pi.percent


# --- 2017 and 2018 -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", [2017, 2018])
@pytest.mark.parametrize("missing", ["INFBLO_1 no", "ONCDIR_1 no"])
def test_m_aci_01_both_attestations_are_required(year: int, missing: str) -> None:
    assert percent(year, BASE_2015) > 0
    assert percent(year, f"{BASE_2015}, {missing}") == 0
    assert percent(year, f"{BASE_2015}, ONCACB_1 no") > 0


@pytest.mark.parametrize("year", [2017, 2018])
@pytest.mark.parametrize("gap", range(4))
def test_m_aci_02_every_group_of_the_base_is_required(year: int, gap: int) -> None:
    rows = BASE_2015.split(", ")
    without = ", ".join(row for place, row in enumerate(rows) if place != gap)
    assert percent(year, without) == 0
    assert percent(year, BASE_2015.replace(rows[gap], rows[gap].replace("5/", "0/"))) == 0
    assert percent(year, BASE_2015 + ", PPHI_1 no") == 0


def test_m_aci_02_the_base_is_50_points() -> None:
    assert parts(scored(2017, interoperability(2017, BASE_2015)))["base"] == 50 + 3 * 5


def test_m_aci_02_a_transition_exchange_covers_sending_and_receiving() -> None:
    assert percent(2017, BASE_TRANSITION) > 0
    assert percent(2017, BASE_TRANSITION.replace("TRANS_HIE_1 5/10", "TRANS_LVOTC_1 yes")) > 0
    assert percent(2017, BASE_2015.replace(", HIE_2 5/10", ", TRANS_HIE_1 1/10")) > 0


def test_m_aci_03_an_exclusion_fills_the_base_and_earns_nothing() -> None:
    rows = "LVPP_1 yes, PEA_1 5/10, LVOTC_1 yes, LVITC_1 yes"
    tree = scored(2018, interoperability(2018, rows))
    assert earned(tree) == {"PEA_1": 5}
    assert parts(tree)["base"] == 55


@pytest.mark.parametrize(
    ("start", "end", "counts"),
    [
        (date(2017, 1, 1), date(2017, 3, 31), True),
        (date(2017, 1, 1), date(2017, 3, 30), False),
        (date(2017, 10, 3), date(2017, 12, 31), True),
        (date(2016, 12, 1), date(2017, 3, 1), False),
        (None, date(2017, 12, 31), False),
        (date(2017, 1, 1), None, False),
    ],
)
def test_m_aci_04_ninety_days_inside_the_year(start: Any, end: Any, counts: bool) -> None:
    found = percent(2017, BASE_2015, performance_start=start, performance_end=end)
    assert (found > 0) is counts


def test_m_aci_05_of_substitutes_the_better_one_scores() -> None:
    rows = f"{BASE_2015}, TRANS_PEA_1 9/10, PEA_2 5/10, TRANS_PSE_1 2/10"
    found = earned(scored(2017, interoperability(2017, rows + ", PPHI_1 yes")))
    assert found == {"TRANS_PEA_1": 18, "PEA_2": 5, "HIE_1": 5, "HIE_2": 5}


def test_m_aci_05_a_tie_goes_to_the_2015_edition() -> None:
    rows = f"{BASE_2015}, PEA_2 5/10, TRANS_PSE_1 5/10, PPHI_1 yes"
    assert "TRANS_PSE_1" not in earned(scored(2017, interoperability(2017, rows)))


def test_m_aci_05_health_information_exchange_compares_the_sum() -> None:
    rows = "EP_1 5/10, PEA_1 1/10, HIE_1 9/10, HIE_2 9/10, TRANS_HIE_1 8/10, PPHI_1 yes"
    found = earned(scored(2017, interoperability(2017, rows)))
    assert "TRANS_HIE_1" not in found
    assert found["HIE_1"] + found["HIE_2"] == 18


def test_m_aci_05_a_performed_measure_scores_in_spite_of_its_exclusion() -> None:
    rows = BASE_2015 + ", LVOTC_1 yes"
    assert earned(scored(2018, interoperability(2018, rows)))["HIE_1"] == 5


def test_m_aci_06_performance_is_capped_at_90() -> None:
    rows = (
        "EP_1 9/9, TRANS_PEA_1 9/9, HIE_1 9/9, HIE_2 9/9, PEA_2 9/9, CCTPE_1 9/9, CCTPE_2 9/9, CCTPE_3 9/9, "
        "HIE_3 9/9, PHCDRR_1 yes, PPHI_1 yes"
    )
    found = parts(scored(2017, interoperability(2017, rows)))
    assert found["base"] - 50 + found["performance"] == 90


@pytest.mark.parametrize(
    ("numerator", "points"), [(0, 0), (1, 1), (10, 1), (11, 2), (20, 2), (91, 10), (100, 10)]
)
def test_m_aci_07_steps_of_ten_percent(numerator: int, points: int) -> None:
    tree = scored(2018, interoperability(2018, f"{BASE_2015}, CCTPE_1 {numerator}/100"))
    one = measures(tree)["CCTPE_1"].points
    assert one is not None
    assert one.value == points


def test_m_aci_08_the_registry_bonus_of_2017_once_and_not_for_immunization() -> None:
    def bonus(rows: str) -> dict[str, int]:
        return parts(scored(2017, interoperability(2017, f"{BASE_2015}, {rows}, PPHI_1 yes")))

    assert bonus("PHCDRR_2 yes, PHCDRR_3 yes, TRANS_PHCDRR_3 yes")["bonus"] == 5
    immunization = bonus("PHCDRR_1 yes")
    assert (immunization["bonus"], immunization["performance"]) == (0, 10)
    assert bonus("PHCDRR_2 no")["bonus"] == 0


@pytest.mark.parametrize(
    ("rows", "performance", "bonus"),
    [
        ("PHCDRR_4 yes", 10, 0),
        ("PHCDRR_1 yes", 10, 0),
        ("PHCDRR_1 yes, PHCDRR_4 yes", 10, 5),
        ("PHCDRR_1 yes, TRANS_PHCDRR_1 yes", 10, 0),
        ("PHCDRR_5 yes, TRANS_PHCDRR_3 yes", 10, 0),
        ("PHCDRR_3 yes, PHCDRR_3_MULTI yes", 10, 5),
        ("PHCDRR_3_MULTI yes", 0, 0),
        ("PHCDRR_3 yes, PHCDRR_4_MULTI yes", 10, 0),
        ("PHCDRR_1 yes, PHCDRR_2 yes, PHCDRR_3 yes, PHCDRR_4 yes", 10, 5),
        ("PHCDRR_1 no", 0, 0),
    ],
)
def test_m_aci_09_registries_of_2018(rows: str, performance: int, bonus: int) -> None:
    found = parts(scored(2018, interoperability(2018, f"{BASE_2015}, {rows}, PPHI_1 yes")))
    assert (found["performance"], found["bonus"]) == (performance, bonus)


@pytest.mark.parametrize(
    ("year", "rows", "cehrt_id", "bonus"),
    [
        (2018, BASE_2015, VALID_CEHRT, 10),
        (2018, BASE_2015, None, 0),
        (2018, BASE_2015, "0014EABCDEFGHIJ", 0),
        (2018, BASE_2015 + ", TRANS_SM_1 0/10, PPHI_1 yes", VALID_CEHRT, 0),
        (2017, BASE_2015, VALID_CEHRT, 0),
    ],
)
def test_m_aci_10_technology_of_the_2015_edition_alone(
    year: int, rows: str, cehrt_id: str | None, bonus: int
) -> None:
    assert parts(scored(year, interoperability(year, rows, cehrt_id=cehrt_id)))["bonus"] == bonus


def test_m_aci_10_not_without_the_base() -> None:
    tree = scored(2018, interoperability(2018, "EP_1 5/10", cehrt_id=VALID_CEHRT))
    assert set(parts(tree).values()) == {0}


def test_m_aci_11_activities_with_certified_technology() -> None:
    fitting = next(a.measure_id for a in mips_year(2018).ia.values() if a.cehrt_eligible)
    other = next(a.measure_id for a in mips_year(2018).ia.values() if a.weight and not a.cehrt_eligible)
    claim = interoperability(2018, BASE_2015 + ", IACEHRT_1 yes")
    good = scored(2018, claim, activities(2018, fitting))
    odd = scored(2018, claim, activities(2018, other))
    for tree in (good, odd):
        assert best(tree).parts[-1].points.value == 10
    assert not best(good).warnings
    assert best(odd).warnings
    assert best(scored(2018, claim)).warnings


def test_m_aci_12_at_most_100() -> None:
    rows = (
        "EP_1 9/9, PEA_1 9/9, HIE_1 9/9, HIE_2 9/9, PEA_2 9/9, CCTPE_1 9/9, CCTPE_2 9/9, CCTPE_3 9/9, "
        "HIE_3 9/9, PHCDRR_1 yes, PHCDRR_2 yes, IACEHRT_1 yes"
    )
    for year, raw in ((2017, 155), (2018, 165)):
        tree = scored(year, interoperability(year, rows, cehrt_id=VALID_CEHRT))
        assert sum(part.points.value for part in best(tree).parts) == raw
        assert best(tree).percent.value == 100


def test_m_aci_13_the_best_set_counts_and_sets_are_not_merged() -> None:
    half = interoperability(2018, "EP_1 5/10, PEA_1 5/10", "registry")
    other = interoperability(2018, "HIE_1 5/10, HIE_2 5/10")
    assert scored(2018, half, other).result.pi.percent == 0
    full = interoperability(2018, BASE_2015, "electronicHealthRecord")
    tree = scored(2018, half, other, full)
    assert tree.result.pi.percent == 65
    assert [one.percent.value for one in tree.result.pi.sets] == [65, 0, 0]


@pytest.mark.parametrize(
    ("year", "rows", "names"),
    [
        (2017, X_35, ["aci_base", "aci_performance", "aci_bonus", "cehrt_bonus"]),
        (2018, X_38, ["PI_base", "PI_performance", "PI_bonus", "cehrt_bonus"]),
    ],
)
def test_m_aci_14_four_groups_in_the_tree(year: int, rows: str, names: list[str]) -> None:
    tree = scored(year, interoperability(year, rows))
    original = node(tree, RULES[year].pi_code).original
    assert original is not None
    groups = original.parts[0].parts
    assert [group.name for group in groups] == names
    assert all(group.metadata["maxContribution"] == 100 for group in groups)
    for group in groups:
        constant = {names[0]: 50}.get(group.name, 0)
        assert group.value == constant + sum(part.contribution for part in group.parts)


def test_every_id_of_the_tables_exists() -> None:
    for year in (2017, 2018):
        tables = RULES[year].interoperability
        assert isinstance(tables, BasePerformance)
        known = set(mips_year(year).pi)
        ids = {id_ for one in tables.requirements for id_ in one.satisfied_by}
        ids |= {id_ for one in tables.performance for way in one.ways for id_, _ in way}
        ids |= {id_ for one in tables.registries for id_ in one.ids}
        ids |= {*tables.attestations, tables.activity_bonus}
        assert ids <= known
        weights = {id_: weight for one in tables.performance for way in one.ways for id_, weight in way}
        assert all(mips_year(year).pi[id_].weight == weight for id_, weight in weights.items())


# --- 2019 --------------------------------------------------------------------------------------------------

ALL = "EP_1 5/10, HIE_1 5/10, HIE_4 5/10, PEA_1 5/10, PHCDRR_1 yes, PHCDRR_2 yes"


@pytest.mark.parametrize(
    "change",
    [
        {"cehrt_id": None},
        {"performance_end": date(2019, 3, 1)},
        {"attested": False},
        {"extra": "INFBLO_1 no"},
        {"extra": "ONCDIR_1 no"},
        {"extra": "PPHI_1 no"},
        {"without": "EP_1 5/10, "},
        {"without": "HIE_1 5/10, "},
        {"without": "HIE_4 5/10, "},
        {"without": "PEA_1 5/10, "},
        {"without": ", PHCDRR_2 yes"},
    ],
)
def test_m_pi_01_as_long_as_anything_is_missing_the_category_is_0(change: dict[str, Any]) -> None:
    rows = ALL.replace(change.pop("without", "~"), "")
    if extra := change.pop("extra", ""):
        rows += f", {extra}"
    tree = scored(2019, interoperability(2019, rows, **change))
    assert tree.result.pi.percent == 0
    assert best(tree).missing
    assert tree.result.weight("pi") == 25
    assert any(part.name == "feedback-pi" for part in tree.root.parts)


def test_m_pi_01_complete() -> None:
    tree = scored(2019, interoperability(2019, ALL))
    assert best(tree).missing == ()
    assert tree.result.pi.percent == 5 + 10 + 10 + 20 + 10


@pytest.mark.parametrize(
    ("cehrt_id", "valid"),
    [
        (VALID_CEHRT, True),
        ("0015HABCDEFGHIJ", False),
        ("0015EABCDEFGHI", False),
        ("0015EABCDEFGHIJK", False),
        ("0015Eabcdefghij", False),
        ("0015EABCDEFGHIJ\n", False),
    ],
)
def test_m_pi_02_the_certification_id(cehrt_id: str, valid: bool) -> None:
    assert (percent(2019, ALL, cehrt_id=cehrt_id) > 0) is valid


def test_m_pi_03_a_performed_measure_makes_its_exclusion_moot() -> None:
    tree = scored(2019, interoperability(2019, ALL + ", LVPP_1 yes, PHCDRR_1_EX_2 yes"))
    assert tree.result.pi.percent == 55
    assert len(best(tree).warnings) == 2
    unperformed = scored(2019, interoperability(2019, ALL.replace("EP_1 5/", "EP_1 0/") + ", LVPP_1 yes"))
    assert best(unperformed).missing == ()
    assert "EP_1" not in earned(unperformed)
    declined = ALL.replace("PHCDRR_1 yes", "PHCDRR_1 no") + ", PHCDRR_1_EX_1 yes"
    assert earned(scored(2019, interoperability(2019, declined)))["PHCDRR_2"] == 10


@pytest.mark.parametrize(
    ("health", "prescribing", "receiving", "sending", "maxima"),
    [
        (False, False, False, False, (10, 20, 20, 40, 10)),
        (True, False, False, False, (10, 20, 20, 50, 0)),
        (False, True, False, False, (0, 25, 25, 40, 10)),
        (False, False, True, False, (10, 40, 0, 40, 10)),
        (False, False, False, True, (10, 0, 20, 60, 10)),
        (False, False, True, True, (10, 0, 0, 80, 10)),
        (False, True, False, True, (0, 0, 25, 65, 10)),
        (True, True, True, True, (0, 0, 0, 100, 0)),
    ],
)
def test_m_pi_04_reallocation(
    health: bool, prescribing: bool, receiving: bool, sending: bool, maxima: tuple[int, ...]
) -> None:
    found = pi_maxima(
        public_health_excluded=health,
        prescribing_excluded=prescribing,
        receiving_excluded=receiving,
        sending_excluded=sending,
    )
    assert found == maxima


def test_m_pi_04_the_maxima_always_add_up_to_100() -> None:
    names = ("public_health_excluded", "prescribing_excluded", "receiving_excluded", "sending_excluded")
    for flags in product((False, True), repeat=4):
        assert sum(pi_maxima(**dict(zip(names, flags, strict=True)))) == 100


def test_m_pi_04_the_second_receiving_exclusion_counts_as_well() -> None:
    rows = ALL.replace("HIE_4 5/10", "CUITC_1 yes")
    assert earned(scored(2019, interoperability(2019, rows)))["HIE_1"] == 20


@pytest.mark.parametrize(
    ("rows", "points"),
    [
        ("PHCDRR_1 yes, PHCDRR_5 yes", {"PHCDRR_1": 5, "PHCDRR_5": 5}),
        ("PHCDRR_2 yes, PHCDRR_2_MULTI yes, PHCDRR_3 yes", {"PHCDRR_2": 5, "PHCDRR_2_MULTI": 5}),
        ("PHCDRR_3 yes, PHCDRR_1_EX_3 yes", {"PHCDRR_3": 10}),
        ("PHCDRR_3 yes", None),
        ("PHCDRR_3 yes, PHCDRR_3_EX_1 yes", None),
        ("PHCDRR_1_EX_1 yes, PHCDRR_1_EX_2 yes", None),
        ("PHCDRR_2_MULTI yes, PHCDRR_3 yes", None),
        ("PHCDRR_1_EX_1 yes, PHCDRR_2_EX_1 yes", {}),
    ],
)
def test_m_pi_05_public_health(rows: str, points: dict[str, int] | None) -> None:
    base = ALL.replace(", PHCDRR_1 yes, PHCDRR_2 yes", "")
    tree = scored(2019, interoperability(2019, f"{base}, {rows}"))
    if points is None:
        assert best(tree).missing
    else:
        assert best(tree).missing == ()
        assert {n: p for n, p in earned(tree).items() if n.startswith("PHCDRR")} == points


@pytest.mark.parametrize(
    ("numerator", "denominator", "maximum", "points"),
    [(0, 10, 40, 0), (1, 500, 10, 1), (133, 200, 25, 17), (5, 8, 20, 13), (10, 10, 40, 40), (9, 10, 0, 0)],
)
def test_m_pi_06_points(numerator: int, denominator: int, maximum: int, points: int) -> None:
    assert pi_points(numerator=numerator, denominator=denominator, maximum=maximum) == points


def test_m_pi_06_the_tree_shows_the_formula() -> None:
    tree = scored(2019, interoperability(2019, ALL))
    assert node(tree, "PI_PEA_1").metadata["formula"] == "((5/10)*40) = 20"


def test_m_pi_07_bonus_measures() -> None:
    rows = ALL.replace("EP_1 5/10", "LVPP_1 yes") + ", EP_2 yes, EP_3 1/10"
    found = earned(scored(2019, interoperability(2019, rows)))
    assert (found["EP_2"], found["EP_3"]) == (5, 5)
    none = earned(scored(2019, interoperability(2019, ALL + ", EP_2 no, EP_3 0/10")))
    assert "EP_2" not in none
    assert "EP_3" not in none
    incomplete = scored(2019, interoperability(2019, ALL + ", EP_2 yes", cehrt_id=None))
    assert earned(incomplete) == {}


def test_m_pi_08_at_most_100() -> None:
    rows = ALL.replace("5/10", "10/10") + ", EP_2 yes, EP_3 5/10"
    tree = scored(2019, interoperability(2019, rows))
    assert sum(part.points.value for part in best(tree).parts) == 110
    assert best(tree).percent.value == 100


@pytest.mark.parametrize(
    ("one", "other", "conflict"),
    [
        (ALL, ALL, False),
        (ALL, ALL.replace("PEA_1 5/10", "PEA_1 6/10"), True),
        (ALL, ALL.replace("PEA_1 5/10", "PEA_1 5/11"), True),
        (ALL, ALL.replace("PHCDRR_1 yes", "PHCDRR_1 no"), True),
        (ALL, ALL + ", INFBLO_1 no", True),
        (ALL + ", ONCACB_1 yes", ALL + ", ONCACB_1 no", False),
        (ALL, ALL.replace("EP_1 5/10, ", "") + ", LVPP_1 yes", True),
        (ALL, "PHCDRR_2_EX_1 yes", True),
        (ALL, "PHCDRR_3 yes", False),
        ("EP_1 0/10", "LVPP_1 yes", False),
    ],
)
def test_m_pi_09_sets_must_agree(one: str, other: str, conflict: bool) -> None:
    tree = scored(2019, interoperability(2019, one, "electronicHealthRecord"), interoperability(2019, other))
    assert tree.result.pi.is_conflict is conflict
    if conflict:
        assert tree.result.pi.percent == 0
        assert tree.result.weight("pi") == 25


def test_m_pi_09_the_union_fills_what_single_sets_lack() -> None:
    first = interoperability(
        2019,
        "EP_1 5/10, HIE_1 5/10, HIE_4 5/10",
        "electronicHealthRecord",
        cehrt_id=None,
        performance_start=date(2019, 10, 3),
    )
    second = interoperability(
        2019, "PEA_1 5/10, PHCDRR_1 yes, PHCDRR_2 yes", performance_end=date(2019, 2, 1)
    )
    for tree in (scored(2019, first, second), scored(2019, second, first)):
        assert tree.result.pi.percent == 55
        assert len(best(tree).sources) == 2
        assert best(tree).days == 89


def test_m_pi_09_a_single_complete_set_may_be_the_best() -> None:
    tree = scored(
        2019, interoperability(2019, ALL, "registry"), measurement_set(2019, "pi", "webAttestation")
    )
    assert tree.result.pi.percent == 55


def test_m_pi_10_reweighted_unless_a_set_exists() -> None:
    assert scored(2019, hospital_based=True).result.weight("pi") == 0
    assert (
        scored(2019, measurement_set(2019, "pi", "registry"), hospital_based=True).result.weight("pi") == 25
    )


def test_m_pi_11_the_length_of_the_period() -> None:
    assert best(scored(2019, interoperability(2019, X_39))).days == 364
    original = node(scored(2019, interoperability(2019, X_39)), "pi").original
    assert original is not None
    assert original.parts[0].metadata["performancePeriod"] == 364
