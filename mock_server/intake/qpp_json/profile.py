"""The `profile` of a scoring record (mips-scoring 0.1): the table of its keys.

The settings may stand in an object `settings` or beside the other keys; the specification lists them there.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from mock_server.intake.qpp_json.forms import (
    BAD,
    Field,
    Scalar,
    as_number,
    count,
    flag,
    matching,
    number,
    number_between,
    number_from_zero,
    one_of,
)
from mock_server.intake.qpp_json.nested import ArrayOf, MapOf, ObjectOf, read_own
from mock_server.intake.qpp_json.places import Place
from mock_server.intake.qpp_json.problems import Problems
from mock_server.scoring.mips.profile import (
    Circumstances,
    CostResult,
    Facility,
    PiParticipant,
    PriorQuality,
    Profile,
    Readmission,
    Settings,
    SurveyScore,
)

RULE: Final = "M-0.1"
"""Section 0.1 of the scoring rules."""

FLAG: Final = flag(RULE)
COUNT: Final = count(RULE)
PERCENT: Final = number_between(RULE, 0, 100)
NUMBER: Final = number(RULE)
_FROM_ZERO: Final = number_from_zero(RULE)


def _accept_above_zero(value: object) -> Any:
    exact = as_number(value)
    return exact if exact is not BAD and exact > 0 else BAD


def _accept_one_or_more(value: object) -> Any:
    good = COUNT.accept(value)
    return good if good is not BAD and good >= 1 else BAD


_ABOVE_ZERO: Final = Scalar(RULE, "a number above 0", _accept_above_zero)
_ONE_OR_MORE: Final = Scalar(RULE, "a whole number of 1 or more", _accept_one_or_more)
TEXT: Final = matching(RULE, "an id as a text", r"[!-~]{1,60}")

FLAGS: Final = (
    "smallPractice",
    "rural",
    "hpsa",
    "nonPatientFacing",
    "hospitalBased",
    "ascBased",
    "piReweightClinicianType",
    "piHardshipApproved",
    "apmParticipant",
    "iaStudyParticipant",
    "cmsKnownPcmh",
    "scoredUnderApmStandard",
    "wiRegistered",
    "wiComplete",
    "cahpsRegistered",
    "voluntary",
)
"""Flags that are false when absent."""


def _flags(*names: str, default: bool = False) -> tuple[Field, ...]:
    return tuple(Field(name, FLAG, default=default) for name in names)


_SETTINGS: Final = (
    *_flags("covid2019"),
    Field("preliminaryCost", one_of(RULE, "reweight", "reserve"), default="reweight"),
    Field("enforceIa90Days", FLAG, default=True, argument="enforce_ia_90_days"),
)
_FIELDS: Final = (
    *_flags(*FLAGS),
    *_flags("cahpsSampleMet", default=True),
    Field("clinicianCount", COUNT),
    Field(
        "euc",
        ObjectOf(RULE, _flags("quality", "pi", "ia", "cost"), Circumstances),
        default=Circumstances(),
    ),
    Field("mipsApm", one_of(RULE, "none", "ssp", "nextgen", "other"), default="none"),
    Field("wiMeasureComplete", MapOf(RULE, FLAG), default={}),
    Field("claimsEligibleInstances", MapOf(RULE, COUNT), default={}),
    Field(
        "acr",
        ObjectOf(
            RULE, (Field("rate", PERCENT, required=True), Field("cases", COUNT, required=True)), Readmission
        ),
    ),
    Field(
        "cahps",
        MapOf(
            RULE,
            ObjectOf(RULE, (Field("score", NUMBER, required=True), *_flags("isBelowMinimum")), SurveyScore),
        ),
    ),
    Field(
        "cost",
        ArrayOf(
            RULE,
            ObjectOf(
                RULE,
                (
                    Field("measureId", TEXT, required=True),
                    Field("value", _FROM_ZERO, required=True),
                    Field("cases", COUNT, required=True),
                ),
                CostResult,
            ),
        ),
        default=(),
    ),
    Field(
        "apmPiParticipants",
        ArrayOf(
            RULE,
            ObjectOf(
                RULE,
                (
                    Field("percent", PERCENT),
                    Field("clinicians", _ONE_OR_MORE, default=1),
                    *_flags("reweighted"),
                ),
                PiParticipant,
            ),
        ),
        default=(),
    ),
    Field("hccAverage", _FROM_ZERO),
    Field("dualRatio", number_between(RULE, 0, 1)),
    Field(
        "priorYear",
        ObjectOf(
            RULE,
            (
                Field("qualityAchievementPoints", _FROM_ZERO, required=True),
                Field("qualityDenominator", _ABOVE_ZERO, required=True),
            ),
            PriorQuality,
        ),
    ),
    Field(
        "facility",
        ObjectOf(
            RULE,
            (
                Field("qualityPercent", PERCENT, required=True),
                Field("costPercent", PERCENT, required=True),
            ),
            Facility,
        ),
    ),
    Field("settings", ObjectOf(RULE, _SETTINGS, Settings), default=Settings()),
    *(replace(row, default=None) for row in _SETTINGS),
)


def read_profile(members: Mapping[str, object], place: Place, problems: Problems) -> Profile | None:
    """The profile in an object of a document; `None` after recording at least one problem."""
    before = len(problems)
    good = read_own(members, RULE, _FIELDS, place, problems)
    if len(problems) > before:
        return None
    beside = {row.argument: good.pop(row.argument) for row in _SETTINGS}
    given = {name: value for name, value in beside.items() if value is not None}
    return Profile(**{**good, "settings": replace(good["settings"], **given)})
