"""S-HOME: what the account can do, as a menu."""

from tui.screens.form import FormScreen


class HomeScreen(FormScreen):
    """Choose a part of the portal."""

    menu_actions = True
