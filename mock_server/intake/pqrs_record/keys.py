"""The key tables of the practice record (pqrs-2011 1.5), row for row."""

import re
import unicodedata
from decimal import Decimal
from typing import Any, Final

from mock_server.intake.pqrs_record.json_text import LARGEST_COUNT
from mock_server.intake.pqrs_record.shape import BAD, ArrayOf, Key, MapOf, ObjectOf, OrNull, Scalar
from mock_server.reference.pqrs_2011.constants import PROGRAM_YEAR
from mock_server.reference.pqrs_2011.gpro import GPRO1_MEASURES, GPRO1_MODULES, GPRO2_TIERS
from mock_server.reference.pqrs_2011.methods import INDIVIDUAL_METHODS

_UNSAFE_CATEGORIES: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Control characters, lone surrogates, line and paragraph separators."""
_DIRECTION_CONTROLS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""They make text read otherwise than it is stored."""


def _is_safe(text: str) -> bool:
    return not any(unicodedata.category(c) in _UNSAFE_CATEGORIES or c in _DIRECTION_CONTROLS for c in text)


def _matching(words: str, pattern: str, *, secret: bool = False) -> Scalar:
    compiled = re.compile(pattern, re.ASCII)

    def accept(value: object) -> Any:
        return value if isinstance(value, str) and compiled.fullmatch(value) else BAD

    return Scalar(words, accept, secret)


def _whole(words: str, lowest: int, highest: int = LARGEST_COUNT) -> Scalar:
    def accept(value: object) -> Any:
        good = isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= highest
        return value if good else BAD

    return Scalar(words, accept)


def _one_of(*choices: str | int) -> Scalar:
    def accept(value: object) -> Any:
        return value if isinstance(value, str | int) and value is not True and value in choices else BAD

    return Scalar(", ".join(f'"{c}"' if isinstance(c, str) else str(c) for c in choices), accept)


def _accept_text(value: object) -> Any:
    return value if isinstance(value, str) and value.strip() and _is_safe(value) else BAD


def _accept_money(value: object) -> Any:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,12}\.[0-9]{2}", value):
        return Decimal(value)
    return BAD


COUNT = _whole(f"a whole number from 0 to {LARGEST_COUNT}", 0)
MONEY = Scalar('a string of 1 to 12 digits, a point and 2 digits ("1234.50")', _accept_money)
TEXT = Scalar("a string that is not blank and has no control characters", _accept_text)
NUMBER = _matching('a measure number as a string ("51")', r"[1-9][0-9]{0,2}")
BOOLEAN = Scalar("true or false", lambda value: value if isinstance(value, bool) else BAD)

SUBMISSIONS = ObjectOf(
    (
        Key("reported", COUNT),
        Key("correct", OrNull(COUNT), None),
        *(
            Key(name, COUNT, 0)
            for name in ("gender", "age", "cpt", "dx", "cpt_dx", "missing_cpt", "missing_cpt_dx")
        ),
    )
)
MEASURE = ObjectOf(
    (
        Key("measure", NUMBER),
        Key("title", OrNull(TEXT), None),
        Key("any_qdc", OrNull(BOOLEAN), None),
        Key("eligible_instances", COUNT),
        Key("reported", COUNT),
        *(
            Key(name, COUNT, 0)
            for name in ("no_qdc", "qdc_errors", "excl_1p", "excl_2p", "excl_3p", "excl_other", "met")
        ),
        Key("not_met", OrNull(COUNT), None),
        Key("submissions", OrNull(SUBMISSIONS), None),
    )
)
GROUP = ObjectOf(
    (
        Key("group", TEXT),
        Key("eligible", COUNT),
        Key("complete", COUNT),
        Key("members", ArrayOf(MEASURE), ()),
    )
)
ATTEMPT = ObjectOf(
    (
        Key("method", _one_of(*(method.code for method in INDIVIDUAL_METHODS))),
        Key("registry_or_ehr_name", OrNull(TEXT), None),
        Key("measures", ArrayOf(MEASURE), ()),
        Key("groups", ArrayOf(GROUP), ()),
    )
)
_ELIGIBLE = MapOf(NUMBER, COUNT)
ELIGIBLE_BY_MEASURE = ObjectOf((Key("12", _ELIGIBLE, {}), Key("6", _ELIGIBLE, {})))
NPI = ObjectOf(
    (
        Key("npi", _matching("a string of 10 digits", r"[0-9]{10}")),
        Key("npi_name", OrNull(TEXT), None),
        Key("charges_12", MONEY),
        Key("charges_6", MONEY, Decimal("0.00")),
        Key("moc_requirements_met", OrNull(BOOLEAN), None),
        Key("eligible_by_measure", ELIGIBLE_BY_MEASURE, None),
        Key("attempts", ArrayOf(ATTEMPT), ()),
    )
)
CONTRACTOR = ObjectOf(
    (
        Key("id", _matching("a string of 5 characters 0-9 or A-Z", r"[0-9A-Z]{5}")),
        Key("charges_12", MONEY),
    )
)
NATIONAL_MEAN = ObjectOf(
    (
        Key("measure", NUMBER),
        Key("mechanism", _one_of("claims", "registry", "ehr")),
        Key("months", _one_of(12, 6)),
        Key("mean_percent", OrNull(_whole("a whole number from 0 to 100", 0, 100))),
    )
)
DISCOUNT = ObjectOf(
    tuple(
        Key(name, BOOLEAN, None) for name in ("claims", "registry", "ehr", "gpro2_claims", "gpro2_registry")
    )
)
MODULE = ObjectOf(
    (
        Key("module", _one_of(*GPRO1_MODULES)),
        Key("ranked", OrNull(ArrayOf(_one_of("Complete", "Excused", "Incomplete"))), None),
        Key("assigned", OrNull(COUNT), None),
        Key("excused", OrNull(COUNT), None),
        Key("consecutive_complete", OrNull(COUNT), None),
    )
)
GPRO_MEASURE = ObjectOf(
    (
        Key("measure", _one_of(*GPRO1_MEASURES)),
        Key("total", COUNT),
        Key("exclusions", COUNT, 0),
        Key("met", COUNT, 0),
    )
)
PRACTICE = ObjectOf(
    (
        Key("program", _one_of("pqrs")),
        Key("year", _one_of(PROGRAM_YEAR)),
        Key("tin", _matching("a string of 9 digits", r"[0-9]{9}", secret=True)),
        Key("tin_name", OrNull(TEXT), None),
        Key("participation", _one_of("individual", "gpro1", "gpro2")),
        Key("ep_count", OrNull(_whole(f"a whole number from 1 to {LARGEST_COUNT}", 1)), None),
        Key("charges_12", OrNull(MONEY), None),
        Key("contractors", ArrayOf(CONTRACTOR), ()),
        Key("npis", ArrayOf(NPI), ()),
        Key("national_means", ArrayOf(NATIONAL_MEAN), ()),
        Key("zero_performance_discount", OrNull(DISCOUNT), None),
        Key("gpro1_validation_passed", BOOLEAN, True),
        Key("gpro1_modules", ArrayOf(MODULE), ()),
        Key("gpro_measures", ArrayOf(GPRO_MEASURE), ()),
        Key("gpro2_tier", OrNull(_one_of(*GPRO2_TIERS)), None),
        Key("gpro2_method", OrNull(_one_of("Claims", "Registry")), None),
        Key("registry_name", OrNull(TEXT), None),
        Key("gpro2_measures", ArrayOf(MEASURE), ()),
        Key("gpro2_groups", ArrayOf(GROUP), ()),
    )
)
