"""A whole submission: decode, read every part, refuse with all problems or build the value."""

from collections.abc import Mapping, Sequence
from typing import Any

from mock_server.intake.qpp_json.forms import read_fields
from mock_server.intake.qpp_json.identity import read_identity
from mock_server.intake.qpp_json.json_text import Malformed, decode
from mock_server.intake.qpp_json.places import ROOT, Place, document_order
from mock_server.intake.qpp_json.problems import MOST_PROBLEMS, Problem, Problems, describe
from mock_server.intake.qpp_json.sets import PROGRAM, read_sets
from mock_server.reference.mips.years import mips_year
from mock_server.scoring.mips.submission import Submission


class InvalidSubmission(Exception):  # noqa: N818
    """The document breaks the format or its rules."""

    def __init__(self, problems: Sequence[Problem], *, what: str = "submission") -> None:
        self.problems = tuple(problems)
        """All of them, in the order of the document; at least one."""
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        super().__init__(f"The {what} is not valid: {count}.")


def read_submission(data: bytes, *, invented_only: bool = False) -> Submission:
    """Read one submission object (UTF-8 JSON). Raises `InvalidSubmission` with all problems found.

    `invented_only` refuses identifiers that may be real (API-VAL-11).
    """
    tree = decoded(data)
    problems: Problems = []
    submission = submission_of(tree, ROOT, problems, invented_only=invented_only)
    if submission is None:
        raise InvalidSubmission(in_order(tree, problems))
    return submission


def decoded(data: bytes) -> object:
    """The tree of a document; `InvalidSubmission` with one problem where there is none (FF-JSON-5)."""
    try:
        return decode(data)
    except Malformed as malformed:
        raise InvalidSubmission([Problem("FF-JSON-5", ROOT, str(malformed), "one JSON object")]) from None


def in_order(tree: object, problems: Problems) -> list[Problem]:
    """The problems as the document mentions them; where reading stopped, the last one says so."""
    if len(problems) >= MOST_PROBLEMS:
        found = f"at least {MOST_PROBLEMS} problems, where reading stopped"
        problems = [*problems, Problem("API-VAL-1", ROOT, found, "none")]
    return sorted(problems, key=lambda problem: document_order(tree, problem.place))


def submission_of(
    tree: object, place: Place, problems: Problems, *, invented_only: bool = False
) -> Submission | None:
    """The submission in an object of a document; `None` after recording at least one problem."""
    before = len(problems)
    if not isinstance(tree, dict):
        problems.append(Problem("API-VAL-1", place, describe(tree), "an object, the submission"))
        return None
    members: Mapping[str, Any] = tree
    good = read_identity(members, place, problems, invented_only=invented_only)
    program = read_fields(members, (PROGRAM,), place, problems).get(PROGRAM.argument)
    reference = mips_year(good["performance_year"]) if "performance_year" in good else None
    sets = read_sets(
        members.get("measurementSets"), reference, program, place.at("measurementSets"), problems
    )
    return Submission(**good, measurement_sets=sets) if len(problems) == before else None
