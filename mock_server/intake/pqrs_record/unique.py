"""Things that a record names once (P-DM-37)."""

from collections.abc import Iterator, Sequence

from mock_server.intake.pqrs_record.findings import Finding, printable
from mock_server.intake.pqrs_record.shape import Node


def repeated(nodes: Sequence[Node], *keys: str) -> Iterator[Finding]:
    """A fault for every later node with the same values of `keys`, at the first of the keys."""
    first: dict[tuple[object, ...], str] = {}
    for node in nodes:
        values = node.these(*keys)
        if values is None:
            continue
        earlier = first.setdefault(values, node.path)
        if earlier != node.path:
            shown = ", ".join(printable(str(value)) for value in values)
            yield Finding(
                "P-DM-37", node.at(keys[0]), f"found {shown} again (first: {earlier}); allowed: once"
            )
