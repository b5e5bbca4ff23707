"""MIPS submissions: read with the options of the run put in, and scored."""

from dataclasses import replace
from typing import Any, Final

from client.messages.score import SPECIAL_STATUSES
from mock_server.intake.qpp_json import InvalidSubmission, Record, read_record
from mock_server.intake.qpp_json.forms import snake
from mock_server.scoring.mips.engine import case_of, evaluate, score
from mock_server.scoring.mips.profile import Circumstances, Profile
from mock_server.scoring.mips.result import Result, ScoreTree
from mock_server.scoring_commands.options import Options
from mock_server.scoring_commands.refusals import MIB, of_submission, too_large

LARGEST_SUBMISSION: Final = 10 * MIB
"""API-GEN-14."""


def record_of(data: bytes, options: Options) -> Record:
    """The record in a document, as the options want it scored. Raises `NotScored` with every problem."""
    if len(data) > LARGEST_SUBMISSION:
        raise too_large(LARGEST_SUBMISSION)
    try:
        record = read_record(data, year=options.year)
    except InvalidSubmission as invalid:
        raise of_submission(invalid) from None
    profile = with_statuses(record.profile, options.special_statuses)
    return replace(record, profile=profile, mode=options.mode or record.mode)


def with_statuses(profile: Profile, statuses: tuple[str, ...]) -> Profile:
    """The profile with the flags of special statuses set."""
    flags: dict[str, Any] = {}
    covered: dict[str, bool] = {}
    for key in (key for status in statuses for key in SPECIAL_STATUSES[status]):
        group, _, name = key.rpartition(".")
        if group:
            covered[name] = True
        else:
            flags[snake(name)] = True
    if covered:
        flags["euc"] = Circumstances(**covered)
    return replace(profile, **flags) if flags else profile


def result_of(record: Record) -> Result:
    """The score without its tree: all that one line needs."""
    return evaluate(case_of(record.submission, record.profile, record.mode, record.overrides))


def tree_of(record: Record) -> ScoreTree:
    """The score with its tree."""
    return score(record.submission, record.profile, record.mode, record.overrides)
