"""The tables of the portal's database (portal-flow 1.2), in SQLAlchemy Core: PostgreSQL stays possible.

Instants are whole microseconds since 1970 UTC: they compare and sort in any engine. Nothing secret is
stored in clear: passwords as Argon2id, tokens as SHA-256, security codes not at all (F-OUT-05).
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
)

from mock_server.store.database import metadata

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Instant(TypeDecorator[datetime]):
    """An aware datetime, stored as microseconds since 1970 UTC."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """To microseconds."""
        return None if value is None else (value - EPOCH) // timedelta(microseconds=1)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """To an aware datetime in UTC."""
        return None if value is None else EPOCH + timedelta(microseconds=value)


def _account(*, nullable: bool = False) -> Column[Any]:
    return Column("account_id", ForeignKey("accounts.id"), nullable=nullable, index=True)


accounts = Table(
    "accounts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("user_id", String(74), nullable=False, unique=True),
    Column("given_name", String(50), nullable=False),
    Column("family_name", String(50), nullable=False),
    Column("email", String(200), nullable=False),
    Column("password_hash", String(200), nullable=False),
    Column("password_set_at", Instant, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("last_login_at", Instant),
    Column("suspended", Boolean, nullable=False, default=False),
)

password_history = Table(
    "password_history",
    metadata,
    Column("id", Integer, primary_key=True),
    _account(),
    Column("password_hash", String(200), nullable=False),
)

devices = Table(
    "devices",
    metadata,
    Column("id", Integer, primary_key=True),
    _account(),
    Column("type", String(8), nullable=False),
    Column("destination", String(200), nullable=False),
    Column("secret", String(64)),
    Column("registered_at", Instant, nullable=False),
    Column("delivery_delay_s", Integer, nullable=False, default=0),
    Column("delivery_lost", Boolean, nullable=False, default=False),
    Column("last_totp_step", BigInteger),
)

one_time_codes = Table(
    "one_time_codes",
    metadata,
    Column("id", Integer, primary_key=True),
    _account(),
    Column("code_hash", String(64), nullable=False),
    Column("issued_at", Instant, nullable=False),
    Column("used_at", Instant),
)

grants = Table(
    "grants",
    metadata,
    Column("id", Integer, primary_key=True),
    _account(),
    Column("role", String(8), nullable=False),
    Column("org_key", String(16), nullable=False),
    Column("state", String(8), nullable=False),
    Column("requested_at", Instant, nullable=False),
    Column("npi", String(10)),
)

throttles = Table(
    "throttles",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("waits_until", Instant),
    Column("touched_at", Instant, nullable=False),
)

source_failures = Table(
    "source_failures",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("address", String(64), nullable=False, index=True),
    Column("at", Instant, nullable=False),
)

source_blocks = Table(
    "source_blocks",
    metadata,
    Column("address", String(64), primary_key=True),
    Column("until", Instant, nullable=False),
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("user_id", String(200)),
    _account(nullable=True),
    Column("accepted_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("stays", Integer, nullable=False, default=0),
    Column("sends", Integer, nullable=False, default=0),
    Column("last_send_at", Instant),
    Column("mfa_type", String(8)),
    Column("code_number", Integer),
    Column("code_issued_at", Instant),
    Column("tries", Integer, nullable=False, default=0),
    Column("replay_noticed", Boolean, nullable=False, default=False),
)

sends = Table(
    "sends",
    metadata,
    Column("id", Integer, primary_key=True),
    _account(),
    Column("at", Instant, nullable=False),
)

used_codes = Table(
    "used_codes",
    metadata,
    Column("id", Integer, primary_key=True),
    _account(),
    Column("code_hash", String(64), nullable=False),
    Column("at", Instant, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    _account(),
    Column("channel", String(8), nullable=False),
    Column("to_masked", String(200), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("attempt_id", String(64)),
    Column("code_number", Integer),
    Column("details", String(400), nullable=False, default=""),
    Column("created_business_at", Instant, nullable=False),
    Column("deliver_at", Instant, nullable=False),
    Column("lost", Boolean, nullable=False, default=False),
)

logins = Table(
    "logins",
    metadata,
    Column("id", Integer, primary_key=True),
    _account(),
    Column("client", String(8), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("authenticated_at", Instant, nullable=False),
    Column("last_activity_at", Instant, nullable=False),
    Column("ended_code", String(16)),
    Column("ended_at", Instant),
)

flows = Table(
    "flows",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("token_used", Boolean, nullable=False, default=False),
    Column("old_token_hash", String(64), index=True),
    Column("old_token_until", Instant),
    Column("client", String(8), nullable=False),
    Column("client_id", String(64)),
    Column("state", String(16), nullable=False),
    Column("step", Integer, nullable=False),
    Column("login_id", ForeignKey("logins.id"), index=True),
    Column("attempt_id", String(64)),
    Column("data", LargeBinary, nullable=False),
    Column("spent_step", Integer),
    Column("spent_mac", String(64)),
    Column("spent_answer", LargeBinary),
    Column("created_at", Instant, nullable=False),
)

saved_steps = Table(
    "saved_steps",
    metadata,
    Column("id", Integer, primary_key=True),
    _account(),
    Column("client_id", String(64), nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("account_id", "client_id"),
)

attestations = Table(
    "attestations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("login_id", ForeignKey("logins.id"), nullable=False, index=True),
    Column("org_id", String(64), nullable=False),
    Column("year", Integer, nullable=False),
    Column("report", String(32), nullable=False),
    Column("purpose", String(8), nullable=False),
    Column("confirmed_at", Instant, nullable=False),
    Column("ended", Boolean, nullable=False, default=False),
)

runs = Table(
    "runs",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("flow_id", ForeignKey("flows.id"), nullable=False),
    Column("login_id", ForeignKey("logins.id"), nullable=False),
    Column("attestation_id", ForeignKey("attestations.id"), nullable=False),
    Column("org_id", String(64), nullable=False),
    Column("year", Integer, nullable=False),
    Column("report", String(32), nullable=False),
    Column("level", String(32)),
    Column("clinician", String(10)),
    Column("action", String(8), nullable=False),
    Column("status", String(12), nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("business_at", Instant, nullable=False),
    Column("done", Integer, nullable=False, default=0),
    Column("total", Integer, nullable=False, default=1),
    Index("ix_runs_login_status", "login_id", "status"),
)

files = Table(
    "files",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("run_id", ForeignKey("runs.id"), nullable=False, index=True),
    Column("name", String(200), nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("created_at", Instant, nullable=False),
)

facts = Table(
    "facts",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", String(2000), nullable=False),
)
"""Single values of this database: clocks, scenario, code seed, seeding mark."""
