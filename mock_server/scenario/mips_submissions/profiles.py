"""Profiles: special statuses, exceptions, cost and survey results of a subject (mips-scoring 0.1).

Statuses of the named organizations are those of portal-flow 13.2 in every year; a practice of the generated
directory has drawn ones. Whatever comes from claims depends on the talent, a little.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from mock_server.reference.mips.years import mips_year
from mock_server.scenario.clinicians import Clinician
from mock_server.scenario.organizations import BULK_ROW_PREFIX, Organization
from mock_server.scenario.stream import HashStream
from mock_server.scoring.mips.profile import (
    Circumstances,
    CostResult,
    Facility,
    Profile,
    Readmission,
    SurveyScore,
)
from mock_server.scoring.mips.years import RULES

_CLAIMS: Final = "administrativeClaims"
_READMISSION: Final = "458"
_ALWAYS_ATTRIBUTED: Final = ("MSPB_1", "TPCC_1")
_EXCEPTION_YEAR: Final = 2019
"""The approved exception of 13.2 is one of performance year 2019."""
_SURVEY_VENDOR: Final = "certifiedSurveyVendor"

APM_OUTSIDE_THE_STANDARD: Final = frozenset({"O-10"})
"""Practices in an APM that is not a MIPS APM (13.2)."""


def practice_profile(practice: Organization, year: int, on: date | None) -> Profile:
    """What holds for a practice and everybody in it; `on` decides about exceptions approved later."""
    profile = Profile(
        small_practice=practice.is_small,
        clinician_count=practice.clinicians_in(year),
        rural="rural" in practice.statuses,
        non_patient_facing="non_patient_facing" in practice.statuses,
        hospital_based="hospital_based" in practice.statuses,
        apm_participant=practice.key in APM_OUTSIDE_THE_STANDARD,
    )
    approved = practice.exception_on_improvement
    if approved is not None and year == _EXCEPTION_YEAR and (on is None or on >= approved):
        profile = replace(profile, euc=Circumstances(ia=True))
    return _with_drawn_statuses(profile, practice, year) if _is_generated(practice) else profile


def _is_generated(practice: Organization) -> bool:
    return practice.key.startswith(BULK_ROW_PREFIX)


def _with_drawn_statuses(profile: Profile, practice: Organization, year: int) -> Profile:
    lasting = HashStream("mips-status", practice.tin or practice.key)
    kind = lasting.weighted(((83, ""), (6, "non_patient_facing"), (7, "hospital_based"), (4, "asc_based")))
    rural, hpsa, medical_home, apm, study = (lasting.chance(percent) for percent in (21, 9, 6, 7, 2))
    of_year = HashStream("mips-status", practice.tin or practice.key, str(year))
    hardship = of_year.chance(9) and RULES[year].small_practice_hardship
    covered = of_year.chance(4)
    return replace(
        profile,
        rural=rural,
        hpsa=hpsa,
        non_patient_facing=kind == "non_patient_facing",
        hospital_based=kind == "hospital_based",
        asc_based=kind == "asc_based",
        cms_known_pcmh=medical_home,
        apm_participant=apm and not medical_home,
        ia_study_participant=study,
        pi_hardship_approved=hardship,
        euc=Circumstances(quality=covered, pi=covered, ia=covered, cost=covered),
    )


def clinician_profile(profile: Profile, clinician: Clinician, year: int) -> Profile:
    """The practice's profile for one of its clinicians (M-WGT-06)."""
    kinds = RULES[year].pi_reweight_clinician_types
    return replace(profile, pi_reweight_clinician_type=clinician.clinician_type in kinds)


def with_claims(profile: Profile, key: str, year: int, talent: int, patients: int) -> Profile:
    """What the agency computes from claims for final feedback; `patients` scales the case counts."""
    draw = HashStream("mips-claims", key, str(year))
    facility = None
    if profile.hospital_based and draw.chance(60):
        facility = Facility(
            quality_percent=Decimal(draw.between(3000, 9200)).scaleb(-2),
            cost_percent=Decimal(draw.between(2000, 8800)).scaleb(-2),
        )
    return replace(
        profile,
        cost=tuple(_cost(draw, year, talent, patients)),
        acr=_readmission(draw, year, talent, patients),
        hcc_average=Decimal(draw.between(70, 290)).scaleb(-2),
        dual_ratio=Decimal(draw.between(2, 48)).scaleb(-2),
        facility=facility,
    )


def _cost(draw: HashStream, year: int, talent: int, patients: int) -> list[CostResult]:
    known = sorted(RULES[year].cost.case_minimum)
    episodes = draw.sample([id_ for id_ in known if id_ not in _ALWAYS_ATTRIBUTED], draw.below(3))
    benchmarks = mips_year(year).benchmarks
    results = []
    for measure_id in sorted((*_ALWAYS_ATTRIBUTED, *episodes)):
        row = benchmarks.get((measure_id, _CLAIMS))
        if row is None or draw.chance(18):
            continue
        cents = [int(bound * 100) for bound in row.deciles if bound]
        place = min(len(cents) - 2, max(0, (talent + draw.between(-45, 45)) * (len(cents) - 1) // 100))
        cases = draw.between(1, 3 * patients) if measure_id == "TPCC_1" else draw.between(1, patients)
        value = Decimal(draw.between(cents[place + 1], cents[place])).scaleb(-2)
        results.append(CostResult(measure_id=measure_id, value=value, cases=cases))
    return results


def _readmission(draw: HashStream, year: int, talent: int, patients: int) -> Readmission | None:
    row = mips_year(year).benchmarks.get((_READMISSION, _CLAIMS))
    if row is None:
        return None
    best, middle = int(row.deciles[-1] * 100), int(row.deciles[2] * 100)
    rate = best - 20 + (middle + 60 - best) * min(100, max(0, 110 - talent + draw.between(-30, 30))) // 100
    return Readmission(rate=Decimal(rate).scaleb(-2), cases=draw.between(patients // 2, 3 * patients))


def survey_scores(key: str, year: int, talent: int) -> Mapping[str, SurveyScore]:
    """CAHPS results of an ACO; the measures for ACOs where the year has benchmarks of them."""
    draw = HashStream("mips-survey", key, str(year))
    rows = sorted(row for row in mips_year(year).benchmarks if row[1] == _SURVEY_VENDOR)
    for_acos = [row for row in rows if row[0].startswith("CAHPS_ACO_")]
    scores = {}
    for row in for_acos or rows:
        bounds = [int(bound * 100) for bound in mips_year(year).benchmarks[row].deciles]
        place = min(len(bounds) - 2, max(0, (talent + draw.between(-35, 35)) * (len(bounds) - 1) // 100))
        low, high = sorted(bounds[place : place + 2])
        value = Decimal(draw.between(low, high)).scaleb(-2)
        scores[row[0]] = SurveyScore(score=value, is_below_minimum=draw.chance(8))
    return scores
