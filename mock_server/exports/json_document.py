"""A report as JSON: the Report document itself (client/messages/report.py), for programs.

Values are typed and nothing is said twice: whoever wants the screen's text formats the cell by P-FMT-1 to
P-FMT-8. The file is plain ASCII, so that no byte of a hostile name can steer a terminal that prints it.
"""

import json

import msgspec

from client.messages.report import Report


def json_document(report: Report) -> bytes:
    """The document on one line; decoding it as `Report` gives an equal report."""
    text = json.dumps(msgspec.to_builtins(report), ensure_ascii=True, separators=(",", ":"))
    # The only control character that JSON leaves as it is.
    return text.replace("\x7f", "\\u007f").encode("ascii") + b"\n"
