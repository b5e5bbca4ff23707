"""Reading CSV files as a person would: without the apostrophe that guards against formulas (SR-OUT-01)."""

from mock_server.exports.csv_files import guarded


def unguarded(field: str) -> str:
    """The text that `guarded` was given."""
    text = field.removeprefix("'")
    return text if guarded(text) == field else field
