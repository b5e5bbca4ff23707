"""What may stay readable in the terminal after signing out (SSH-SEC-03, SSH-SEC-04)."""

from typing import Final

IN_HISTORY: Final = (
    "Report text may still be in your terminal's history. Clear it if others use this computer."
)
"""Said after a sign-out: always in plain text, which scrolls away; in the full screen where tmux keeps it."""
