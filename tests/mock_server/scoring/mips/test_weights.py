"""Weights, reweighting and the APM standard (mips-scoring sections 1 and 9)."""

from typing import Any

import pytest

from mock_server.scoring.mips.precedence import has_feedback
from mock_server.scoring.mips.profile import Circumstances, CostResult, PiParticipant, Settings
from mock_server.scoring.mips.result import ScoreTree
from mock_server.scoring.mips.rules import Weights
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

# The tables of section 1: Q / Cost / IA / PI by year, None = M-WGT-03.
ROWS: dict[str, dict[int, tuple[int, int, int, int] | None]] = {
    "": {2017: (60, 0, 15, 25), 2018: (50, 10, 15, 25), 2019: (45, 15, 15, 25)},
    "cost": {2017: (60, 0, 15, 25), 2018: (60, 0, 15, 25), 2019: (60, 0, 15, 25)},
    "pi": {2017: (85, 0, 15, 0), 2018: (75, 10, 15, 0), 2019: (70, 15, 15, 0)},
    "quality": {2017: (0, 0, 50, 50), 2018: (0, 10, 45, 45), 2019: (0, 15, 40, 45)},
    "ia": {2017: (75, 0, 0, 25), 2018: (65, 10, 0, 25), 2019: (60, 15, 0, 25)},
    "cost pi": {2017: (85, 0, 15, 0), 2018: (85, 0, 15, 0), 2019: (85, 0, 15, 0)},
    "cost quality": {2017: (0, 0, 50, 50), 2018: (0, 0, 50, 50), 2019: (0, 0, 50, 50)},
    "cost ia": {2017: (75, 0, 0, 25), 2018: (75, 0, 0, 25), 2019: (75, 0, 0, 25)},
    "pi quality": {2017: None, 2018: (0, 10, 90, 0), 2019: (0, 15, 85, 0)},
    "pi ia": {2017: None, 2018: (90, 10, 0, 0), 2019: (85, 15, 0, 0)},
    "quality ia": {2017: None, 2018: (0, 10, 0, 90), 2019: (0, 15, 0, 85)},
    "cost pi quality": {2017: None, 2018: None, 2019: None},
    "cost pi ia": {2017: None, 2018: None, 2019: None},
    "cost quality ia": {2017: None, 2018: None, 2019: None},
    "pi quality ia": {2017: None, 2018: None, 2019: None},
    "cost pi quality ia": {2017: None, 2018: None, 2019: None},
}
CASES = [(year, out, weights) for out, row in ROWS.items() for year, weights in row.items()]
THRESHOLDS = {2017: 3, 2018: 15, 2019: 30}
TPCC = (CostResult(measure_id="TPCC_1", value=dec("12000"), cases=200),)


def full_sets(year: int, *left_out: str) -> list[Any]:
    sets = {
        "quality": quality(year, "registry", "236 70/30"),
        "pi": interoperability(year, "EP_1 5/10"),
        "ia": activities(year, "IA_PCMH"),
    }
    return [made for name, made in sets.items() if name not in left_out]


def weights_of(tree: ScoreTree) -> Weights | None:
    return tree.result.total.weighing.weights.value


@pytest.mark.parametrize(("year", "left_out", "weights"), CASES)
def test_m_wgt_02_every_row_of_the_tables(year: int, left_out: str, weights: Any) -> None:
    assert RULES[year].weights[frozenset(left_out.split())] == weights


@pytest.mark.parametrize(("year", "left_out", "weights"), CASES)
def test_m_wgt_02_m_wgt_03_every_row_in_a_real_submission(year: int, left_out: str, weights: Any) -> None:
    out = left_out.split()
    tree = scored(
        year,
        *full_sets(year, *out),
        euc=Circumstances(**dict.fromkeys(out, True)),
        cost=() if "cost" in out else TPCC,
    )
    assert weights_of(tree) == weights
    if weights is None:
        assert tree.final_score == THRESHOLDS[year]
        assert tree.payment_total == 0
    else:
        assert sum(weights) == 100


def test_the_tables_know_every_combination() -> None:
    for rules in RULES.values():
        assert len(rules.weights) == 16
        assert all(row is None or sum(row) == 100 for row in rules.weights.values())
        for table in rules.apm_weights.values():
            assert all(row is None or sum(row) == 100 for row in table.values())


@pytest.mark.parametrize("year", [2017, 2018, 2019])
def test_m_wgt_01_submitting_nothing_is_no_excuse(year: int) -> None:
    tree = scored(year)
    assert weights_of(tree) == RULES[year].weights[frozenset(("cost",))]
    assert tree.final_score == 0


def test_m_wgt_03_category_scores_are_still_listed() -> None:
    tree = scored(
        2018, activities(2018, "IA_PCMH"), euc=Circumstances(quality=True, pi=True), small_practice=True
    )
    assert tree.final_score == 15
    shown = node(tree, "ia")
    assert shown.value == 0
    assert shown.original is not None
    assert shown.original.value == 40


