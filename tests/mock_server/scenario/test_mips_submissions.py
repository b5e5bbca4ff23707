"""The synthetic MIPS data: who has any, that it never changes, that it is spread like real results."""

import hashlib
from collections import Counter
from datetime import date
from functools import cache
from statistics import quantiles

import pytest

from mock_server.flow.mips_scores import (
    entity_score,
    group_score,
    individual_score,
    virtual_group_score,
)
from mock_server.intake.qpp_json import read_submission
from mock_server.intake.qpp_json.normal_form import encoded
from mock_server.scenario import bulk, nation
from mock_server.scenario.mips_submissions.records import (
    clinicians_shown,
    group_record,
    individual_record,
)
from mock_server.scenario.mips_submissions.reporting import YEARS, reporting
from mock_server.scenario.organizations import ORGANIZATIONS
from mock_server.scenario.participation import (
    entities_of,
    exemption,
    participants,
    virtual_group_of,
)
from mock_server.scoring.mips.result import ScoreTree
from mock_server.scoring.mips.submission import Submission

PRACTICES = range(0, 310_000, 1033)
"""300 practices of the directory."""


DIGESTS = ["455b294bdcba7f19", "bc872e777bec6896", "9853345c19ae7746", "d7e39f99181e0926"]
"""Of O-01 in three years, and of its first clinician; change them only with the generator."""


@cache
def directory(year: int) -> list[ScoreTree]:
    """Final scores of those practices and their clinicians."""
    found = []
    for index in PRACTICES:
        key = bulk.key(index)
        found += [
            group_score(key, year, "final"),
            *(individual_score(key, one, year, "final") for one in bulk.clinicians(index)),
        ]
    return [tree for tree in found if tree is not None]


def digest(submission: Submission) -> str:
    return hashlib.sha256(repr(submission).encode()).hexdigest()[:16]


def test_the_data_are_the_same_in_every_run_on_every_machine() -> None:
    records = [group_record(ORGANIZATIONS["O-01"], year) for year in YEARS]
    alder = nation.roster(ORGANIZATIONS["O-01"], 2019)[0]
    records.append(individual_record(ORGANIZATIONS["O-01"], alder, 2019))
    made = [digest(record.submission) for record in records if record is not None]
    assert made == DIGESTS


@pytest.mark.parametrize("year", YEARS)
def test_scores_are_spread_over_the_whole_range(year: int) -> None:
    trees = directory(year)
    scores = [float(tree.result.total_score.value) for tree in trees]
    tenths = quantiles(scores, n=10)
    assert len(trees) > 300
    assert len(set(scores)) > 0.8 * len(scores)
    assert tenths[0] < 40 < tenths[4] < 75 < tenths[8] < 100
    bands = Counter(tree.result.payment.band for tree in trees if tree.result.payment is not None)
    share = {band: number / bands.total() for band, number in bands.items()}
    assert 0.01 < share["maximum negative"] < 0.12
    assert 0.15 < share["positive and exceptional"] < 0.6
    assert share["positive"] > 0.3
    assert any(tree.result.payment is None for tree in trees)  # voluntary reporters


@pytest.mark.parametrize("year", YEARS)
def test_measures_fail_and_excel_in_every_way(year: int) -> None:
    entries = [
        entry
        for tree in directory(year)
        for scored in tree.result.quality.sets
        for entry in scored.entries
        if entry.score.evidence is not None
    ]
    points = [entry.score.points.value for entry in entries]
    assert {entry.status for entry in entries} >= {"PICKED", "SKIPPED"}
    assert 0.03 < sum(value == 10 for value in points) / len(points) < 0.5
    assert sum(value <= 3 for value in points) / len(points) > 0.1
    evidence = [entry.score.evidence for entry in entries if entry.score.evidence is not None]
    few = [one for one in evidence if one.rates.cases.value < 20]
    assert 0.03 < len(few) / len(evidence) < 0.2
    assert 0.02 < sum(not entry.score.complete for entry in entries) / len(entries) < 0.2
    assert any(one.benchmark is None for one in evidence)
    assert {entry.score.method for entry in entries} >= {"claims", "registry", "electronicHealthRecord"}
    assert any(e.score.measure is not None and e.score.measure.is_registry_measure for e in entries)
    if year > 2017:
        assert any(entry.score.maximum == 7 for entry in entries)  # topped out


@pytest.mark.parametrize("year", YEARS)
def test_some_miss_a_category_and_some_are_excused(year: int) -> None:
    results = [tree.result for tree in directory(year)]
    for slot in ("quality", "pi", "ia"):
        missing = [one for one in results if not getattr(one.presence, slot)]
        assert 0.02 < len(missing) / len(results) < 0.5
    assert any(one.pi.picked is not None and one.pi.picked.missing for one in results)
    assert any(one.total.is_threshold for one in results)
    weights = {one.total.weighing.weights.value for one in results}
    assert len(weights) > 4
    profiles = [one.case.profile for one in results]
    for flag in ("rural", "hpsa", "non_patient_facing", "hospital_based", "asc_based", "apm_participant"):
        assert any(getattr(profile, flag) for profile in profiles), flag
    assert any(profile.pi_hardship_approved for profile in profiles) == (year > 2017)


