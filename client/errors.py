"""Everything that can go wrong between a front end and the portal, as one family of types.

A refused field is no error of this family: it is part of the Screen and is drawn under its field. What is
raised is what ends or blocks a call, and each class says it in the same three parts, so that every front end
has one function that shows them: a title, a sentence, and what the person can do next.

    PortalError
    |-- PortalUnreachable        no answer within the retry budget (E-NET-01)
    |-- UnsafeAddress            the address may not be used (SR-NET-04)
    |-- TlsUntrusted             the server's certificate was not accepted (SR-NET-03)
    |-- BadServerReply           an answer that is not the portal's (SR-NET-09, RF-22)
    |   `-- ResponseTooLarge     more than the client takes (SR-NET-08)
    |-- Refused                  a refusal without a Screen; `problem` says why
    |   `-- SessionEnded         the login or flow is over (E-SESS-01, E-SESS-02)
    |-- ActionInProgress         one action at a time
    |-- NotOnThisScreen          the present screen has no such thing
    |-- FileNotWritten           E-FILE-01
    |-- FileExists               E-FILE-02
    |-- DamagedDownload          a file whose checksum does not match
    |-- ServerNotStarted         the bundled server did not come up
    `-- SettingsError            a settings file, key or value that cannot be used
        |-- UnknownSetting
        `-- BadSettingValue
"""
# ruff: noqa: N818 - the names say what happened to the person; an `Error` suffix would say nothing more

from client.messages.calls import ErrorBody
from client.messages.screen import Problem


class PortalError(Exception):
    """Base of the family; `title`, `sentence` and `remedy` are safe to show as they are."""

    title = "Something went wrong"
    remedy = "Try again."
    code: str | None = None
    """The E-code of portal-flow section 6, or None."""

    def __init__(self, sentence: str, *, remedy: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        if remedy is not None:
            self.remedy = remedy

    @property
    def problem(self) -> Problem:
        """The same as a Screen would carry it."""
        return Problem(code=self.code or "", text=self.sentence)


class PortalUnreachable(PortalError):
    """No answer within the retry budget; nothing that was typed is lost (W-9, RF-09)."""

    title = "No connection"
    remedy = "Try again, or quit."
    code = "E-NET-01"

    def __init__(self) -> None:
        super().__init__("The portal cannot be reached. Your entries are kept.")


class UnsafeAddress(PortalError):
    """An address the client will not talk to: plain http is for loopback only (SR-NET-04)."""

    title = "Address not accepted"
    remedy = "Use an https address, or http on this computer."


class TlsUntrusted(PortalError):
    """The server's certificate was not accepted; there is no way around it (SR-NET-03)."""

    title = "Certificate not trusted"
    remedy = "Check the address, or name the authority's certificate with --ca-file."


class BadServerReply(PortalError):
    """An answer that does not follow the contract; the present screen stays usable (SR-NET-09, RF-22)."""

    title = "Unexpected answer"
    remedy = "Try again. If it stays, report the reference."

    def __init__(self, reason: str, *, request_id: str = "") -> None:
        reference = f" (reference {request_id})" if request_id else ""
        super().__init__(f"The server's answer could not be used: {reason}{reference}.")
        self.request_id = request_id


class ResponseTooLarge(BadServerReply):
    """More data, larger headers or a stronger compression than the client takes (SR-NET-08)."""


class Refused(PortalError):
    """A refusal that brought no Screen: reports, files, demo calls, or a failure inside the server."""

    title = "Not done"

    def __init__(self, status: int, body: ErrorBody, *, retry_after_s: int | None = None) -> None:
        super().__init__(body.message)
        self.status = status
        self.body = body
        self.code = body.code
        self.retry_after_s = retry_after_s

    @property
    def problem(self) -> Problem:
        """The server's own words, under its E-code or the security specification's name."""
        return Problem(code=self.body.code or self.body.type, text=self.body.message)


class SessionEnded(Refused):
    """The flow's token is not accepted any more: start anew and show `problem` on S-LAND (W-3)."""

    title = "Signed out"
    remedy = "Sign in again."


class ActionInProgress(PortalError):
    """A second action while one is under way; nothing was sent."""

    title = "Still working"
    remedy = "Wait for the answer."

    def __init__(self) -> None:
        super().__init__("The last action has not been answered yet.")


class NotOnThisScreen(PortalError):
    """The present screen has no report, picker or action of that name; nothing was sent."""

    title = "Not available here"
    remedy = "Choose one of the actions of this screen."


class FileNotWritten(PortalError):
    """A file could not be written (F-RUN-03)."""

    title = "File not written"
    remedy = "Choose another folder or name."
    code = "E-FILE-01"

    def __init__(self) -> None:
        super().__init__("The file cannot be written there.")


class FileExists(PortalError):
    """Nothing is overwritten unasked (F-RUN-03)."""

    title = "File exists"
    remedy = "Overwrite it, choose another name, or cancel."
    code = "E-FILE-02"

    def __init__(self) -> None:
        super().__init__("A file with this name exists.")


class DamagedDownload(PortalError):
    """What arrived is not what the portal announced (W-7)."""

    title = "Damaged download"
    remedy = "Run the document again."

    def __init__(self) -> None:
        super().__init__("The file did not arrive intact and was not kept.")


class ServerNotStarted(PortalError):
    """The bundled server did not come up, or would not stay up."""

    title = "The bundled server did not start"


class SettingsError(PortalError):
    """Settings that cannot be used; a usage error on the command line (exit 2)."""

    title = "Setting not accepted"
    remedy = "See `qportal config list`."


class UnknownSetting(SettingsError):
    """A key that table 4.1 of the accessibility rules does not have (A11Y-MODE-05)."""


class BadSettingValue(SettingsError):
    """A value that the key does not take (A11Y-MODE-05)."""
