"""Why a measure or a category has its score: every step of its nodes with formula, inputs and rules.

A name may stand at several nodes (a category, its own score, its sets; a measure in two sets): all of them
are told, from the top down.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from client.messages.report import Explanation, Input
from mock_server.reports.mips.inputs import shown
from mock_server.reports.mips.words import NAMES, source_of
from mock_server.scoring.computed import Computed
from mock_server.scoring.mips.result import ScoreTree
from mock_server.scoring.mips.tree import Node
from mock_server.scoring_commands.refusals import NotScored

_NOTHING_TO_SAY: Final = "No bonus"


def explanations(tree: ScoreTree, name: str) -> list[Explanation]:
    """One for each step; raises `NotScored` where the score has nothing of that name."""
    code = tree.result.case.rules.pi_code
    wanted = code if name.casefold() in ("aci", "pi") else name.casefold()
    placed = list(_placed(tree.root))
    found = [(where, node) for where, node in placed if node.name.casefold() == wanted and node.figures]
    if not found:
        names = dict.fromkeys(node.name for _, node in placed if node.figures)
        raise NotScored("NothingToExplain", f"This score has no {name}; it has {', '.join(names)}.")
    year = tree.result.case.rules.year
    return [one for where, node in found for one in _of_node(where, node, year)]


def _placed(root: Node) -> Iterator[tuple[str, Node]]:
    """Every node with its place in words; advice has no score to explain."""
    yield "Total", root
    for part in root.parts:
        if not part.name.startswith("feedback-"):
            place = NAMES.get(part.name, part.name.capitalize())
            yield place, part
            yield from _below(part, place)


def _below(node: Node, place: str) -> Iterator[tuple[str, Node]]:
    if node.original is not None:
        yield f"{place} before its weight", node.original
        for scored in node.original.parts:
            yield f"{place}, {scored.detail}", scored
            yield from _below(scored, f"{place}, {scored.detail}")
    for part in node.parts:
        yield f"{place}, {part.name}", part
        yield from _below(part, f"{place}, {part.name}")


def _of_node(where: str, node: Node, year: int) -> Iterator[Explanation]:
    said = list(_said(node))
    for number, figure in enumerate(node.figures):
        yield _of_step(where, node, figure, said if number == 0 else [], year)


def _said(node: Node) -> Iterator[str]:
    """Title and messages of the node in sentences, without what its place says already."""
    told = [node.title] if not node.parts and node.original is None else []
    if not told and node.original is None and not node.title:
        told = [node.detail]
    messages = node.about.facts().get("messages")
    if isinstance(messages, Mapping):
        told += [str(text) for text in messages.values() if text != _NOTHING_TO_SAY]
    yield from (text if text.endswith(".") else f"{text}." for text in dict.fromkeys(told) if text)


def _of_step(where: str, node: Node, figure: Computed[Any], said: list[str], year: int) -> Explanation:
    step = figure.formula.removeprefix("mips.").replace("_", " ")
    value = shown(figure.value)
    return Explanation(
        section=where,
        table=node.name,
        row=node.name,
        column=step,
        title=f"{where}: {step} = {value}",
        value=value,
        sentences=said,
        formula=figure.text,
        inputs=[Input(name=name, value=shown(given)) for name, given in figure.inputs],
        rules=list(figure.rules),
        source=source_of(year),
    )
