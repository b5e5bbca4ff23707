"""The practice record of a TIN that took part in PQRS 2011 with individual professionals (P-DM-50)."""

from collections.abc import Sequence
from decimal import Decimal

from mock_server.reference.pqrs_2011.methods import MethodCode
from mock_server.scenario.pqrs_counts.attempts import attempts_of
from mock_server.scenario.pqrs_counts.means import NATIONAL_MEANS
from mock_server.scenario.pqrs_counts.plans import ARRANGED_CONTRACTORS, ARRANGED_TIN, Plan, plan_of
from mock_server.scenario.stream import HashStream
from mock_server.scoring.pqrs.record import Attempt, Contractor, EligibleCount, Practice, Professional

_SEED = "pqrs-2011"
_CONTRACTOR_IDS = ("99101", "99202", "99303", "99404", "99505")
"""Invented; no A/B MAC or Carrier has them."""
_HOW_MANY_CONTRACTORS = ((60, 1), (30, 2), (10, 3))


def practice_record(
    tin: str, tin_name: str | None, professionals: Sequence[tuple[str, str | None]]
) -> Practice:
    """The synthetic record of a TIN for its `(npi, name)` pairs: the same in every run, on every machine."""
    people = tuple(_professional(tin, npi, name) for npi, name in professionals)
    return Practice(
        tin=tin,
        tin_name=tin_name,
        participation="individual",
        ep_count=len(people) or None,
        contractors=_contractors(tin, sum((person.charges_12 for person in people), Decimal())),
        professionals=people,
        national_means=NATIONAL_MEANS,
    )


def _professional(tin: str, npi: str, name: str | None) -> Professional:
    draw = HashStream(_SEED, tin, npi)
    plan = plan_of(tin, npi, draw)
    year, half = _charges(draw, plan)
    attempts, eligible = _tried(draw, plan)
    return Professional(
        npi=npi,
        npi_name=name,
        charges_12=year,
        charges_6=half,
        moc_requirements_met=plan.moc,
        eligible_by_measure=eligible,
        attempts=attempts,
    )


def _charges(draw: HashStream, plan: Plan) -> tuple[Decimal, Decimal]:
    """Allowed charges of the year, and of its second half."""
    cents = draw.between(800_000, 24_000_000) if plan.charged else 0
    return _dollars(cents), _dollars(cents * draw.between(42, 58) // 100)


def _tried(draw: HashStream, plan: Plan) -> tuple[tuple[Attempt, ...], tuple[EligibleCount, ...]]:
    by_method: dict[MethodCode, Attempt] = {}
    eligible: list[EligibleCount] = []
    # The year first: a half-year of the same method is drawn from it.
    for trial in sorted(plan.trials, key=lambda trial: trial.method.endswith("-6")):
        drawn = attempts_of(draw, trial, by_method)
        by_method.update((attempt.method, attempt) for attempt in drawn.attempts)
        eligible.extend(drawn.eligible)
    return tuple(by_method.values()), tuple(eligible)


def _contractors(tin: str, charges: Decimal) -> tuple[Contractor, ...]:
    """One to three contractors that share the charges of the TIN."""
    draw = HashStream(_SEED, tin)
    number = draw.weighted(_HOW_MANY_CONTRACTORS)
    ids = sorted(draw.sample(_CONTRACTOR_IDS, ARRANGED_CONTRACTORS if tin == ARRANGED_TIN else number))
    left = int(charges * 100)
    contractors = []
    for contractor in ids[:-1]:
        part = left * draw.between(35, 80) // 100
        contractors.append(Contractor(id=contractor, charges_12=_dollars(part)))
        left -= part
    return (*contractors, Contractor(id=ids[-1], charges_12=_dollars(left)))


def _dollars(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)