@pytest.mark.parametrize("excused", ["pi", "quality", "ia"])
def test_m_wgt_04_data_win_over_an_exception(excused: str) -> None:
    euc = Circumstances(**{excused: True})
    without = scored(2019, *full_sets(2019, excused), euc=euc, cost=TPCC)
    assert without.result.weight(excused) == 0  # type: ignore[arg-type]
    empty = measurement_set(2019, excused, "registry")  # type: ignore[arg-type]
    assert weights_of(scored(2019, *full_sets(2019, excused), empty, euc=euc, cost=TPCC)) == (45, 15, 15, 25)


def test_m_wgt_04_cost_stays_at_0() -> None:
    assert scored(2019, *full_sets(2019), euc=Circumstances(cost=True), cost=TPCC).result.weight("cost") == 0


def test_m_wgt_04_what_counts_as_data() -> None:
    held = scored(2019, quality(2019, "cmsWebInterface"), mode="preliminary", entity_type="group")
    assert not held.result.presence.any
    final = scored(2019, quality(2019, "cmsWebInterface"), entity_type="group")
    assert final.result.presence.quality
    credit = scored(2019, scored_under_apm_standard=True, mips_apm="ssp")
    assert not credit.result.presence.any
    rolled = scored(
        2019,
        scored_under_apm_standard=True,
        mips_apm="ssp",
        apm_pi_participants=(PiParticipant(percent=None),),
    )
    assert rolled.result.presence.pi
    assert not scored(2019, cost=TPCC).result.presence.any


@pytest.mark.parametrize(
    "flag",
    [
        "non_patient_facing",
        "hospital_based",
        "asc_based",
        "pi_reweight_clinician_type",
        "pi_hardship_approved",
    ],
)
def test_m_wgt_06_reweighted_pi(flag: str) -> None:
    reweighted: Any = {flag: True}
    tree = scored(2019, *full_sets(2019, "pi"), **reweighted)
    assert weights_of(tree) == (85, 0, 15, 0)
    assert weights_of(scored(2019, *full_sets(2019), **reweighted)) == (60, 0, 15, 25)


def test_m_wgt_06_clinician_types_of_the_years() -> None:
    assert RULES[2018].pi_reweight_clinician_types == {"NP", "PA", "CNS", "CRNA"}
    assert {"PT", "OT", "SLP"} <= RULES[2019].pi_reweight_clinician_types
    assert [RULES[year].small_practice_hardship for year in (2017, 2018, 2019)] == [False, True, True]


ALL_COVERED = Circumstances(quality=True, pi=True, ia=True, cost=True)


def test_m_wgt_07_the_automatic_policy() -> None:
    nothing = scored(2019, euc=ALL_COVERED, cost=TPCC)
    assert nothing.final_score == 30
    one = scored(2019, quality(2019, "registry", "236 70/30"), euc=ALL_COVERED, cost=TPCC)
    assert one.final_score == 30
    two = scored(2019, *full_sets(2019, "pi"), euc=ALL_COVERED, cost=TPCC)
    assert weights_of(two) == (85, 0, 15, 0)


@pytest.mark.parametrize(
    ("change", "covered"),
    [
        ({}, True),
        ({"sets": ("quality",)}, True),
        ({"sets": ("quality", "ia")}, False),
        ({"year": 2018}, False),
        ({"entity_type": "group"}, False),
        ({"scored_under_apm_standard": True, "mips_apm": "ssp"}, False),
        ({"settings": Settings()}, False),
    ],
)
def test_m_wgt_07_the_option_for_2019(change: dict[str, Any], covered: bool) -> None:
    given = {"settings": Settings(covid2019=True), "year": 2019, "sets": (), **change}
    year, wanted = given.pop("year"), given.pop("sets")
    sets = full_sets(year, *({"quality", "pi", "ia"} - set(wanted)))
    tree = scored(year, *sets, **given)
    assert tree.result.total.is_threshold is covered


def test_m_wgt_08_the_preliminary_total_is_shown_out_of_what_is_there() -> None:
    quality_alone = scored(2019, quality(2019, "registry", "236 70/30"), mode="preliminary")
    assert quality_alone.result.shown_maximum == 60
    credit = scored(2019, quality(2019, "registry", "236 70/30"), apm_participant=True, mode="preliminary")
    assert credit.result.shown_maximum == 75
    everything = scored(2019, *full_sets(2019), mode="preliminary")
    assert everything.result.shown_maximum == 100
    assert everything.root.metadata["maxScoreShown"] == 100


