"""`qportal config`: preferences without login, full screen or a known terminal (A11Y-MODE-05)."""

from client.settings import PREFERENCES, config_file, preference, save
from tui.commands.preferences import preferences


def list_all() -> None:
    """Print every preference: value, where it comes from, accepted values."""
    asked = preferences()
    for item in PREFERENCES:
        value = item.text(getattr(asked.settings, item.key))
        print(f"{item.key} = {value} ({asked.source(item.key)}; {item.meaning}; {item.accepted})")  # noqa: T201


def get(key: str) -> None:
    """Print the value in force."""
    item = preference(key)
    print(item.text(getattr(preferences().settings, item.key)))  # noqa: T201


def set_one(key: str, value: str) -> None:
    """Save a preference."""
    item = preference(key)
    saved = save(config_file(), item.key, value)
    print(f"Saved: {item.key} is {item.text(saved)}.")  # noqa: T201
