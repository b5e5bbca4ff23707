"""The demo accounts: invented people, their password and authenticator secret (portal-flow 4.1)."""

from textual import work
from textual.app import ComposeResult

from client.errors import PortalError
from client.messages.calls import Personas
from tui.announcement import of_error
from tui.screens.view import View, fact, heading, text

PUBLISHED = "All people and practices are invented. These values are published; they protect nothing."


class PersonasView(View[None]):
    """Choose whose eyes to see the portal with."""

    reads_first = True
    title_text = "Demo accounts"

    def __init__(self) -> None:
        super().__init__(name="personas")
        self._accounts: Personas | None = None

    def compose_content(self) -> ComposeResult:
        """What all accounts share, then one block for each."""
        yield text(PUBLISHED)
        accounts = self._accounts
        if accounts is None:
            yield text("Reading the accounts.")
            return
        yield fact("Password of all", accounts.password)
        yield fact("Authenticator secret", accounts.authenticator_secret)
        for persona in accounts.personas:
            yield heading(persona.user_id)
            yield fact("Name", persona.name)
            yield fact("Roles", "; ".join(persona.roles) or "none")
            yield fact("Devices", ", ".join(persona.devices) or "none")
            yield fact("Shows", persona.purpose)

    def opened(self) -> None:
        """Read once."""
        super().opened()
        self.read()

    @work(exclusive=True)
    async def read(self) -> None:
        """Read the accounts."""
        try:
            self._accounts = await self.app.journey.personas()
        except PortalError as error:
            self.app.announce(of_error(error))
            return
        with self.app.batch_update():
            self.set_focus(None)
            await self.column.recompose()
            self.focus_first()
