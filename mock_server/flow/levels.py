"""Levels of a MIPS report as they travel and as they are called (F-RPT-06).

A level is one value of *Select a Level: `group`, `individual`, `virtual_group`, `apm_entity` for an entity
that asks for itself, `apm_entity:A9901` for one that a practice takes part in.

    parse_level("apm_entity:A9901")              -> ("apm_entity", MEADOW DEMO ACO)
    subject_of("individual", "0999010016", day)  -> Subject(level="individual", npi=..., on=day)
"""

import re
from datetime import date
from typing import Any, Final, get_args

from mock_server.clocks import eastern
from mock_server.flow.engines import Subject
from mock_server.flow.model import Request
from mock_server.reference.catalogue import Level
from mock_server.scenario import nation
from mock_server.scenario.clinicians import Clinician
from mock_server.scenario.organizations import Organization

LABELS: Final[dict[Level, str]] = {
    "group": "Group",
    "individual": "Individual clinicians",
    "virtual_group": "Virtual Group",
    "apm_entity": "APM Entity",
}
_LEVELS: Final[tuple[Level, ...]] = get_args(Level)
_ENTITY_BY_ID: Final = re.compile(r"apm_entity:[A-Z0-9-]{1,40}")


def level_value(level: Level, entity: Organization | None = None) -> str:
    """The value of an option; `entity` where a practice asks for an APM entity."""
    return level if entity is None else f"{level}:{entity.ext_id}"


def level_label(level: Level, named: Organization | None = None) -> str:
    """The label of an option; an entity or virtual group is called by its name."""
    return LABELS[level] if named is None else f"{LABELS[level]} {named.legal_name}"


def parse_level(value: str) -> tuple[Level, Organization | None] | None:
    """Level and the APM entity that a practice asks for; None: there is no such level."""
    name, colon, ext_id = value.partition(":")
    level = next((level for level in _LEVELS if level == name), None)
    if level is None or not colon:
        return None if level is None else (level, None)
    entity = nation.organization_with_ext_id(ext_id)
    is_entity = entity is not None and entity.model is not None
    return (level, entity) if level == "apm_entity" and is_entity else None


def asks_for_entity(value: str) -> bool:
    """Whether a level names an APM entity by its id, be there one or not (AZ-3 tells nobody which)."""
    return _ENTITY_BY_ID.fullmatch(value) is not None


def subject_of(level: str | None, clinician: str | None, on: date) -> Subject:
    """What an engine is asked for. ValueError for a level that was never offered."""
    if level is None:
        return Subject(on=on)
    parsed = parse_level(level)
    if parsed is None:
        raise ValueError(f"{level} is no level")
    kind, entity = parsed
    return Subject(
        level=kind,
        npi=clinician if kind == "individual" else None,
        entity=entity.key if entity is not None else None,
        on=on,
    )


def subject_of_run(run: Any) -> Subject:
    """What the engine of a stored run is asked for; its day is the run's."""
    return subject_of(run.level, run.clinician, eastern(run.business_at).date())


def audited_level(level: str | None, clinician: str | None) -> dict[str, str]:
    """Whose report it was, as the audit keeps it; nothing for a report without levels."""
    return {name: value for name, value in (("level", level), ("npi", clinician)) if value is not None}


def request_of(run: Any) -> Request:
    """The request that a stored run came from."""
    return Request(
        year=run.year, report=run.report, action=run.action, level=run.level, clinician=run.clinician
    )


def clinician_text(person: Clinician) -> str:
    """`Rowan Alder, NPI 0999010016`; without a name the NPI alone."""
    return f"{person.name}, NPI {person.npi}" if person.name else f"NPI {person.npi}"
