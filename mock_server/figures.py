"""Every figure of the security rules, once (SR-META-02); no other module holds one of them as a literal.

A figure is a dataclass field with its allowed range beside its default, so that the table of section 2.15 of
the security specification and the table of portal-flow section 2 are this file. `Figures.with_values` takes
the dotted keys of 2.15 (`mfa.code_ttl_s`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, ClassVar, Self


class SettingsError(Exception):
    """A start option or figure that cannot be used; the server does not start (exit code 2, SR-CFG-04)."""

    def __init__(self, key: str, message: str, remedy: str) -> None:
        super().__init__(f"{key}: {message}. {remedy}")
        self.key = key
        self.message = message
        self.remedy = remedy


def _figure(default: int, low: int, high: int) -> Any:
    """A whole-number field that must stay within low..high, ends included."""
    return field(default=default, metadata={"low": low, "high": high})


@dataclass(frozen=True)
class _Group:
    """Checks each figure of a dataclass against the range beside its default."""

    name: ClassVar[str]

    def names(self) -> set[str]:
        """Names of the figures in the group."""
        return {item.name for item in fields(self)}

    def with_value(self, name: str, value: object) -> Self:
        """A copy with one figure replaced."""
        changes: dict[str, Any] = {name: value}
        return replace(self, **changes)

    def __post_init__(self) -> None:
        for item in fields(self):
            value = getattr(self, item.name)
            if "low" not in item.metadata:
                continue
            low, high = item.metadata["low"], item.metadata["high"]
            key = f"{self.name}.{item.name}"
            if not isinstance(value, int) or isinstance(value, bool):
                raise SettingsError(key, f"{value!r} is no whole number", f"Use {low} to {high}.")
            if not low <= value <= high:
                raise SettingsError(key, f"{value} is out of range", f"Use {low} to {high}.")


ARGON2_CHEAP = (8, 1, 1)
"""Memory KiB, passes, lanes under the test switch only (SR-META-03)."""

_ARGON2_FLOORS = {1: 47104, 2: 19456}
_ARGON2_FLOOR = 12288  # for three passes and more


@dataclass(frozen=True, kw_only=True)
class AuthFigures(_Group):
    """Passwords and guess limits."""

    name: ClassVar[str] = "auth"

    password_min: int = _figure(12, 8, 64)
    """Code points after NFKC (SR-AUTH-01, X-17)."""
    password_max: int = _figure(128, 64, 1024)
    password_max_age_days: int = _figure(60, 0, 3650)
    """Expired from this age on; 0: never (X-14)."""
    password_warn_day: int = _figure(50, 0, 3650)
    """Age in days from which N-PW-01 is shown (X-15)."""
    password_history: int = _figure(6, 0, 24)
    """The current password and so many minus one before it cannot be chosen again (X-18)."""
    inactive_disable_days: int = _figure(60, 0, 3650)
    """Days without a login that disable an account; 0: never (X-16)."""
    disuse_notice_days: int = _figure(30, 1, 3650)
    """A login after more days of disuse is noticed to its owner (SR-AUTH-18)."""
    failures_notice: int = _figure(5, 1, 100)
    """A login after so many failures is noticed to its owner (SR-AUTH-18)."""
    wrong_codes_notice: int = _figure(3, 1, 100)
    """So many wrong codes after a right password are noticed to the owner (SR-AUTH-18)."""
    argon2: tuple[int, int, int] = (19456, 2, 1)
    """Memory in KiB, passes, lanes (SR-AUTH-03, X-31); floors of ASVS 5.0.0 appendix C."""
    lock_first: int = _figure(5, 3, 10)
    """The failure that brings the first wait (X-02)."""
    lock_base_s: int = _figure(30, 1, 60)
    """Length of the first wait; each further one doubles it (X-02)."""
    lock_cap_s: int = _figure(900, 60, 3600)
    """Longest wait (X-02)."""
    lock_hard: int = _figure(20, 5, 100)
    """The failure that locks until a reset or the help desk (X-03)."""
    throttle_idle_s: int = _figure(86_400, 3600, 2_592_000)
    """Counters of unknown user IDs idle for longer are purged (SR-AUTH-07)."""
    ip_failures: int = _figure(200, 20, 10_000)
    """Failed sends of one source address in the window (SR-AUTH-08, X-26)."""
    ip_window_s: int = _figure(600, 60, 3600)
    ip_block_s: int = _figure(300, 1, 3600)
    """How long a source address is refused after that (X-26)."""
    hash_queue: int = _figure(256, 16, 4096)
    """Password checks that may wait for a thread (SR-AUTH-03)."""
    hash_wait_s: int = _figure(20, 1, 60)
    """Longest such wait."""

    def __post_init__(self) -> None:
        super().__post_init__()
        memory, passes, lanes = self.argon2
        if lanes < 1 or passes < 1 or memory < _ARGON2_FLOORS.get(passes, _ARGON2_FLOOR):
            raise SettingsError(
                "auth.argon2",
                f"{self.argon2} is too cheap",
                "Use t=1 with m>=47104, t=2 with m>=19456, or t>=3 with m>=12288.",
            )
        if self.password_min > self.password_max:
            raise SettingsError("auth.password_min", "it exceeds auth.password_max", "Lower it.")

    def wait_after(self, failures: int) -> int:
        """Seconds to wait after that many counted failures (X-02, table 7.2); a hard lock is not a wait."""
        if failures < self.lock_first:
            return 0
        doublings = min(failures - self.lock_first, 32)  # the cap is long reached; keeps the power small
        return min(self.lock_cap_s, self.lock_base_s << doublings)


@dataclass(frozen=True, kw_only=True)
class MfaFigures(_Group):
    """Security codes and the sign-in attempt that asks for them."""

    name: ClassVar[str] = "mfa"

    code_digits: int = _figure(6, 6, 8)
    """X-09, SR-MFA-01."""
    code_ttl_s: int = _figure(600, 60, 600)
    """Valid while `now - issued` is less (X-04, SR-MFA-02)."""
    code_tries: int = _figure(5, 1, 10)
    """Verifications per code; one more ends the attempt (X-05, SR-MFA-03)."""
    resend_min_s: int = _figure(30, 10, 300)
    """X-07, SR-MFA-05."""
    sends_per_attempt: int = _figure(5, 1, 60)
    """X-08."""
    sends_per_hour: int = _figure(10, 1, 60)
    """Per account, in any 60 minutes (X-08)."""
    send_window_s: int = _figure(3600, 60, 86_400)
    """The 60 minutes of X-08."""
    tx_ttl_s: int = _figure(900, 600, 1800)
    """Life of a sign-in attempt (X-01)."""
    tx_renewals: int = _figure(10, 0, 100)
    """How often `stay` renews it before the first send (X-01)."""
    tx_warn_s: int = _figure(120, 20, 600)
    """N-SESS-03 so long before its end."""
    totp_back: int = _figure(1, 0, 1)
    """Earlier time steps that are accepted (X-10, SR-MFA-06)."""
    totp_ahead: int = _figure(1, 0, 1)
    """Later ones."""
    otsc_digits: int = _figure(8, 6, 10)
    """One-Time Security Code (X-11, SR-MFA-10)."""
    otsc_ttl_s: int = _figure(1800, 60, 86_400)
    otsc_tries: int = _figure(3, 1, 10)
    recovery_chars: int = _figure(16, 16, 32)
    """Characters of a saved recovery code (SR-MFA-11)."""


@dataclass(frozen=True, kw_only=True)
class SessionFigures(_Group):
    """Logins."""

    name: ClassVar[str] = "session"

    idle_s: int = _figure(900, 60, 3600)
    """Without activity for so long: locked (X-12, SR-SESS-04)."""
    absolute_s: int = _figure(43_200, 900, 86_400)
    """Ends a login whatever happens (X-13)."""
    idle_warn_s: int = _figure(120, 20, 600)
    """First warning before the lock (SR-SESS-06)."""
    idle_warn_again_s: tuple[int, ...] = (60, 20)
    """Its repeats (X-12)."""
    absolute_warn_s: int = _figure(300, 60, 1800)
    """Warning before the absolute limit (X-13)."""
    touch_s: int = _figure(15, 0, 60)
    """`last_activity` is written at most this often; the lock is late by as much (SR-SESS-05)."""
    max_per_account: int = _figure(5, 1, 20)
    """One more login ends the one idle longest (X-30, SR-SESS-12)."""
    attestation_s: int = _figure(3600, 60, 43_200)
    """Life of an attestation (F-ATT-05)."""
    replay_s: int = _figure(60, 5, 600)
    """How long an answer that brought a new token can be repeated with the old one (W-4)."""
    poll_s: int = _figure(25, 1, 25)
    """Longest `wait` of a long poll (W-5)."""

    @property
    def idle_warnings(self) -> list[int]:
        """Seconds before the lock at which to warn, longest first; those within the limit only."""
        steps = {self.idle_warn_s, *(s for s in self.idle_warn_again_s if s < self.idle_warn_s)}
        return sorted((step for step in steps if step < self.idle_s), reverse=True)


@dataclass(frozen=True, kw_only=True)
class HttpFigures(_Group):
    """Requests (SR-IN-02, SR-IN-03, SR-NET-12)."""

    name: ClassVar[str] = "http"

    json_max: int = _figure(1_048_576, 1024, 10_485_760)
    """Bytes of a JSON body."""
    json_depth: int = _figure(32, 4, 256)
    json_string: int = _figure(65_536, 1024, 1_048_576)
    """Bytes of one string in it."""
    header_max: int = _figure(16_384, 1024, 65_536)
    """Bytes of all header names and values."""
    header_count: int = _figure(64, 16, 256)
    url_max: int = _figure(2048, 256, 8192)
    """Bytes of path and query."""
    max_connections: int = _figure(512, 16, 10_000)
    max_inflight: int = _figure(256, 16, 10_000)
    """Requests in progress; one more is answered 503 `busy`."""
    drain_s: int = _figure(10, 1, 60)
    """How long running requests may go on after SIGTERM (RF-04)."""
    orphan_s: int = _figure(60, 5, 3600)
    """A launched server ends so long after its launcher and the last request (W-11)."""


@dataclass(frozen=True, kw_only=True)
class StoreFigures(_Group):
    """Database, jobs, retention."""

    name: ClassVar[str] = "db"

    busy_timeout_ms: int = _figure(5000, 100, 30_000)
    """Wait for another process's lock (RF-S1, RF-06)."""
    job_lease_s: int = _figure(60, 5, 600)
    """`job.lease_s`: a job of a dead process is taken again after this (RF-03)."""
    job_tries: int = _figure(3, 1, 10)
    attempt_keep_s: int = _figure(86_400, 3600, 2_592_000)
    """Sign-in attempts and codes are purged after this (SR-PII-07)."""
    login_keep_s: int = _figure(2_592_000, 3600, 31_536_000)
    """Expired logins, hash only (SR-PII-07)."""
    outbox_keep_s: int = _figure(2_592_000, 3600, 31_536_000)
    outbox_keep_rows: int = _figure(500, 20, 100_000)
    """Newest messages kept per account (SR-PII-07)."""
    file_keep_s: int = _figure(86_400, 60, 604_800)
    """Life of a finished file, at most that of its login (W-7)."""
    purge_every_s: int = _figure(3600, 60, 86_400)
    mark_every_s: int = _figure(60, 1, 600)
    """How often the clocks are stored (RF-15)."""
    audit_check_rows: int = _figure(1000, 1, 1_000_000)
    """Newest audit records verified at start (SR-AUD-06)."""