def test_m_wgt_09_only_while_nothing_else_was_submitted() -> None:
    web = quality(2019, "cmsWebInterface", "236 70/30")
    given: dict[str, Any] = {"mode": "preliminary", "wi_registered": True, "entity_type": "group"}
    assert weights_of(scored(2019, web, **given)) == (45, 15, 15, 25)
    assert weights_of(scored(2019, web, activities(2019, "IA_PCMH"), **given)) == (60, 0, 15, 25)
    assert weights_of(scored(2019, web, **{**given, "wi_registered": False})) == (60, 0, 15, 25)
    assert weights_of(scored(2019, web, **given, wi_complete=True)) == (60, 0, 15, 25)


def test_m_wgt_09_the_weight_of_cost_may_be_kept_back() -> None:
    reserve = Settings(preliminary_cost="reserve")
    early = scored(2019, *full_sets(2019), mode="preliminary", settings=reserve)
    assert weights_of(early) == (45, 15, 15, 25)
    assert not any(part.name == "cost" for part in early.root.parts)
    assert weights_of(scored(2019, *full_sets(2019), settings=reserve)) == (60, 0, 15, 25)


# --- APM scoring standard ----------------------------------------------------------------------------------

APM_ROWS = [
    (2017, "ssp", (50, 0, 20, 30)),
    (2017, "nextgen", (50, 0, 20, 30)),
    (2017, "other", (0, 0, 25, 75)),
    *((year, apm, (50, 0, 20, 30)) for year in (2018, 2019) for apm in ("ssp", "nextgen", "other")),
]


def apm(year: int, *sets: Any, kind: str = "ssp", **more: Any) -> ScoreTree:
    given = {"entity_type": "apm", "mips_apm": kind, "scored_under_apm_standard": True, **more}
    return scored(year, *sets, **given)


@pytest.mark.parametrize(("year", "kind", "weights"), APM_ROWS)
def test_m_apm_01_weights(year: int, kind: str, weights: Any) -> None:
    assert weights_of(apm(year, *full_sets(year), kind=kind, cost=TPCC)) == weights


REWEIGHTED = (PiParticipant(percent=dec("50"), reweighted=True),)


@pytest.mark.parametrize(
    ("year", "kind", "out", "weights"),
    [
        *((year, "ssp", "quality", (0, 0, 25, 75)) for year in (2017, 2018, 2019)),
        *((year, "ssp", "pi", (80, 0, 20, 0)) for year in (2017, 2018, 2019)),
        *((year, "ssp", "quality pi", None) for year in (2017, 2018, 2019)),
        (2017, "other", "quality", (0, 0, 25, 75)),
        (2017, "other", "pi", None),
    ],
)
def test_m_apm_02_quality_or_pi_not_scorable(year: int, kind: str, out: str, weights: Any) -> None:
    names = out.split()
    participants = REWEIGHTED if "pi" in names else (PiParticipant(percent=dec("50")),)
    euc = Circumstances(quality="quality" in names)
    sets = full_sets(year, "pi", *names)
    tree = apm(year, *sets, kind=kind, euc=euc, apm_pi_participants=participants)
    assert weights_of(tree) == weights
    flagged = apm(year, *sets, kind=kind, euc=euc, hospital_based="pi" in names)
    assert weights_of(flagged) == weights
    if weights is None:
        assert tree.final_score == THRESHOLDS[year]


def test_m_apm_02_a_roll_up_is_not_undone_by_the_entitys_own_flags() -> None:
    tree = apm(2019, hospital_based=True, apm_pi_participants=(PiParticipant(percent=None),))
    assert tree.result.weight("pi") == 30


def test_m_apm_03_quality_of_the_entity_as_of_others() -> None:
    rows = "236 140/60, 117 180/20, 113 90/110, 318 70/30, 374 30/70"
    sent = quality(2019, "electronicHealthRecord", rows)
    assert apm(2019, sent).result.percent("quality") == scored(2019, sent).result.percent("quality")


def test_m_apm_04_the_roll_up() -> None:
    participants = (
        PiParticipant(percent=dec("90"), clinicians=3),
        PiParticipant(percent=None, clinicians=1),
        PiParticipant(percent=dec("10"), clinicians=50, reweighted=True),
    )
    tree = apm(2019, apm_pi_participants=participants)
    assert tree.result.pi.percent == dec("67.5")
    assert node(tree, "pi").value == dec("20.25")
    nobody = apm(2019, apm_pi_participants=(PiParticipant(percent=dec("90"), clinicians=0),))
    assert nobody.result.pi.percent == 0
    own = apm(2018, interoperability(2018, "EP_1 5/10, PEA_1 5/10, HIE_1 5/10, HIE_2 5/10"))
    assert own.result.pi.percent == 65
    elsewhere = scored(2019, apm_pi_participants=participants)
    assert not elsewhere.result.presence.pi


def test_m_apm_05_who_gets_feedback() -> None:
    assert has_feedback(2017, "ssp")
    assert not has_feedback(2017, "nextgen")
    assert has_feedback(2018, "nextgen")
