"""How a person can repair each refusal: E-code to repair, for both front ends (A11Y-ERR-01, A11Y-ERR-02).

Texts start in lower case and have no full stop: plain mode puts them behind `Fix:`, the full screen makes a
sentence of them. A row for one field of a code wins over the row of the code.
"""

from typing import Final

from client.messages.screen import Problem

_START_AGAIN: Final = "sign in again; what you typed on the other pages is offered again"
_HELP_DESK: Final = "see Help desk contacts for whom to call"

FIXES: Final = {
    "E-FLOW-01": "go on from the page that is shown now",
    "E-FLOW-02": "choose one of the listed actions",
    "E-FLOW-03": "choose Login on the first page and go through the steps again",
    "E-VAL-01": "enter a value",
    "E-VAL-02": "shorten what you entered",
    "E-VAL-03": "enter it in the form that is described",
    "E-VAL-04": "choose one of the listed values",
    "E-TERMS-01": "read the terms and choose I Accept",
    "E-AUTH-01": "check the User ID, then enter the password again; it was not kept",
    "E-AUTH-02": "wait the seconds that are named, then enter the password again",
    "E-AUTH-03": _HELP_DESK,
    "E-AUTH-05": "wait the seconds that are named, then try again",
    "E-MFA-04": "enter the newest code you received; spaces and hyphens make no difference",
    "E-MFA-05": "choose Send again, then enter the new code",
    "E-MFA-06": "choose Login on the first page and ask for a new code",
    "E-MFA-07": "wait the seconds that are named, then choose Send again",
    "E-MFA-08": "cancel and sign in again later",
    "E-REC-01": "check every answer; the portal does not say which one is wrong",
    "E-REC-02": "wait the minutes that are named, or call the help desk",
    "E-PW-01": "choose a password with 12 to 128 characters",
    "E-PW-02": "leave control characters out",
    "E-PW-03": "choose words that have nothing to do with you or this portal",
    "E-PW-04": "choose a longer or less common password, for example several unrelated words",
    "E-PW-05": "choose a password you have not used here before",
    "E-PW-07": "enter the same new password twice",
    "E-PW-08": "enter the password you signed in with",
    "E-REG-01": "choose another User ID",
    "E-REG-02": _HELP_DESK,
    "E-REG-03": "choose three questions and give each its own answer",
    "E-DEV-02": "enter a number such as 202-555-0123",
    "E-DEV-03": "remove a device you no longer use first",
    "E-DEV-04": "register another device first",
    "E-ROLE-01": "ask your Security Official for a role",
    "E-ROLE-02": "request the approver role that is named first",
    "E-ROLE-03": "choose a role that fits the size of the practice",
    "E-ROLE-04": "wait for the decision, or use the role you have",
    "E-ROLE-05": "check the name, the TIN such as 12-3456789 and the provider numbers",
    "E-ROLE-06": "ask another approver",
    "E-ROLE-07": "choose a request that is still pending",
    "E-ROLE-08": "name another approver first",
    "E-ORG-01": "choose a row of the list",
    "E-ORG-02": "choose one row only",
    "E-ORG-03": "choose an organization from your list",
    "E-ORG-06": "choose a page that the list has",
    "E-ORG-07": "choose one of the listed organization types",
    "E-RPT-02": "choose a report that is available now, or another year",
    "E-RPT-03": "choose another year, report or organization",
    "E-RPT-04": "choose another report, or ask someone with the right role",
    "E-RPT-05": "choose one of the listed actions for this report",
    "E-RPT-06": "choose another report",
    "E-ATT-01": "choose one of the listed purposes",
    "E-ATT-02": "go back if one of the two purposes applies, else call the help desk",
    "E-ATT-03": "choose the purpose and confirm it again",
    "E-RUN-01": "run the document again; if it fails again, name the reference to the help desk",
    "E-RUN-02": "run the document again",
    "E-RUN-03": "wait until it is finished, or cancel it",
    "E-RUN-04": "run the document again",
    "E-NET-01": "check the connection and try again, or quit",
    "E-TERM-01": "start again with --plain",
    "E-FILE-01": "choose another folder or name",
    "E-FILE-02": "overwrite it, choose another name, or cancel",
    "E-AUTHZ-01": "ask someone with the right role, or choose another organization",
    "E-AUTHZ-02": "go back and choose from what is listed",
    "E-SESS-01": _START_AGAIN,
    "E-SESS-02": _START_AGAIN,
    "E-SUB-01": "choose a year whose submission period is open",
    "E-SUB-02": "come back after that date",
    "E-ELEC-01": "choose Election, then come back",
    "E-ELEC-02": "go on with the election that was made",
    "E-ELEC-03": "confirm that the election is final, or cancel",
    "E-ELEC-04": "go on without an election",
    "E-UP-01": "choose a QRDA III or QPP JSON file",
    "E-UP-02": "split the file",
    "E-UP-03": "download the error report, correct the file and upload it again",
    "E-UP-04": "check the TIN such as 12-3456789 and the NPI in the file",
    "E-UP-05": "correct the code in the file, or report at the level it names",
    "E-UP-06": "remove the NPI from the file if it does not belong there",
    "E-PI-01": "enter dates such as 2019-01-01 and 2019-03-31",
    "E-PI-02": "check the 15 characters of the certification ID",
    "E-PI-03": "answer both attestations",
    "E-PI-04": "enter whole numbers, the numerator at most as large as the denominator",
    "E-IA-01": "enter dates such as 2019-01-01 and 2019-03-31",
    "E-VER-01": "check the digits",
    "E-NPIR-01": "ask for the group's own report",
    "E-IR-01": "come back while reviews can be requested",
    "E-IR-02": "fill in the fields that are still empty",
    "E-IR-03": "make a new request if you need one",
    "E-IR-04": "change or cancel the open request",
}
"""Every code of portal-flow section 6."""

FIELD_FIXES: Final = {
    ("E-VAL-03", "user_id"): "type at least 6 characters",
    ("E-VAL-03", "code"): "type the digits of the code, for example 123 456",
    ("E-VAL-01", "password"): "type your password",
    ("E-VAL-01", "mfa_type"): "choose the device type you registered",
}
"""Repairs that can be more exact because the field is known."""

ANY: Final = "try again, or see Help desk contacts"
"""For a code that this client does not know."""


def fix_for(problem: Problem) -> str:
    """The repair for a refusal; never empty."""
    if problem.field is not None and (problem.code, problem.field) in FIELD_FIXES:
        return FIELD_FIXES[problem.code, problem.field]
    return FIXES.get(problem.code, ANY)
