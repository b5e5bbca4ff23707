"""Reading the steps of a script (11.2, 11.3), each by itself."""

from collections.abc import Iterable
from typing import Final, Literal

from tui.demo.arguments import argument
from tui.demo.expectations import code, expectation, unknown_name
from tui.demo.nodes import Node
from tui.demo.script import Argument, FrontEnd, Place, Step
from tui.demo.values import boolean, duration, literal, name, text
from tui.demo.verbs import MODIFIERS, VERBS, Group, Verb
from tui.demo.vocabulary import VOCABULARY
from tui.demo.words import nearest

LONG_WAIT: Final = 30_000
_ENOUGH: Final = ("say", "expect", "screenshot", "section", "wait")
"""A step without a verb needs one of these."""


def steps(document: Node) -> tuple[Step, ...]:
    """Every step; D105 where there is none."""
    node = document.get("step")
    if node is None or node.value == []:
        document.log.add("D105", Place(1, 1), "a step begins with a line [[step]]")
        return ()
    if not isinstance(node.value, list) or not all(isinstance(item, dict) for item in node.value):
        node.say("D203", "write [[step]] in double brackets", key="step", type="[[step]]", got="[step]")
        return ()
    found = tuple(_step(item, number) for number, item in enumerate(node.children(), 1))
    _unique(node.children(), "id")
    _unique(node.children(), "screenshot")
    return found


def _step(node: Node, number: int) -> Step:
    verbs = [item for item in node.children() if item.name in VERBS]
    for item in node.children():
        if item.name not in VERBS and item.name not in MODIFIERS:
            item.say_of_key("D204", *_meant(item.name), key=item.name)
    if len(verbs) > 1:
        verbs[1].say_of_key("D205", "make two steps of it", a=verbs[0].name, b=verbs[1].name)
    if not verbs and not any(node.get(key) for key in _ENOUGH) and _only_known(node):
        node.say_of_key("D206", f"give it a verb, or one of {', '.join(_ENOUGH)}")
    verb = verbs[0] if verbs else None
    error = node.get("expect-error")
    step = Step(
        number=number,
        place=verb.key_place if verb else node.key_place,
        verb=verb.name if verb else None,
        argument=_argument(verb, VERBS[verb.name]) if verb else None,
        section=node.option("section", text(longest=60), None),
        say=node.option("say", text(longest=500), None),
        expect=expectation(node.get("expect")),
        expect_error=code(error, errors=True) if error else None,
        screenshot=node.option("screenshot", name, None),
        wait=node.option("wait", duration(), 0),
        pause=node.option("pause", boolean, None),
        typing=node.option("typing", duration(), None),
        hide=node.option("hide", boolean, False),
        only=node.option("only", literal(FrontEnd), None),
        id=node.option("id", name, None),
        answer=node.option("answer", literal(Literal["yes", "no"]), "yes"),
    )
    _check(node, step)
    return step


def _argument(node: Node, verb: Verb) -> Argument | None:
    wanted = verb.actions.get("*")
    if wanted is not None and wanted not in VOCABULARY.actions:
        unknown_name(node.say_of_key, wanted, VOCABULARY.actions)
    return argument(node, verb)


def _check(node: Node, step: Step) -> None:
    """What concerns two keys of a step at once."""
    wait = node.get("wait")
    if wait and step.wait >= LONG_WAIT:
        wait.say("D217", "pause = true waits for a key instead", wait=wait.value)
    if step.verb == "press" and step.only != "full-screen":
        verb = node.get("press") or node
        verb.say_of_key("D212", 'add only = "full-screen" or use a verb')


def _only_known(node: Node) -> bool:
    return all(item.name in MODIFIERS for item in node.children())


def _meant(word: str) -> tuple[str, ...]:
    """The nearest verb or modifier; without one all of them, by group."""
    meant = nearest(word, (*VERBS, *MODIFIERS))
    if meant is not None:
        return (f'did you mean "{meant}"?',)
    groups = (
        f"to {group.value}: {', '.join(verb.name for verb in VERBS.values() if verb.group is group)}"
        for group in Group
        if group is not Group.GENERAL
    )
    anywhere = ", ".join(verb.name for verb in VERBS.values() if verb.group is Group.GENERAL)
    return (*groups, f"anywhere: {anywhere}", f"beside a verb: {', '.join(MODIFIERS)}")


def _unique(nodes: Iterable[Node], key: str) -> None:
    """D211: ids and names of pictures stand for one step each."""
    first: dict[object, Node] = {}
    for step in nodes:
        item = step.get(key)
        if item is not None and isinstance(item.value, str):
            before = first.setdefault(item.value, item)
            if before.path != item.path:
                item.say("D211", f"every {key} is given once", name=f'"{item.value}"', n=before.place.line)
