"""Synthetic counts of the demo practices (pqrs-2011 1.7, P-DM-50 to P-DM-53)."""

import subprocess
import sys
from collections import Counter
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mock_server.intake.pqrs_record import read_practice, six_month_warnings
from mock_server.reference.pqrs_2011.measures import GROUPS, MEASURES
from mock_server.reference.pqrs_2011.methods import INDIVIDUAL_METHODS
from mock_server.scenario import bulk
from mock_server.scenario.clinicians import roster
from mock_server.scenario.organizations import ORGANIZATIONS
from mock_server.scenario.pqrs_counts import practice_record
from mock_server.scoring.pqrs.engine import score_practice
from mock_server.scoring.pqrs.rates import Null
from mock_server.scoring.pqrs.record import Attempt, Practice
from mock_server.scoring.pqrs.result import AttemptResult, PracticeResult, ProfessionalResult
from tests.mock_server.scenario.record_json import record_json

RATIONALES = {f"P-RAT-{number}" for number in range(1, 16)}
PINNED = "399479aeb0a40b71b8571b3524dc2a1c2d44594835e979b3a2e0db29d5ea4759"
"""SHA-256 of two records in their JSON form."""
METHODS = {method.code for method in INDIVIDUAL_METHODS}


def bulk_record(index: int) -> Practice:
    people = [(person.npi, person.name) for person in bulk.clinicians(index)]
    return practice_record(bulk.tin(index), bulk.name(index), people)


def first_organization() -> Practice:
    organization = ORGANIZATIONS["O-01"]
    people = [(person.npi, person.name) for person in roster("O-01", 2011)]
    assert organization.tin is not None
    return practice_record(organization.tin, organization.legal_name, people)


@pytest.fixture(scope="module")
def alder_creek() -> PracticeResult:
    return score_practice(first_organization())


def attempts(result: PracticeResult) -> list[AttemptResult]:
    return [attempt for person in result.professionals for attempt in person.attempts]


def successes(person: ProfessionalResult) -> list[AttemptResult]:
    return [attempt for attempt in person.attempts if attempt.eligible]


def units(attempts: tuple[Attempt, ...]) -> int:
    """Methods of a professional, both claims periods of individual measures counted once (P-DM-51)."""
    return len({attempt.method.replace("IND-CLM-6", "IND-CLM-12") for attempt in attempts})


def test_p_dm_50_the_same_in_every_run_and_on_every_machine() -> None:
    digest = sha256(record_json(first_organization()) + record_json(bulk_record(17))).hexdigest()
    assert digest == PINNED, "the demo practices changed: only on purpose, and with this digest"