@pytest.mark.parametrize("year", YEARS)
def test_api_9_2_submissions_keep_the_rules_of_uploaded_ones(year: int) -> None:
    trees = [*directory(year)[::5], *filter(None, (entity_score(key, year) for key in ("AE-01", "AE-03")))]
    for tree in trees:
        submission = tree.result.case.submission
        assert read_submission(encoded(submission), invented_only=True).key == submission.key


HAS_GROUP_DATA = {
    "O-01": (2017, 2018, 2019),
    "O-02": (),
    "O-03": (2017, 2018, 2019),
    "O-04": (2017, 2018),
    "O-05": (2017, 2018, 2019),
    "O-06": (2019,),
    "O-07": (2017, 2018, 2019),
    "O-08": (2017,),
    "O-10": (2017, 2018, 2019),
    "O-11": (2018, 2019),
    "O-13": (2018, 2019),
}


@pytest.mark.parametrize(("key", "years"), HAS_GROUP_DATA.items())
def test_13_2_which_practices_have_group_data(key: str, years: tuple[int, ...]) -> None:
    found = [year for year in YEARS if group_score(key, year, "final") is not None]
    assert tuple(found) == years


def test_p_elec_04_nothing_is_sent_before_an_election() -> None:
    assert group_score("O-04", 2019, "preliminary") is None
    assert not reporting(ORGANIZATIONS["O-04"], 2019).group


def test_13_2_exempt_groups_report_voluntarily() -> None:
    for key, year in (("O-04", 2018), ("O-06", 2019)):
        tree = group_score(key, year, "final")
        assert tree is not None
        assert tree.result.payment is None


def test_p_qpp_07_radiology_has_no_interoperability_weight() -> None:
    tree = group_score("O-05", 2019, "preliminary")
    assert tree is not None
    assert (tree.result.weight("pi"), tree.result.presence.pi) == (0, False)


def test_p_qpp_06_the_hospitalists_exception_counts_from_its_day() -> None:
    before = group_score("O-07", 2019, "preliminary", date(2020, 2, 29))
    after = group_score("O-07", 2019, "preliminary", date(2020, 3, 1))
    assert before is not None
    assert after is not None
    assert (before.result.weight("ia"), after.result.weight("ia")) == (15, 0)


def test_p_ia_05_apm_participation_alone_earns_half_of_the_activities() -> None:
    tree = group_score("O-10", 2019, "preliminary")
    assert tree is not None
    assert not tree.result.presence.ia
    assert str(tree.category("ia")) == "7.5000"


def test_13_3_felix_teasel_has_two_submitters() -> None:
    practice = ORGANIZATIONS["O-01"]
    teasel = next(one for one in nation.roster(practice, 2019) if one.npi == "0999010115")
    record = individual_record(practice, teasel, 2019)
    assert record is not None
    assert {one.submitter_id for one in record.submission.measurement_sets} == {None, "REG-9001"}


def test_tm_12_a_late_beginner_comes_with_final_feedback() -> None:
    practice = ORGANIZATIONS["O-01"]
    preliminary = {one.npi for one in clinicians_shown(practice, 2019, final=False)}
    final = {one.npi for one in clinicians_shown(practice, 2019, final=True)}
    assert final - preliminary == {"0999010081"}


def test_11_3_who_gets_no_adjustment_at_any_level() -> None:
    people = nation.roster(ORGANIZATIONS["O-01"], 2019)
    found = {one.name: exemption(one, 2019) for one in people if exemption(one, 2019)}
    assert found == {
        "Lena Yarrow": "newly enrolled",
        "Nora Quince": "clinician type",
        "Hugo Tansy": "QP",
        "Edda Burnet": "partial QP",
    }
    bramble = next(one for one in people if one.clinician_type == "PT")
    assert (exemption(bramble, 2018), exemption(bramble, 2019)) == ("clinician type", None)


def test_p_qpp_03_three_clinicians_of_o_01_are_in_the_aco() -> None:
    members = dict(participants(ORGANIZATIONS["AE-01"], 2019))
    assert [len(members[ORGANIZATIONS[key]]) for key in ("O-03", "O-01")] == [140, 3]
    assert entities_of(ORGANIZATIONS["O-01"]) == (ORGANIZATIONS["AE-01"],)


def test_p_rpt_07_next_generation_acos_have_no_feedback_of_2017() -> None:
    assert [entity_score("AE-02", year) is None for year in YEARS] == [True, False, False]


def test_m_apm_04_an_entity_averages_the_pi_of_its_participants() -> None:
    tree, practice = entity_score("AE-02", 2019), group_score("O-11", 2019, "final")
    assert tree is not None
    assert practice is not None
    assert tree.result.percent("pi") == practice.result.percent("pi")
    assert tree.result.case.under_apm_standard


def test_virtual_groups_begin_in_2018() -> None:
    assert virtual_group_score("VG-01", 2017, "final") is None
    assert virtual_group_of(ORGANIZATIONS["O-08"], 2017) is None
    assert virtual_group_of(ORGANIZATIONS["O-08"], 2018) == ORGANIZATIONS["VG-01"]
    tree = virtual_group_score("VG-01", 2019, "final")
    assert tree is not None
    assert tree.result.case.profile.small_practice


def test_m_qual_26_quality_improves_on_the_year_before() -> None:
    before, now = (group_score("O-05", year, "final") for year in (2017, 2018))
    assert before is not None
    assert now is not None
    prior, picked = now.result.case.profile.prior_year, before.result.quality.picked
    assert prior is not None
    assert picked is not None
    assert prior.quality_achievement_points == picked.total_decile_score.value
