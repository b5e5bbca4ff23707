"""What `qportal score` says in plain text: one line for each of many, explanations, refusals."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from client.messages.report import Explanation
from client.messages.score import CategoryResult, Refusal, ScoreResult
from client.safe_text import single_line
from tui.text_table import wrap

SHOWN_FAULTS: Final = 50
"""Problems of one file that are printed; the others are counted."""

_NAMES: Final = {"quality": "quality", "pi": "PI", "aci": "ACI", "ia": "IA", "cost": "cost"}
_ENTITIES: Final = {"virtualGroup": "virtual group", "apm": "APM entity"}
_CENT: Final = Decimal("0.01")
_REMEDIES: Final = {
    "InvalidRecord": "correct the record at the paths named above and run the command again.",
    "InvalidSubmission": "correct the file at the paths named above and run the command again.",
    "FileNotRead": "check the path, and that you may read the file.",
    "FileTooLarge": "split the file into one file per practice.",
    "FolderEmpty": "name the files, or a folder that holds them.",
    "FormatNotBuilt": "score a QPP JSON submission, a scoring record or a PQRS practice record.",
    "ParticipationNotBuilt": "score a record whose participation is individual.",
    "OptionNotKnown": "leave the option out for this file.",
    "OneAtATime": "run the command for one submission.",
    "NothingToExplain": "name a measure or a category of this score.",
    "Internal": "report this together with the file.",
}


def result_text(source: str, result: ScoreResult) -> str:
    """The line about one submission of many."""
    entity = _ENTITIES.get(result.entity_type, result.entity_type)
    who = f"{result.performance_year} {entity} {result.entity}"
    shown = [_category(one) for one in result.categories if one.weight or one.has_data]
    line = f"{source}: {who}, {_total(result)}; {', '.join(shown)}"
    return f"{single_line(line)}\n"


def _total(result: ScoreResult) -> str:
    if result.final_score is None:
        return f"preliminary {cents(result.total)} of {result.maximum}"
    if result.payment is None:
        return f"final {result.final_score}, no payment adjustment"
    return f"final {result.final_score}, payment {result.payment:+}%"


def _category(one: CategoryResult) -> str:
    return f"{_NAMES[one.name]} {cents(one.contribution)} of {one.weight}"


def cents(value: Decimal) -> Decimal:
    """Two decimals, half up (M-GEN-01)."""
    return value.quantize(_CENT, ROUND_HALF_UP)


def not_scored_text(source: str, refusal: Refusal) -> str:
    """The line about one of many that has no score; the reasons stand on standard error."""
    return f"{single_line(f'{source}: not scored. {refusal.message}')}\n"


def refusal_text(source: str, refusal: Refusal) -> str:
    """`Error:` with the file, one line per problem with rule and path, then `Fix:`."""
    faults = [f"{one.rule} at {one.path}: {one.message}" for one in refusal.details[:SHOWN_FAULTS]]
    more = len(refusal.details) - len(faults)
    lines = [
        f"Error: {source}: {refusal.message}",
        *faults,
        *([f"and {more} more"] if more else []),
        f"Fix: {_REMEDIES.get(refusal.type, 'try another file.')}",
    ]
    return "".join(f"{single_line(line)}\n" for line in lines)


def explanations_text(told: list[Explanation], width: int) -> str:
    """Every step under the figure it belongs to, in lines of at most `width` cells."""
    return "".join(f"{line}\n" for line in _explained(told, max(width, 20)))


def _explained(told: list[Explanation], width: int) -> Iterator[str]:
    section = ""
    for one in told:
        if one.section != section:
            yield from [""] if section else []
            section = one.section
            heading = wrap(single_line(section), width)
            yield from (*heading, "=" * max(map(len, heading)))
            for sentence in one.sentences:
                yield from wrap(single_line(sentence), width)
        yield ""
        for text in _step(one):
            yield from wrap(single_line(text), width)


def _step(one: Explanation) -> Iterator[str]:
    yield f"{one.column[:1].upper()}{one.column[1:]}: {one.value}"
    yield f"Formula: {one.formula}"
    if one.inputs:
        yield f"With: {'; '.join(f'{given.name} = {given.value}' for given in one.inputs)}"
    yield f"Rules: {', '.join(one.rules)}"
