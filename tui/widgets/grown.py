"""Said by a focused widget that got another size, so that its screen can bring it into view again."""

from textual.message import Message


class Grown(Message):
    """The focused widget has another size."""
