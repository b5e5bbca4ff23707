"""PQRS practice records: the report, or with `--json` the whole decision output (pqrs-2011 1.6)."""

from typing import Any, Final

from client.messages.score import Located
from mock_server.intake.pqrs_record import InvalidRecord, read_practice, six_month_warnings
from mock_server.reports.pqrs_2011 import build_report
from mock_server.reports.pqrs_2011.decisions import decision_output
from mock_server.scoring.pqrs.engine import ParticipationNotBuilt, score_practice
from mock_server.scoring_commands.options import Options
from mock_server.scoring_commands.refusals import NotScored

_GROUP_OPTIONS: Final = {"gpro1": "GPRO I", "gpro2": "GPRO II"}


def answer(data: bytes, options: Options) -> dict[str, Any]:
    """What is printed about a record. Raises `NotScored`."""
    if options.for_submissions:
        names = ", ".join(options.for_submissions)
        raise NotScored("OptionNotKnown", f"This is a PQRS practice record; it has no {names}.")
    scored = decisions(data)
    return scored if options.form == "json" else {"report": scored["report"]}


def decisions(data: bytes) -> dict[str, Any]:
    """The decision output of a practice record. Raises `NotScored`."""
    try:
        practice = read_practice(data)
        result = score_practice(practice)
    except InvalidRecord as invalid:
        details = [Located(rule=f.rule, path=f.path, message=f.message) for f in invalid.faults]
        raise NotScored("InvalidRecord", str(invalid), details) from None
    except ParticipationNotBuilt as unknown:
        option = _GROUP_OPTIONS[unknown.participation]
        raise NotScored(
            "ParticipationNotBuilt",
            f"This record is of a {option} practice. Scoring of {option} is not built yet; "
            "records of individual participation can be scored.",
            [Located(rule="P-DM-1", path="$.participation", message=f"found {unknown.participation!r}")],
        ) from None
    return decision_output(result, build_report(result), six_month_warnings(practice))
