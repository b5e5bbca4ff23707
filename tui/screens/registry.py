"""Which class draws which state; a state that is not listed is drawn by the generic form.

Classes are named, not imported: the first frame waits for none of them (`preload` fetches them behind it).
"""

from importlib import import_module
from typing import TYPE_CHECKING

from client.messages.screen import Screen

if TYPE_CHECKING:
    from tui.screens.portal import PortalScreen

SCREENS = {
    "S-LAND": "land:LandScreen",
    "S-TERMS": "terms:TermsScreen",
    "S-CODE": "security_code:SecurityCodeScreen",
    "S-REAUTH": "lock:LockScreen",
    "S-HOME": "home:HomeScreen",
    "S-ORGPICK": "tin_picker:TinPickerScreen",
    "S-ATTEST": "attestation:AttestationScreen",
    "S-RUN": "run:RunScreen",
    "S-BUSY": "busy:BusyScreen",
    "S-REPORT": "report:ReportScreen",
}
"""State -> module of this package and class in it."""

GENERIC = "form:FormScreen"


def screen_class(state: str) -> "type[PortalScreen]":
    """The class for a state."""
    module, _, name = SCREENS.get(state, GENERIC).partition(":")
    found: type[PortalScreen] = getattr(import_module(f"tui.screens.{module}"), name)
    return found


def screen_for(page: Screen) -> "PortalScreen":
    """A new screen for a page."""
    return screen_class(page.state)(page)


def preload() -> None:
    """Import every screen; run on a thread while the server starts."""
    for state in (*SCREENS, ""):
        screen_class(state)
