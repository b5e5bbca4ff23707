"""What an action may use: the open transaction, both clocks, the flow and who is signed in.

A Context lives for one transaction. Rules read it and return an outcome; they never keep it.
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from types import EllipsisType
from typing import Any

from msgspec import structs
from sqlalchemy import Connection

from client.messages.screen import FieldValue, Notice
from mock_server.access.throttle import throttle_key
from mock_server.flow.account_organizations import Organizations
from mock_server.flow.model import Attempt, Flow, FlowData, Login
from mock_server.flow.services import Services
from mock_server.store import audit
from mock_server.store.directory import SearchKind


@dataclass(frozen=True, slots=True)
class Goto:
    """The action succeeded: the next state, what to say there, and changes of the flow's data."""

    state: str
    notices: tuple[Notice, ...] = ()
    changes: dict[str, Any] = field(default_factory=dict)
    """Attributes of FlowData to replace."""
    login_id: int | EllipsisType = ...
    """A new login; `...`: unchanged."""
    attempt_id: str | EllipsisType | None = ...
    rotate_token: bool = False
    """Whether the answer brings a new flow token (SR-SESS-03)."""


@dataclass(frozen=True, slots=True)
class Offload:
    """Slow pure work (password hashing) between two transactions: `then` gets its result and decides.

    Without `work` there is only the commit in between: what was counted stays counted whatever comes next.
    """

    work: Callable[[], Any] | None
    then: Callable[["Context", Any], Goto]


Outcome = Goto | Offload


@dataclass(frozen=True, slots=True)
class ListRead:
    """A search read from the picker's list, as the audit tells it: never its text (A-ORG-SEARCH)."""

    length: int
    kind: SearchKind
    hits: int


@dataclass(slots=True)
class Context:
    """One transaction's view of the world."""

    conn: Connection
    services: Services
    flow: Flow
    now: datetime
    """Security clock, UTC."""
    business: datetime
    """Business clock, Eastern."""
    address: str
    login: Login | None = None
    attempt: Attempt | None = None
    reserved: bool = False
    """Set when this transaction counted a failure in advance; the engine remembers the step (P-FLOW-02)."""
    typed: dict[str, FieldValue] = field(default_factory=dict)
    """Clean, non-secret values of this request, offered again after a refusal (A11Y-ERR-04)."""
    listed: ListRead | None = None
    """The last list read since the action before (W-6)."""
    _organizations: Organizations | None = None

    @property
    def data(self) -> FlowData:
        """The flow's data."""
        return self.flow.data

    @property
    def signed_in(self) -> Login:
        """The login; only in states that need one."""
        if self.login is None:
            raise RuntimeError(f"{self.flow.state} reached without a login")
        return self.login

    @property
    def signing_in(self) -> Attempt:
        """The sign-in attempt; only in states that need one."""
        if self.attempt is None:
            raise RuntimeError(f"{self.flow.state} reached without an attempt")
        return self.attempt

    @property
    def organizations(self) -> Organizations:
        """The organizations of the signed-in account, read anew in each transaction (F-ROLE-08)."""
        if self._organizations is None:
            self._organizations = Organizations.of(self.conn, self.signed_in.account.id)
        return self._organizations

    def throttle_key(self, user_id: str) -> str:
        """Counter of a user ID."""
        return throttle_key(self.services.keys.throttle, user_id)

    def typed_id(self, user_id: str) -> str:
        """What the audit calls somebody who typed this user ID: people type passwords there (4.3)."""
        return hmac.new(self.services.keys.audit, user_id.encode(), "sha256").hexdigest()[:16]

    def audit(
        self,
        event: str,
        *,
        outcome: str = "ok",
        reason: str | None = None,
        account: int | str | None = None,
        state_to: str | None = None,
        org_ref: str | None = None,
        report_id: str | None = None,
        purpose: str | None = None,
        object_ref: str | None = None,
        **details: object,
    ) -> None:
        """Append an audit record in this transaction (portal-flow section 8).

        `account`: an account's id, or the `typed_id` of somebody unknown; None: who is signed in.
        """
        record = audit.AuditEvent(
            event=event,
            outcome=outcome,
            security_time=self.now,
            business_time=self.business,
            account=self._actor(account),
            object_ref=object_ref,
            reason=reason,
            login_ref=f"login:{self.login.id}" if self.login else None,
            client=self.flow.client,
            state_from=self.flow.state,
            state_to=state_to,
            org_ref=org_ref,
            report_id=report_id,
            purpose=purpose,
            details=details,
            ip=self.address,
        )
        audit.append(self.conn, self.services.keys.audit, record)

    def _actor(self, account: int | str | None) -> str | None:
        if isinstance(account, str):
            return f"typed:{account}"
        known = account or (self.login.account.id if self.login else None)
        return f"acct:{known}" if known else None

    def changed(self, **changes: Any) -> FlowData:
        """The flow's data with attributes replaced."""
        return structs.replace(self.data, **changes)
