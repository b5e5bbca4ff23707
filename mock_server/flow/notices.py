"""Notices of the flow: the table of portal-flow section 7."""

from typing import Literal

from client.messages.screen import Notice

Level = Literal["info", "success", "warning"]

NOTICES: dict[str, tuple[Level, str]] = {
    "N-SIM-01": (
        "info",
        "Unofficial simulation with invented data. Do not enter real credentials or patient data.",
    ),
    "N-LAND-01": (
        "info",
        "Accounts not used for {days} days or more are disabled. Call the help desk to use yours again.",
    ),
    "N-LAND-02": (
        "warning",
        "Reports are confidential and may show part of a Social Security Number as TIN. "
        "Share them only inside the practice and destroy copies safely.",
    ),
    "N-LAND-03": (
        "info",
        "Demo: choose Demo accounts for user IDs and the password. "
        "Codes arrive in Simulated phone and mailbox.",
    ),
    "N-TERMS-01": ("info", "You declined the terms. Nothing was stored."),
    "N-MFA-01": (
        "success",
        "Success. If {type} is registered for this account, a security code was sent. "
        "It is valid for {life}.",
    ),
    "N-MFA-02": ("info", "No code is sent for {type}. Enter the code you have."),
    "N-MFA-03": (
        "info",
        "No code yet? Only the device type you registered receives one. "
        "Send again, or change the device type.",
    ),
    "N-PW-01": ("warning", "Your password expires in {n} days."),
    "N-PW-02": (
        "success",
        "The password was changed; its length makes it {strength}. Other sign-ins were ended.",
    ),
    "N-ROLE-01": ("info", "Your request for {role} is pending since {date}."),
    "N-ORG-01": ("info", 'Nothing matches "{text}".'),
    "N-ORG-02": ("info", "{new} replaced {old}. Only one selection is allowed."),
    "N-RUN-02": (
        "warning",
        "Confidential. Share only with those in the practice who need it, and destroy copies safely.",
    ),
    "E-RUN-04": ("info", "The run was cancelled."),
    "E-ROLE-01": ("info", "Your account has no active role for this. Ask your Security Official."),
    "N-SESS-02": (
        "info",
        "You are back where you were. If a report needs an attestation, please confirm it again.",
    ),
    "N-SESS-04": ("info", "Your account had {n} sign-ins; the one idle longest was ended."),
    "N-SEC-01": ("warning", "{event} on {date} from this kind of client: {client}."),
    "N-OUT-01": ("success", "You are signed out."),
}


def notice(code: str, **values: object) -> Notice:
    """A Notice with its text filled in."""
    level, text = NOTICES[code]
    return Notice(code=code, level=level, text=text.format(**values))
