"""`qportal demo list`: the scripts that come with the program (DEMO-CLI-01)."""

from tui.demo import catalogue
from tui.demo.reading import load


def command() -> None:
    """List the demo scripts that come with the program."""
    for name in catalogue.NAMES:
        script = load(name)
        print(f"{name}: {script.title} ({len(script.steps)} steps)")  # noqa: T201