def test_p_dm_50_nothing_depends_on_hash_randomization() -> None:
    program = (
        "from mock_server.scenario.pqrs_counts import practice_record as r\n"
        "print(hash(str(r('000500017', 'X', [('0800000340', None)]).professionals)) and "
        "r('000500017', 'X', [('0800000340', None)]).professionals)"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


@given(index=st.integers(0, bulk.SIZE - 1))
@settings(max_examples=60, deadline=None)
def test_p_dm_50_every_bulk_record_obeys_the_rules_of_the_intake(index: int) -> None:
    record = bulk_record(index)
    assert read_practice(record_json(record)) == record
    assert six_month_warnings(record) == ()


def test_p_dm_50_the_record_of_o_01_obeys_the_rules_of_the_intake() -> None:
    assert read_practice(record_json(first_organization())) == first_organization()


@pytest.mark.parametrize("start", [0, 150_000, 309_684])
def test_p_dm_50_only_measures_and_groups_of_section_9_occur(start: int) -> None:
    for index in range(start, start + 40):
        for person in bulk_record(index).professionals:
            for attempt in person.attempts:
                assert {measure.measure for measure in attempt.measures} <= set(MEASURES)
                for group in attempt.groups:
                    assert tuple(m.measure for m in group.members) == GROUPS[group.group].members


def test_p_dm_51_each_professional_has_one_to_four_methods() -> None:
    people = [person for index in range(500) for person in bulk_record(index).professionals]
    numbers = Counter(units(person.attempts) for person in people)
    assert set(numbers) == {1, 2, 3, 4}
    for person in people:
        methods = {attempt.method for attempt in person.attempts}
        assert "IND-CLM-6" not in methods or "IND-CLM-12" in methods


@pytest.mark.parametrize("step", [1, 7, 613])
@pytest.mark.parametrize("start", [0, 4_321])
def test_p_dm_51_five_hundred_practices_show_every_method_and_rationale(start: int, step: int) -> None:
    seen = Counter(
        key
        for index in range(start, start + 500 * step, step)
        for attempt in attempts(score_practice(bulk_record(index)))
        for key in (attempt.method.code, attempt.verdict.value.id)
    )
    assert set(seen) == METHODS | RATIONALES
    # Rare enough to be missed once in a million draws would be too rare for "any 500".
    assert min(seen.values()) >= 14, seen


def test_p_dm_52_success_by_claims_registry_ehr_and_a_measures_group(alder_creek: PracticeResult) -> None:
    kinds = {
        "group" if attempt.method.groups else attempt.method.mechanism
        for attempt in attempts(alder_creek)
        if attempt.eligible
    }
    assert kinds == {"claims", "registry", "ehr", "group"}


def test_p_dm_52_one_mav_failure_and_one_person_with_two_satisfied_methods(
    alder_creek: PracticeResult,
) -> None:
    verdicts = [attempt.verdict.value.id for attempt in attempts(alder_creek)]
    assert "P-RAT-1" in verdicts
    satisfied = [{a.method.label for a in successes(person)} for person in alder_creek.professionals]
    assert any(len(labels) >= 2 for labels in satisfied)


def test_p_dm_52_a_null_and_a_zero_performance_rate(alder_creek: PracticeResult) -> None:
    measures = [measure for attempt in attempts(alder_creek) for measure in attempt.measures]
    rates = [measure.performance_rate.value for measure in measures if measure.counts.reported]
    assert any(isinstance(rate, Null) for rate in rates)
    assert 0 in rates


def test_p_dm_52_table_3_shows_several_kinds_of_errors(alder_creek: PracticeResult) -> None:
    kinds = ("gender", "age", "cpt", "dx", "cpt_dx", "missing_cpt", "missing_cpt_dx")
    rows = [row for attempt in attempts(alder_creek) for row in attempt.submissions]
    assert max(sum(getattr(row.counts, kind) > 0 for kind in kinds) for row in rows) >= 5


def test_p_dm_52_moc_participants_one_earns_and_one_does_not(alder_creek: PracticeResult) -> None:
    met = [p for p in alder_creek.moc_participants if p.professional.moc_requirements_met]
    assert {person.moc.value is None for person in met} == {True, False}


def test_p_dm_52_three_contractors_share_the_incentive(alder_creek: PracticeResult) -> None:
    assert len(alder_creek.distribution) == 3
    shares = [share.amount.value for share in alder_creek.distribution]
    assert sum(amount for amount in shares if amount is not None) == alder_creek.totals.total.value


def test_p_dm_53_means_are_given_for_claims_and_ehr_only() -> None:
    means = bulk_record(3).national_means
    assert {mean.mechanism for mean in means} == {"claims", "ehr"}
    assert {mean.measure for mean in means} == set(MEASURES)
    assert all(mean.mean_percent is None or 0 <= mean.mean_percent <= 100 for mean in means)
    assert bulk_record(4).national_means is means


def test_p_dm_50_a_practice_does_not_depend_on_who_else_is_in_it() -> None:
    alone = practice_record("000500017", None, [("0800000340", None)])
    together = practice_record("000500017", None, [("0800000357", None), ("0800000340", None)])
    assert alone.professionals[0] == together.professionals[1]
