"""QPP JSON (submissions-api 2, 3 and 9.2): bytes to a submission, or every problem with rule and JSON path.

    read_submission(data)   # a scoring Submission; InvalidSubmission holds all problems
    read_record(data)       # a scoring record, or a bare submission as one

One pass over the decoded document applies the field tables of `identity`, `sets`, `values` and `counts`.
A rule whose inputs already failed stays silent, so that no problem is the echo of another.
"""

from mock_server.intake.qpp_json.problems import Problem
from mock_server.intake.qpp_json.reading import InvalidSubmission, read_submission
from mock_server.intake.qpp_json.record import Record, read_record

__all__ = ["InvalidSubmission", "Problem", "Record", "read_record", "read_submission"]
