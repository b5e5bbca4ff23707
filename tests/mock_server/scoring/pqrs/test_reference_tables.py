"""The 2011 reference tables hang together (pqrs-2011 1.2, 3.9, 4, 9)."""

from mock_server.reference.pqrs_2011.constants import INCENTIVE_YEARS, MOC_RATE, PQRS_RATE
from mock_server.reference.pqrs_2011.gpro import GPRO1_MEASURES, GPRO1_MODULES, tier_of
from mock_server.reference.pqrs_2011.mav import MAV_CLUSTERS, MAV_EXEMPT
from mock_server.reference.pqrs_2011.measures import GROUPS, MEASURES, measure_title
from mock_server.reference.pqrs_2011.methods import INDIVIDUAL_METHODS, METHODS
from mock_server.reference.pqrs_2011.rationales import RATIONALES


def test_p_dm_20_canonical_order_is_by_label_then_year_before_half_year() -> None:
    assert [m.number for m in METHODS.values()] == list(range(1, 15))
    labels = [(m.label.casefold(), -m.months) for m in INDIVIDUAL_METHODS]
    assert labels == sorted(labels)


def test_every_method_names_one_success_and_one_failure() -> None:
    for method in METHODS.values():
        assert RATIONALES[method.sufficient].eligible
        assert not RATIONALES[method.insufficient].eligible


def test_p_rat_eight_ways_to_succeed_alone() -> None:
    """The one-to-one mapping that decides the wording of MG30-CLM-12."""
    assert {m.sufficient for m in INDIVIDUAL_METHODS} == {
        r.id for r in RATIONALES.values() if r.eligible and int(r.id[6:]) <= 15
    }
    assert len({m.sufficient for m in INDIVIDUAL_METHODS}) == 8


def test_p_rat_12_has_the_wording_of_figure_1_3() -> None:
    assert RATIONALES["P-RAT-12"].text == (
        "Sufficient # of eligible instances reported at 80% and a minimum of 15 eligible instances"
    )


def test_measures_and_groups() -> None:
    assert len(MEASURES) == 35
    assert list(MEASURES) == sorted(MEASURES, key=int)
    assert {n for group in GROUPS.values() for n in group.members} <= set(MEASURES)
    assert measure_title("163") == "Diabetes Mellitus: Foot Exam"
    assert measure_title("163", in_group=True) == "Foot Exam"
    assert measure_title("39", in_group=True) == measure_title("39")
    assert measure_title("999") is None


def test_clusters_name_known_measures_and_no_exempt_one() -> None:
    clustered = {measure for members in MAV_CLUSTERS.values() for measure in members}
    assert clustered <= set(MEASURES)
    assert not clustered & MAV_EXEMPT
    assert set(MEASURES) >= MAV_EXEMPT


def test_gpro_modules_hold_every_measure_once() -> None:
    assert len(GPRO1_MEASURES) == 26
    assert len(GPRO1_MODULES) == 8
    assert list(GPRO1_MODULES) == sorted(GPRO1_MODULES, key=str.casefold)
    assert sorted(m for members in GPRO1_MODULES.values() for m in members) == sorted(GPRO1_MEASURES)


def test_gpro_2_tiers_by_size() -> None:
    sizes = {1: None, 2: "2-10", 11: "11-25", 50: "26-50", 100: "51-100", 199: "101-199", 200: None}
    assert {size: tier.title if (tier := tier_of(size)) else None for size in sizes} == sizes


def test_p_cfg_6_7_rates_of_2011() -> None:
    year = INCENTIVE_YEARS[2011]
    assert (year.pqrs_rate, year.moc_rate) == (PQRS_RATE, MOC_RATE)
