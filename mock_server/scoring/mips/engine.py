"""Score a submission: categories first, then weights, bonuses, final score, payment and the tree.

    score(submission, profile).root.value
    score(submission, profile, "final").final_score
    score(submission, profile, "final", Overrides(performance_rate={"236": Decimal(80)}))

Pure: the same input gives the same tree. Input has to be valid by submissions-api 9.2; a measure that the
year does not know raises `KeyError`, like a year that nobody scores.
"""

from fractions import Fraction
from typing import Final

from mock_server.reference.mips.years import MipsYear, mips_year
from mock_server.scoring.mips.activities import score_activities
from mock_server.scoring.mips.case import Case
from mock_server.scoring.mips.cost import score_cost
from mock_server.scoring.mips.final import add_up, bonuses_of, final_score, sum_of_bonuses, total_of
from mock_server.scoring.mips.interoperability.category import score_interoperability
from mock_server.scoring.mips.nodes.root import root_node
from mock_server.scoring.mips.payment import payment_for
from mock_server.scoring.mips.profile import Mode, Overrides, Profile
from mock_server.scoring.mips.quality.category import score_quality
from mock_server.scoring.mips.result import Result, ScoreTree
from mock_server.scoring.mips.rules import Slot
from mock_server.scoring.mips.submission import Submission
from mock_server.scoring.mips.weights import Presence, weigh
from mock_server.scoring.mips.years import RULES

_NO_PROFILE: Final = Profile()
_NO_OVERRIDES: Final = Overrides()
_NOTHING: Final = Fraction(0)


def score(
    submission: Submission,
    profile: Profile = _NO_PROFILE,
    mode: Mode = "preliminary",
    overrides: Overrides = _NO_OVERRIDES,
) -> ScoreTree:
    """The score of one entity with its tree."""
    result = evaluate(case_of(submission, profile, mode, overrides))
    return ScoreTree(result=result, root=root_node(result))


def case_of(submission: Submission, profile: Profile, mode: Mode, overrides: Overrides) -> Case:
    """The submission with the rules and the reference data of its year, what-if changes put in."""
    year = submission.performance_year
    return Case(
        submission=submission,
        profile=profile,
        mode=mode,
        rules=RULES[year],
        reference=_reference(year, overrides),
        given_rates=overrides.performance_rate,
    )


def _reference(year: int, overrides: Overrides) -> MipsYear:
    reference = mips_year(year)
    if overrides.benchmarks or overrides.removed_benchmarks:
        reference = reference.with_benchmarks(overrides.benchmarks, overrides.removed_benchmarks)
    return reference if overrides.clinical_clusters else reference.without_clusters()


def evaluate(case: Case) -> Result:
    """The score without the tree."""
    quality = score_quality(case)
    pi = score_interoperability(case)
    ia = score_activities(case, any_other_data=quality.has_data or pi.has_data)
    cost = score_cost(case)
    presence = Presence(
        quality=quality.has_data,
        pi=pi.has_data,
        ia=ia.has_data,
        cost_scorable=cost.percent is not None and cost.weighted,
        pi_all_reweighted=pi.all_reweighted,
    )
    percents: dict[Slot, Fraction] = {
        "quality": quality.percent,
        "cost": cost.percent.value if cost.percent is not None else _NOTHING,
        "ia": ia.percent.value,
        "pi": pi.percent,
    }
    total = add_up(case, weigh(case, presence), percents)
    bonuses = bonuses_of(case, total, any_data=presence.any)
    bonus_sum = sum_of_bonuses.of(bonuses=tuple((bonus.name, bonus.points.value) for bonus in bonuses))
    exact = total_of(case, total, bonus_sum)
    final = final_score.of(total=exact.value) if case.is_final else None
    pays = final is not None and not case.profile.voluntary
    return Result(
        case=case,
        quality=quality,
        pi=pi,
        ia=ia,
        cost=cost,
        presence=presence,
        total=total,
        bonuses=bonuses,
        bonus_sum=bonus_sum,
        total_score=exact,
        final_score=final,
        payment=payment_for(final.value, case.rules.payment) if final is not None and pays else None,
    )
