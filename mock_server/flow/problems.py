"""Errors of the flow: the table of portal-flow section 6 with the wire names of 6.1, and who carries them."""

from dataclasses import dataclass
from typing import Any

from client.messages.screen import Problem


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """One E-code: HTTP status, wire name of 6.1 (None: the code itself), text with named values."""

    http: int
    type: str | None
    text: str


PROBLEMS: dict[str, ProblemKind] = {
    "E-FLOW-01": ProblemKind(409, "state_conflict", "This page was out of date. Here is where you are now."),
    "E-FLOW-02": ProblemKind(409, "step_required", "That choice is not available here."),
    "E-FLOW-03": ProblemKind(
        401, "login_restart_required", "The sign-in attempt timed out. Please start again."
    ),
    "E-VAL-01": ProblemKind(422, "validation_failed", "{label} is required."),
    "E-VAL-02": ProblemKind(422, "validation_failed", "{label} can have at most {n} characters."),
    "E-VAL-03": ProblemKind(422, "validation_failed", "{label} does not have the expected form: {hint}."),
    "E-VAL-04": ProblemKind(422, "validation_failed", "Choose one of the listed values for {label}."),
    "E-TERMS-01": ProblemKind(409, "step_required", "Accept the terms and conditions first."),
    "E-AUTH-01": ProblemKind(401, "auth_failed", "We could not sign you in with this User ID and password."),
    "E-AUTH-02": ProblemKind(
        429,
        "too_many_attempts",
        "Too many unsuccessful tries for this User ID. Wait {s} seconds, or call the help desk.",
    ),
    "E-AUTH-03": ProblemKind(403, "account_locked", "This User ID is locked. Call the help desk."),
    "E-AUTH-05": ProblemKind(
        429, "too_many_attempts", "Too many requests from this computer. Wait {s} seconds."
    ),
    "E-MFA-04": ProblemKind(
        401, "code_invalid", "That security code is not right. Tries left for this code: {n}."
    ),
    "E-MFA-05": ProblemKind(401, "code_expired", "That security code has expired. Send a new one."),
    "E-MFA-06": ProblemKind(
        401, "login_restart_required", "Too many tries with this code. Please start again."
    ),
    "E-MFA-07": ProblemKind(429, "send_limit", "Another code can be sent in {s} seconds."),
    "E-MFA-08": ProblemKind(429, "send_limit", "{limit}"),
    "E-PW-01": ProblemKind(422, "password_too_short", "The password must have {low} to {high} characters."),
    "E-PW-02": ProblemKind(
        422, "password_bad_character", "The password contains a character that cannot be used."
    ),
    "E-PW-03": ProblemKind(
        422,
        "password_blocklisted",
        "The password must not consist of your User ID, your name, your organization "
        "or a word of this program.",
    ),
    "E-PW-04": ProblemKind(
        422,
        "password_blocklisted",
        "This password is on the list of common passwords. Choose another.",
    ),
    "E-PW-05": ProblemKind(
        422,
        "password_reused",
        "You used this password before. Choose one that differs from your last {n}.",
    ),
    "E-PW-07": ProblemKind(422, None, "The two passwords are not the same."),
    "E-ROLE-01": ProblemKind(
        403, None, "Your account has no active role for this. Ask your Security Official."
    ),
    "E-ORG-01": ProblemKind(422, None, "Select a {name}."),
    "E-ORG-02": ProblemKind(422, None, "This prompt allows only one selection."),
    "E-ORG-03": ProblemKind(404, "not_found", "That organization is not in your list."),
    "E-ORG-06": ProblemKind(422, None, "There is no such page."),
    "E-ORG-07": ProblemKind(403, None, "You have no access to organizations of this type."),
    "E-RPT-02": ProblemKind(
        403, None, "{report} is not available on {date}. It is available from {open}{close}."
    ),
    "E-RPT-03": ProblemKind(404, None, "There is no {report} for this {name} for {year}."),
    "E-RPT-04": ProblemKind(403, None, "Your role, {role}, cannot run {report} for {whom}.{advice}"),
    "E-RPT-05": ProblemKind(422, None, "{action} is not offered for {report}."),
    "E-RPT-06": ProblemKind(503, None, "The data for {report} is not installed on this server."),
    "E-ATT-01": ProblemKind(422, None, "Choose the purpose for which you will use the data."),
    "E-ATT-02": ProblemKind(
        403,
        None,
        "Without one of the two purposes the data cannot be shown. Call the Physician Value Help Desk, "
        "1-888-734-6433, option 3.",
    ),
    "E-ATT-03": ProblemKind(
        409, "step_required", "The attestation no longer covers this request. Please confirm it again."
    ),
    "E-RUN-01": ProblemKind(500, None, "The report could not be produced. Reference {ref}."),
    "E-RUN-02": ProblemKind(504, None, "The report took too long. Try again."),
    "E-RUN-03": ProblemKind(409, None, "Another report is still running."),
    "E-AUTHZ-01": ProblemKind(403, None, "Your role, {role}, cannot {capability} for this {name}."),
    "E-AUTHZ-02": ProblemKind(404, "not_found", "Not found."),
    "E-SESS-01": ProblemKind(
        401, "session_expired", "You were signed out after {limit}. Please sign in again."
    ),
    "E-SESS-02": ProblemKind(401, "session_revoked", "Your sign-in has ended. Please sign in again."),
}
"""Texts are ours; tests assert on codes (portal-flow 0.1)."""


def problem(code: str, field: str | None = None, **values: object) -> Problem:
    """A Problem with its text filled in."""
    return Problem(code=code, field=field, text=PROBLEMS[code].text.format(**values))


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """An action was refused; what was counted or audited so far is kept (committed).

    `goto` names the state to go to (E-FLOW-03 leads to S-LAND); None: the state stays. `retry_after` is in
    seconds and becomes the Retry-After header. `type` replaces the wire name of the first problem.
    """

    def __init__(
        self,
        *problems: Problem,
        goto: str | None = None,
        retry_after: int | None = None,
        changes: dict[str, Any] | None = None,
        type: str | None = None,  # noqa: A002 - the name on the wire
    ) -> None:
        super().__init__(", ".join(found.code for found in problems))
        self.problems = problems
        self.goto = goto
        self.retry_after = retry_after
        self.changes = changes or {}
        """Attributes of the flow's data to replace."""
        self.type = type


class OutOfStep(Refusal):
    """The request does not belong to the present step (W-3): nothing changes, the step token stays good."""


def refuse(
    code: str,
    field: str | None = None,
    *,
    goto: str | None = None,
    retry_after: int | None = None,
    **values: object,
) -> Refusal:
    """A Refusal with one problem; raise it."""
    return Refusal(problem(code, field, **values), goto=goto, retry_after=retry_after)


class FlowEnded(Exception):  # noqa: N818 - as above
    """The flow token is not good any more: E-SESS-01 or E-SESS-02, answered without a Screen (W-3)."""

    def __init__(self, code: str = "E-SESS-02", limit: str = "") -> None:
        super().__init__(code)
        self.problem = problem(code, limit=limit)


class FlowLocked(Exception):  # noqa: N818 - as above
    """The login is locked: reports, files and lists wait for its password (SR-SESS-04, `reauth_required`)."""
