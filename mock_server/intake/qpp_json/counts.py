"""The counts of one rate: the same five for a single rate and for each stratum (API-VAL-35, API-VAL-36)."""

from collections.abc import Mapping
from typing import Any, Final

from mock_server.intake.qpp_json.forms import Field, count
from mock_server.intake.qpp_json.places import Place
from mock_server.intake.qpp_json.problems import Problem, Problems
from mock_server.scoring.mips.submission import Counts

COUNT: Final = count("API-VAL-35")
_PARTS: Final = (
    Field("performanceMet", COUNT, required=True, missing_rule="API-VAL-34"),
    Field("performanceNotMet", COUNT, default=0),
    Field("eligiblePopulationExclusion", COUNT, default=0),
    Field("eligiblePopulationException", COUNT, default=0),
)
_WHOLE: Final = Field("eligiblePopulation", COUNT, required=True, missing_rule="API-VAL-34")

COUNTS: Final = (*_PARTS, _WHOLE)


def read_counts(good: Mapping[str, Any], place: Place, problems: Problems) -> Counts | None:
    """The counts among good fields; `None` if one is bad or the parts exceed the whole (API-VAL-36)."""
    try:
        counts = Counts(
            performance_met=good["performance_met"],
            performance_not_met=good["performance_not_met"],
            eligible_population_exclusion=good["eligible_population_exclusion"],
            eligible_population_exception=good["eligible_population_exception"],
            eligible_population=good["eligible_population"],
        )
    except KeyError:
        return None
    total = (
        counts.performance_met
        + counts.performance_not_met
        + counts.eligible_population_exclusion
        + counts.eligible_population_exception
    )
    if total <= counts.eligible_population:
        return counts
    shown = " + ".join(f"{row.name} {good[row.argument]}" for row in _PARTS if good[row.argument])
    found = f"{counts.eligible_population}, but {shown} = {total}"
    place = place.at(_WHOLE.name)
    problems.append(Problem("API-VAL-36", place, found, f"at least {total}, the sum of its parts"))
    return None
