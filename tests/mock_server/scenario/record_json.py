"""A practice record in the JSON form of pqrs-2011 1.5, to hand synthetic records to the intake's checks."""

from dataclasses import asdict
from decimal import Decimal
from typing import Any

import msgspec

from mock_server.scoring.pqrs.record import Practice, Professional


def record_json(practice: Practice) -> bytes:
    """The bytes that `read_practice` reads back into the same record."""
    record = asdict(practice)
    record["npis"] = [_professional(person) for person in practice.professionals]
    del record["professionals"]
    return msgspec.json.encode({"program": "pqrs", "year": 2011, **_plain(record)})


def _professional(person: Professional) -> dict[str, Any]:
    record = asdict(person)
    record["eligible_by_measure"] = {
        months: {
            eligible.measure: eligible.count
            for eligible in person.eligible_by_measure
            if str(eligible.months) == months
        }
        for months in ("12", "6")
    }
    return record


def _plain(value: Any) -> Any:
    """Money as text; tuples and mappings walked."""
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value
