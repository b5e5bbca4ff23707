"""The simulated phone and mailbox (F-OUT-03): read when opened and on request, never by a timer."""

from textual import work
from textual.app import ComposeResult

from client.errors import PortalError
from client.messages.calls import OutboxMessage
from client.messages.screen import Action
from tui.announcement import Announcement, of_error
from tui.screens.view import CLOSE, View, fact, heading, text

SIMULATED = "This view belongs to the simulation. Real portals have no page that shows your messages."
CHANNELS = {"sms": "Text message", "ivr": "Phone call", "email": "E-mail"}
NO_MESSAGES = "No messages."
AUTHENTICATOR = "For an authenticator app use the secret shown under Demo accounts or by qportal personas."
NEWEST = 20


class OutboxView(View[None]):
    """Read what the portal would have sent."""

    reads_first = True
    title_text = "Simulated phone and mailbox"

    def __init__(self) -> None:
        super().__init__(name="outbox")
        self._messages: list[OutboxMessage] | None = None

    def compose_content(self) -> ComposeResult:
        """The messages, newest first."""
        yield text(SIMULATED)
        if self._messages is None:
            yield text("Reading the messages.")
        elif not self._messages:
            yield text(NO_MESSAGES)
            yield text(AUTHENTICATOR)
        for message in (self._messages or [])[:NEWEST]:
            yield from self._message(message)

    def _message(self, message: OutboxMessage) -> ComposeResult:
        channel = CHANNELS[message.channel]
        yield heading(f"{channel} to {message.to_masked}, {message.created_at:%Y-%m-%d %H:%M} ET")
        yield fact("Subject", message.subject)
        yield text(message.body)
        if message.code is not None:
            yield fact("Code", message.code + ("" if message.live else " (no longer valid)"))
            yield fact("Digits", " ".join(message.code))

    def buttons(self) -> list[Action]:
        """Read again, and back."""
        return [Action(id="refresh", label="Refresh", local=True), CLOSE]

    def opened(self) -> None:
        """Read once."""
        super().opened()
        self.read()

    def chosen(self, action: Action) -> None:
        """Read again."""
        self.read()

    @work(exclusive=True)
    async def read(self) -> None:
        """Read the messages of the User ID typed in this sign-in."""
        try:
            self._messages = await self.app.journey.outbox()
        except PortalError as error:
            self.app.announce(of_error(error))
            return
        with self.app.batch_update():
            self.set_focus(None)
            await self.column.recompose()
            self.focus_first()
        count = len(self._messages)
        self.app.announce(Announcement("done", f"{count} message{'' if count == 1 else 's'} read."))
