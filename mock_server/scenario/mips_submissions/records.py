"""The synthetic MIPS record of a clinician, practice, virtual group or APM entity: submission and profile.

Nothing is stored: a record is drawn anew from the keys of its subject, the same on every machine. What needs
a score of its own (last year's quality, the PI of an entity's participants) is added by `flow.mips_scores`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from mock_server.scenario import nation
from mock_server.scenario.clinicians import Clinician
from mock_server.scenario.mips_submissions.activities import activity_sets
from mock_server.scenario.mips_submissions.interoperability import interoperability_sets
from mock_server.scenario.mips_submissions.plans import Plan, plan_of
from mock_server.scenario.mips_submissions.profiles import (
    clinician_profile,
    practice_profile,
    survey_scores,
    with_claims,
)
from mock_server.scenario.mips_submissions.quality import quality_sets
from mock_server.scenario.mips_submissions.reporting import reporting
from mock_server.scenario.organizations import SMALL_PRACTICE, Organization
from mock_server.scenario.participation import exemption, participants, virtual_group_of
from mock_server.scenario.stream import HashStream
from mock_server.scoring.mips.precedence import has_feedback
from mock_server.scoring.mips.profile import MipsApm, Profile
from mock_server.scoring.mips.submission import Measurement, MeasurementSet, Proportion, Submission

_PATIENTS_OF_ONE: Final = 60
"""Scales the case counts of a clinician's claims."""
_PATIENTS_OF_GROUP: Final = 2400
_APMS: Final[dict[str, MipsApm]] = {"ssp": "ssp", "ng": "nextgen", "cpc": "other", "oth": "other"}
_ALDER_PRESCRIBING: Final = Measurement(measure_id="PI_EP_1", value=Proportion(numerator=50, denominator=100))
"""What the registry sent for O-01 in 2019 (P-PI-08)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is known of one subject in one year."""

    submission: Submission
    profile: Profile

    @property
    def is_submitted(self) -> bool:
        """Whether anybody sent data; else the agency only computed some."""
        return bool(self.submission.measurement_sets)


def group_record(practice: Organization, year: int, on: date | None = None) -> Record | None:
    """A practice that reports as a group; `None`: it does not."""
    how = reporting(practice, year)
    if not how.group:
        return None
    plan = plan_of(practice.key, year, alone=False)
    profile = practice_profile(practice, year, on)
    patients = min(_PATIENTS_OF_GROUP, _PATIENTS_OF_ONE * practice.clinicians_in(year))
    profile = with_claims(profile, practice.key, year, plan.talent, patients)
    elsewhere = how.only_pi or virtual_group_of(practice, year) is not None
    if how.only_pi:
        profile = replace(profile, cost=(), acr=None, facility=None)
    profile = replace(profile, voluntary=how.voluntary or elsewhere)
    sets = _sets(practice.key, year, plan, profile)
    if practice.key == "O-01":
        sets = _of_alder(sets)
    submission = Submission(
        performance_year=year, entity_type="group", tin=practice.tin, measurement_sets=sets
    )
    return Record(submission=submission, profile=profile)


def individual_record(
    practice: Organization, clinician: Clinician, year: int, on: date | None = None
) -> Record | None:
    """A clinician with data of their own, sent or calculated; `None`: there are none."""
    how = reporting(practice, year)
    sent = how.individually(clinician.npi)
    if not (sent or how.calculated):
        return None
    key = f"{practice.key}/{clinician.npi}"
    plan = plan_of(key, year, alone=True)
    profile = clinician_profile(practice_profile(practice, year, on), clinician, year)
    profile = with_claims(profile, key, year, plan.talent, _PATIENTS_OF_ONE)
    profile = replace(profile, voluntary=how.voluntary or exemption(clinician, year) is not None)
    submission = Submission(
        performance_year=year,
        entity_type="individual",
        tin=practice.tin,
        npi=clinician.npi,
        measurement_sets=_sets(key, year, plan, profile) if sent else (),
    )
    if not sent and not profile.cost:
        return None
    return Record(submission=submission, profile=profile)


def virtual_group_record(group: Organization, year: int) -> Record:
    """A virtual group."""
    plan = plan_of(group.key, year, alone=False)
    clinicians = sum(len(members) for _, members in participants(group, year))
    profile = Profile(small_practice=clinicians <= SMALL_PRACTICE, clinician_count=clinicians)
    profile = with_claims(profile, group.key, year, plan.talent, _PATIENTS_OF_ONE * clinicians)
    submission = Submission(
        performance_year=year,
        entity_type="virtualGroup",
        entity_id=group.ext_id,
        measurement_sets=_sets(group.key, year, plan, profile),
    )
    return Record(submission=submission, profile=profile)


def entity_record(entity: Organization, year: int) -> Record | None:
    """An APM entity, without the PI of its participants; `None`: no feedback exists (M-APM-05)."""
    model = _APMS[entity.model or "oth"]
    if not has_feedback(year, model):
        return None
    plan = plan_of(entity.key, year, alone=False)
    draw = HashStream("mips-claims", entity.key, str(year))
    aco = entity.model in ("ssp", "ng")
    sample = with_claims(Profile(), entity.key, year, plan.talent, _PATIENTS_OF_GROUP)
    profile = Profile(
        clinician_count=sum(len(members) for _, members in participants(entity, year)),
        mips_apm=model,
        scored_under_apm_standard=True,
        wi_registered=aco,
        wi_complete=aco,
        cahps_registered=aco,
        cahps=survey_scores(entity.key, year, plan.talent) if aco else None,
        hcc_average=sample.hcc_average,
        dual_ratio=sample.dual_ratio,
    )
    submission = Submission(
        performance_year=year,
        entity_type="apm",
        entity_id=entity.ext_id,
        measurement_sets=tuple(quality_sets(draw, year, plan)),
    )
    return Record(submission=submission, profile=profile)


def clinicians_shown(practice: Organization, year: int, *, final: bool) -> Iterator[Clinician]:
    """The clinicians of a practice; those whose claims began late in 2019 only with final feedback (11.3)."""
    for clinician in nation.roster(practice, year):
        late = clinician.bills_from is not None and clinician.bills_from >= date(2019, 10, 1)
        if final or not late:
            yield clinician


def _sets(key: str, year: int, plan: Plan, profile: Profile) -> tuple[MeasurementSet, ...]:
    def stream(category: str) -> HashStream:
        return HashStream("mips", category, key, str(year))

    return (
        *quality_sets(stream("quality"), year, plan),
        *interoperability_sets(stream("pi"), year, plan),
        *activity_sets(stream("ia"), year, plan, doubled=profile.has_ia_special_status),
    )


def _of_alder(sets: Iterable[MeasurementSet]) -> tuple[MeasurementSet, ...]:
    """PI of O-01 came through a registry, and in 2019 with a known figure."""
    changed = []
    for one in sets:
        if one.category in ("aci", "pi"):
            kept = tuple(
                measurement
                for measurement in one.measurements
                if measurement.measure_id not in (_ALDER_PRESCRIBING.measure_id, "PI_LVPP_1")
            )
            known = one.performance_start is not None and one.performance_start.year == 2019
            measurements = (_ALDER_PRESCRIBING, *kept) if known else one.measurements
            one = replace(one, method="registry", submitter_id="REG-9001", measurements=measurements)
        changed.append(one)
    return tuple(changed)
