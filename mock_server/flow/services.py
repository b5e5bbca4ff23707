"""What the workflow uses from the rest of the server, put together once in `mock_server.app`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from mock_server.access.passwords import PasswordHasher
from mock_server.figures import Figures
from mock_server.flow.engines import Exporter, ReportEngine
from mock_server.keys import Keys


@dataclass(frozen=True, slots=True)
class Services:
    """Shared and unchanging for the life of the server."""

    keys: Keys
    figures: Figures
    hasher: PasswordHasher
    demo: bool
    engines: Mapping[str, ReportEngine]
    """Built report engines by catalogue id."""
    exporters: Mapping[str, Exporter]
    """File formats by action id, in the order offered."""
    code_seed: Callable[[Connection], str | None]
    """The demo setting that makes codes repeatable, read from the database (a reset may change it)."""
