"""The commands of `qportal demo`, one module each, loaded when it is called.

A new command: a module here with a function `command`, annotated for cyclopts like the ones beside it, and
its row in COMMANDS.
"""

from typing import Final

COMMANDS: Final = {
    "list": "List the demo scripts that come with the program.",
    "lint": "Find what is wrong with scripts, without running them.",
    "show": "Print a script as a numbered outline in words.",
    "record": "Perform a script and write text, pictures, casts, a walkthrough and a journal.",
    "play": "Play a script in the real interface, at a person's pace or headless.",
    "check": "Perform scripts without waiting and say whether every expectation holds.",
    "capture": "Walk through the portal as ever and get the walk as a script.",
}
"""Name -> what it does; each is the function `command` of the module of that name."""
