"""What a server is started with. Security figures live beside it in `mock_server.figures` (SR-CFG-04).

Checks happen at construction, so a `ServerSettings` that exists is usable; a refusal names the setting and
the way out, and the command line turns it into exit code 2.
"""

import ipaddress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from mock_server.clocks import SCENARIOS, BadBusinessTime, parse_business
from mock_server.figures import ARGON2_CHEAP, Figures, SettingsError

__all__ = ["MEMORY", "Figures", "ServerSettings", "SettingsError", "is_loopback"]

MEMORY = ":memory:"
"""Database value for a store that vanishes with the process (tests, `serve` trials)."""

LEARNERS_MAX = 500
"""Section 13.5 of portal-flow: `--learners N` takes 1 to 500."""


def is_loopback(host: str) -> bool:
    """Whether `host` can only be reached from this machine (127.0.0.0/8, ::1, localhost)."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, kw_only=True)
class ServerSettings:
    """One server's start options. Raises `SettingsError` at construction."""

    host: str = "127.0.0.1"
    """Bind address; anything but loopback needs both TLS files (SR-NET-01)."""
    port: int = 0
    """0: the system picks a free one."""
    database: str
    """Path of the SQLite file, `:memory:`, or a SQLAlchemy URL such as `postgresql+psycopg://...`."""
    data_dir: Path
    """Holds `server.key` and, by default, the database; made with mode 0700."""
    demo: bool = False
    """Seeded accounts, outbox, clock, reset, faults (SR-CFG-03); loopback only."""
    launch_key: str | None = field(default=None, repr=False)
    """Every request must carry it (W-11); None: no such check."""
    scenario: str | None = None
    """A name of portal-flow section 14; None: the stored clock goes on."""
    today: str | None = None
    """Business date or instant instead of a scenario."""
    clock_mode: Literal["running", "frozen"] | None = None
    """None: as stored, `running` at first."""
    security_clock: Literal["running", "held"] = "running"
    """`held`: it stands at the business instant and moves only when told; demo only, for recordings."""
    workers: int = 1
    """Server processes; above 1 only with PostgreSQL."""
    learners: int = 0
    """How many `demo.learnerNNN` accounts to add."""
    code_seed: str | None = field(default=None, repr=False)
    """Makes security codes repeatable for recordings (F-OUT-05); demo only."""
    tls_cert: Path | None = None
    tls_key: Path | None = None
    cheap_hashing: bool = False
    """Test switch: minimal password hashing (SR-META-03); loopback only."""
    figures: Figures = field(default_factory=Figures)

    def __post_init__(self) -> None:
        self._check_address()
        self._check_demo()
        self._check_clock()
        self._check_store()

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        return is_loopback(self.host)

    @property
    def uses_sqlite(self) -> bool:
        """Whether the store is an SQLite file or memory."""
        return "://" not in self.database or self.database.startswith("sqlite")

    @property
    def database_path(self) -> Path | None:
        """The SQLite file; None in memory or on another engine."""
        if not self.uses_sqlite or MEMORY in self.database:
            return None
        return Path(self.database.removeprefix("sqlite:///"))

    @property
    def key_path(self) -> Path:
        """Where the key file lives (SR-CFG-01)."""
        return self.data_dir / "server.key"

    @property
    def argon2(self) -> tuple[int, int, int]:
        """Memory in KiB, passes, lanes for new password hashes (SR-AUTH-03, SR-META-03)."""
        return ARGON2_CHEAP if self.cheap_hashing else self.figures.auth.argon2

    def _check_address(self) -> None:
        if not 0 <= self.port <= 65535:
            raise SettingsError("port", f"{self.port} is no port number", "Use 0 (any free port) to 65535.")
        if (self.tls_cert is None) != (self.tls_key is None):
            raise SettingsError("tls", "TLS needs a certificate and its key", "Give both or neither.")
        for name, file in (("tls_cert", self.tls_cert), ("tls_key", self.tls_key)):
            if file is not None and not file.is_file():
                raise SettingsError(name, f"there is no file {file}", "Give the path of a PEM file.")
        if self.loopback:
            return
        if self.tls_cert is None:
            raise SettingsError(
                "host",
                f"{self.host} is reachable from other computers, which needs TLS (SR-NET-01)",
                "Give a TLS certificate and its key, or use 127.0.0.1.",
            )
        if self.cheap_hashing:
            raise SettingsError(
                "cheap_hashing",
                "cheap password hashing is for tests on this computer only (SR-META-03)",
                "Leave the switch out, or use 127.0.0.1.",
            )

    def _check_demo(self) -> None:
        if self.demo and not self.loopback:
            raise SettingsError(
                "demo",
                "the demo accounts and controls exist on loopback only (SR-AUTH-13, SR-CFG-03)",
                "Use 127.0.0.1, or leave the demo out.",
            )
        if not 0 <= self.learners <= LEARNERS_MAX:
            raise SettingsError("learners", f"{self.learners} is out of range", f"Use 0 to {LEARNERS_MAX}.")
        held = self.security_clock == "held"
        if not self.demo and (self.learners or self.code_seed is not None or held):
            name = "learners" if self.learners else "security_clock" if held else "code_seed"
            raise SettingsError(name, "this belongs to the demo", "Leave it out, or allow the demo.")

    def _check_clock(self) -> None:
        if self.scenario is not None and self.today is not None:
            raise SettingsError("today", "a scenario already sets the date", "Give one of the two.")
        if self.scenario is not None and self.scenario not in SCENARIOS:
            raise SettingsError(
                "scenario",
                f"there is no scenario {self.scenario!r}",
                f"Choose one of {', '.join(SCENARIOS)}.",
            )
        if self.clock_mode not in (None, "running", "frozen"):
            raise SettingsError("clock_mode", f"{self.clock_mode!r} is no mode", "Use running or frozen.")
        if self.security_clock not in ("running", "held"):
            raise SettingsError("security_clock", "that is no mode of this clock", "Use running or held.")
        if self.today is not None:
            try:
                parse_business(self.today)
            except BadBusinessTime as error:
                raise SettingsError("today", str(error), "Use YYYY-MM-DD or YYYY-MM-DDTHH:MM:SS.") from None

    def _check_store(self) -> None:
        if self.workers < 1:
            raise SettingsError("workers", "at least one process serves", "Use 1 or more.")
        if self.workers > 1 and self.uses_sqlite:
            raise SettingsError(
                "workers",
                "several processes cannot share an SQLite database",
                "Use 1, or give a PostgreSQL URL as the database.",
            )
