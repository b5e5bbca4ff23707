"""Break text into lines by terminal cells."""

from textual.content import Content


def wrapped(text: str, width: int) -> list[str]:
    """Lines of at most `width` cells (at least 2), broken at spaces where there are any; never empty."""
    return [line.plain.rstrip() for line in Content(text).wrap(max(2, width))] or [""]
