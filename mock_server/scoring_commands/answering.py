"""What is printed about a document: in full where it is the only one, in one line where it is one of many.

An answer is one JSON object. Its key says what it is: `report`, `explanations`, `csv`, `result`, `error`;
with `--json` the score tree or the decision output itself. Of many, each also names its `source`.
"""

from typing import Any, Final

import msgspec

from client.messages.score import Refusal
from mock_server.intake.qpp_json import Record
from mock_server.scoring.mips.tree import plain
from mock_server.scoring_commands.csv_rows import figures_csv, heading_csv, line_csv
from mock_server.scoring_commands.explanations import explanations
from mock_server.scoring_commands.kinds import Kind, kind_of
from mock_server.scoring_commands.options import Options
from mock_server.scoring_commands.refusals import NotScored
from mock_server.scoring_commands.result_line import result_line
from mock_server.scoring_commands.score_report import score_report
from mock_server.scoring_commands.sources import Document
from mock_server.scoring_commands.submissions import record_of, result_of, tree_of
from mock_server.scoring_commands.what_if_report import computed, what_if_csv, what_if_report

Answer = dict[str, Any]
Answered = tuple[bytes, bool]
"""A line of JSON, and whether the document was scored."""

_encoder: Final = msgspec.json.Encoder(decimal_format="number")
"""Decimals are JSON numbers in score trees. Reports write theirs as text, which a report's reader takes."""
_report_encoder: Final = msgspec.json.Encoder()


def in_full(document: Document, options: Options) -> Answered:
    """The answer about the only document."""
    try:
        return _written(_told(document, options)), True
    except Exception as failure:
        return _written({"error": _refusal(failure)}), False


def in_one_line(document: Document, options: Options) -> Answered:
    """The answer about one of many; one that cannot be scored costs the others nothing."""
    try:
        return _written(_named(document, options, _summed_up(document, options))), True
    except Exception as failure:
        return _written(_named(document, options, {"error": _refusal(failure)})), False


def _named(document: Document, options: Options, outcome: Answer) -> Answer:
    """The outcome with its source; as CSV, a row in the place of the figures."""
    if options.form == "csv" and "result" in outcome:
        outcome = {"csv": line_csv(document.source, outcome["result"])}
    elif options.form == "csv" and "error" in outcome:
        outcome = {**outcome, "csv": line_csv(document.source, outcome["error"])}
    return {"source": document.source, **outcome}


def heading(options: Options) -> bytes:
    """What comes before the answers about many."""
    return _written({"csv": heading_csv()}) if options.form == "csv" else b""


def _refusal(failure: Exception) -> Refusal:
    """A program gets an answer whatever happens; of what broke inside it learns the kind alone."""
    if isinstance(failure, NotScored):
        return failure.refusal
    message = f"Scoring failed inside the program ({type(failure).__name__})."
    return Refusal(type="Internal", message=message)


def _written(answer: Answer) -> bytes:
    encoder = _report_encoder if "report" in answer else _encoder
    return encoder.encode(answer) + b"\n"


def _kind(document: Document) -> Kind:
    if document.refusal is not None:
        raise document.refusal
    kind = kind_of(document.data)
    if kind is Kind.XML:
        raise NotScored("FormatNotBuilt", "This is an XML file; QPP XML and QRDA III are not built yet.")
    return kind


def _pqrs(document: Document, options: Options) -> Answer:
    """Its engine and reports are loaded when there is a record: submissions start faster without them."""
    from mock_server.scoring_commands.pqrs import answer

    return answer(document.data, options)


def _told(document: Document, options: Options) -> Answer:
    if _kind(document) is Kind.PQRS:
        return _pqrs(document, options)
    record = record_of(document.data, options)
    if options.what_if:
        return _what_if(record, options)
    if options.form == "csv":
        return {"csv": figures_csv(result_of(record))}
    tree = tree_of(record)
    if options.explain is not None:
        return {"explanations": explanations(tree, options.explain)}
    return dict(plain(tree.root)) if options.form == "json" else {"report": score_report(tree)}


def _what_if(record: Record, options: Options) -> Answer:
    if options.form == "json":
        return {"whatIf": computed(record)}
    return {"csv": what_if_csv(record)} if options.form == "csv" else {"report": what_if_report(record)}


def _summed_up(document: Document, options: Options) -> Answer:
    if options.explain is not None or options.what_if:
        name = "--what-if" if options.what_if else "--explain"
        raise NotScored("OneAtATime", f"{name} is about one submission at a time.")
    if _kind(document) is Kind.PQRS:
        return _pqrs(document, options)
    record = record_of(document.data, options)
    if options.form == "json":
        return dict(plain(tree_of(record).root))
    return {"result": result_line(result_of(record))}