@dataclass(frozen=True, kw_only=True)
class PortalFigures(_Group):
    """Lists, texts and runs."""

    name: ClassVar[str] = "portal"

    user_id_min: int = _figure(6, 1, 32)
    """Portal-flow 1.3."""
    user_id_max: int = _figure(74, 32, 200)
    picker_page: int = _figure(1000, 1, 1000)
    """Rows of a picker page, and the most that one list call answers (X-22, W-6)."""
    search_max: int = _figure(64, 1, 1000)
    """X-23."""
    run_timeout_s: int = _figure(120, 1, 3600)
    """X-24."""
    outbox_rows: int = _figure(20, 1, 500)
    """Newest messages shown (F-OUT-03)."""
    client_id_max: int = _figure(64, 1, 200)
    """W-2."""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """All figures of the first walk; profile `portal` (security specification 0.1)."""

    auth: AuthFigures = field(default_factory=AuthFigures)
    mfa: MfaFigures = field(default_factory=MfaFigures)
    session: SessionFigures = field(default_factory=SessionFigures)
    http: HttpFigures = field(default_factory=HttpFigures)
    db: StoreFigures = field(default_factory=StoreFigures)
    portal: PortalFigures = field(default_factory=PortalFigures)

    def with_values(self, values: Mapping[str, object]) -> Self:
        """A copy with figures replaced by dotted key; unknown keys and bad values raise `SettingsError`."""
        changed = self
        for key, value in values.items():
            group_name, _, figure = key.partition(".")
            group = getattr(changed, group_name, None)
            if not isinstance(group, _Group) or figure not in group.names():
                raise SettingsError(key, "there is no such setting", "Check its spelling.")
            groups: dict[str, Any] = {group_name: group.with_value(figure, value)}
            changed = replace(changed, **groups)
        return changed
