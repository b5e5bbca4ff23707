"""Scores of the demo nation's MIPS subjects, computed when asked for and kept for a while.

A score may rest on others: quality improves on last year's (M-QUAL-26), an APM entity averages the PI of its
participants (M-APM-04). Everything is a function of keys, so one cache serves all runs.

    group_score("O-01", 2019, "final")            -> ScoreTree; None: the practice reports no group data
    individual_score("O-01", clinician, 2019, "final")
    entity_score("AE-01", 2017), virtual_group_score("VG-01", 2019, "preliminary")
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from mock_server.scenario import nation
from mock_server.scenario.clinicians import Clinician
from mock_server.scenario.mips_submissions.records import (
    Record,
    entity_record,
    group_record,
    individual_record,
    virtual_group_record,
)
from mock_server.scenario.mips_submissions.reporting import YEARS
from mock_server.scenario.organizations import Organization
from mock_server.scenario.participation import FIRST_VIRTUAL_GROUPS, is_whole, participants
from mock_server.scoring.mips.engine import score
from mock_server.scoring.mips.profile import Mode, PiParticipant, PriorQuality
from mock_server.scoring.mips.result import ScoreTree
from mock_server.scoring.mips.rounding import number
from mock_server.scoring.mips.years import RULES

_GROUPS: Final = 256
_PEOPLE: Final = 4096
"""Scores kept: those of a large group's clinicians, with last year's."""


@lru_cache(maxsize=_GROUPS)
def group_score(key: str, year: int, mode: Mode, on: date | None = None) -> ScoreTree | None:
    """The score of a practice's group data; `on`: see `engines.Subject`."""
    practice = _organization(key)
    return _scored(lambda y: group_record(practice, y, on), year, mode)


@lru_cache(maxsize=_PEOPLE)
def individual_score(
    key: str, clinician: Clinician, year: int, mode: Mode, on: date | None = None
) -> ScoreTree | None:
    """The score of a clinician's own data at a practice."""
    practice = _organization(key)

    def record(of_year: int) -> Record | None:
        billed = clinician.bills_in(of_year) and practice.clinicians_in(of_year)
        return individual_record(practice, clinician, of_year, on) if billed else None

    return _scored(record, year, mode)


@lru_cache(maxsize=_GROUPS)
def virtual_group_score(key: str, year: int, mode: Mode) -> ScoreTree | None:
    """The score of a virtual group."""
    group = _organization(key)

    def record(of_year: int) -> Record | None:
        return virtual_group_record(group, of_year) if of_year >= FIRST_VIRTUAL_GROUPS else None

    return _scored(record, year, mode)


@lru_cache(maxsize=_GROUPS)
def entity_score(key: str, year: int, mode: Mode = "final") -> ScoreTree | None:
    """The score of an APM entity; `None`: no feedback exists (M-APM-05)."""
    entity = _organization(key)

    def record(of_year: int) -> Record | None:
        made = entity_record(entity, of_year)
        if made is None:
            return None
        rolled_up = tuple(_pi_participants(entity, of_year, mode))
        return replace(made, profile=replace(made.profile, apm_pi_participants=rolled_up))

    return _scored(record, year, mode)


def _organization(key: str) -> Organization:
    found = nation.organization(key)
    if found is None:
        raise LookupError(key)
    return found


def _scored(record: Callable[[int], Record | None], year: int, mode: Mode) -> ScoreTree | None:
    made = record(year)
    if made is None or not (made.is_submitted or mode == "final"):
        return None
    profile = replace(made.profile, prior_year=_prior(record, year) if mode == "final" else None)
    return score(made.submission, profile, mode)


def _prior(record: Callable[[int], Record | None], year: int) -> PriorQuality | None:
    """Last year's quality of the same subject: achievement points do not depend on the year before it."""
    if year - 1 not in YEARS or not RULES[year].quality.improvement:
        return None
    made = record(year - 1)
    picked = None if made is None else score(made.submission, made.profile, "final").result.quality.picked
    if picked is None:
        return None
    return PriorQuality(
        quality_achievement_points=picked.total_decile_score.value,
        quality_denominator=Decimal(picked.denominator.value),
    )


def _pi_participants(entity: Organization, year: int, mode: Mode) -> Iterator[PiParticipant]:
    """Each whole practice with its group's PI; of others each clinician, best of group and own (M-APM-04)."""
    for practice, clinicians in participants(entity, year):
        group = group_score(practice.key, year, mode)
        if is_whole(entity, practice):
            yield PiParticipant(percent=_pi_percent(group), clinicians=max(1, len(clinicians)))
            continue
        for clinician in clinicians:
            own = individual_score(practice.key, clinician, year, mode)
            known = [found for found in (_pi_percent(group), _pi_percent(own)) if found is not None]
            yield PiParticipant(percent=max(known, default=None))


def _pi_percent(tree: ScoreTree | None) -> Decimal | None:
    if tree is None or not tree.result.pi.has_data:
        return None
    return number(tree.result.pi.percent)
