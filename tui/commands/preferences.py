"""The preferences in force for a command: flags over `QPORTAL_*` variables over the saved file."""

import os
from collections.abc import Mapping

from client.settings import Preferences, config_file, from_variables, parse_layer, read_file


def preferences(
    flags: Mapping[str, str] | None = None, environ: Mapping[str, str] = os.environ
) -> Preferences:
    """All layers, checked. `SettingsError` (exit 2) where a value cannot be used."""
    return Preferences(
        flags=parse_layer(flags or {}),
        variables=from_variables(environ),
        saved=read_file(config_file(environ)),
    )
