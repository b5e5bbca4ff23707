"""The scoring record of `qportal score`: a submission with what else decides its score.

    {"submission": {...}, "profile": {...}, "mode": "preliminary" | "final", "benchmarks": [...],
     "performanceRate": {measureId: percent}, "clinicalClusters": "none"}

A bare submission is a record without the other keys. The year and the entity type come from the submission
and the mode from the record; a profile may repeat them, but not contradict them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from mock_server.intake.qpp_json.forms import BAD, Field, Scalar, one_of
from mock_server.intake.qpp_json.nested import read_own
from mock_server.intake.qpp_json.overrides import read_overrides
from mock_server.intake.qpp_json.places import ROOT, Place
from mock_server.intake.qpp_json.problems import NOTHING, Problem, Problems, describe
from mock_server.intake.qpp_json.profile import RULE, read_profile
from mock_server.intake.qpp_json.reading import InvalidSubmission, decoded, in_order, submission_of
from mock_server.reference.mips.years import mips_year
from mock_server.scoring.mips.profile import Mode, Overrides, Profile
from mock_server.scoring.mips.submission import Submission

SUBMISSION: Final = "submission"

_ANYTHING: Final = Scalar(RULE, "a value", lambda value: value)
_OBJECT: Final = Scalar(RULE, "an object", lambda value: value if isinstance(value, dict) else BAD)
_FIELDS: Final = (
    Field(SUBMISSION, _ANYTHING),
    Field("profile", _OBJECT, default={}),
    Field("mode", one_of(RULE, "preliminary", "final")),
    Field("benchmarks", _ANYTHING),
    Field("performanceRate", _ANYTHING),
    Field("clinicalClusters", one_of(RULE, "none")),
)
_REPEATED: Final = ("performanceYear", "entityType", "mode")
"""Keys of a profile that say again what stands elsewhere."""
_NOTHING_KNOWN: Final = Profile()
_NO_OVERRIDES: Final = Overrides()


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What the engine scores."""

    submission: Submission
    profile: Profile = _NOTHING_KNOWN
    mode: Mode = "preliminary"
    overrides: Overrides = _NO_OVERRIDES


def read_record(data: bytes, *, year: int | None = None) -> Record:
    """Read a scoring record or a bare submission. Raises `InvalidSubmission` with all problems found.

    `year` takes the place of the submission's performance year before anything is checked.
    """
    tree = decoded(data)
    problems: Problems = []
    if isinstance(tree, dict) and SUBMISSION in tree:
        record = _record_of(tree, year, problems)
        what = "scoring record"
    else:
        record = _bare(tree, year, problems)
        what = "submission"
    if record is None:
        raise InvalidSubmission(in_order(tree, problems), what=what)
    return record


def _bare(tree: object, year: int | None, problems: Problems) -> Record | None:
    submission = submission_of(_of_year(tree, year), ROOT, problems)
    return None if submission is None else Record(submission=submission)


def _record_of(tree: Mapping[str, Any], year: int | None, problems: Problems) -> Record | None:
    members = read_own(tree, RULE, _FIELDS, ROOT, problems)
    place = ROOT.at(SUBMISSION)
    if members[SUBMISSION] is None:
        problems.append(Problem("API-VAL-1", place, NOTHING, "an object, the submission"))
        submission = None
    else:
        submission = submission_of(_of_year(members[SUBMISSION], year), place, problems)
    told = dict(members.get("profile", {}))
    repeated = {name: told.pop(name) for name in _REPEATED if told.get(name) is not None}
    profile = read_profile(told, ROOT.at("profile"), problems)
    reference = None if submission is None else mips_year(submission.performance_year)
    overrides = read_overrides(tree, reference, ROOT, problems)
    if submission is not None:
        stated = {"performanceYear": submission.performance_year, "entityType": submission.entity_type}
        mode = members.get("mode") or repeated.get("mode", "preliminary")
        _check_repeated(repeated, {**stated, "mode": mode}, problems)
    if problems or submission is None or profile is None:
        return None
    return Record(submission=submission, profile=profile, mode=mode, overrides=overrides)


def _of_year(tree: object, year: int | None) -> object:
    return {**tree, "performanceYear": year} if year is not None and isinstance(tree, dict) else tree


def _check_repeated(repeated: Mapping[str, Any], stated: Mapping[str, Any], problems: Problems) -> None:
    for name, value in repeated.items():
        if value != stated[name]:
            place = Place(ROOT.at("profile"), name)
            problems.append(Problem(RULE, place, describe(value), f"what is scored: {stated[name]}"))
