"""S-LAND: the first page, a menu of where to go."""

from tui.screens.form import FormScreen


class LandScreen(FormScreen):
    """Choose what to do; a first visitor finds the demo accounts here."""

    menu_actions = True
