"""What holds for every valid record (pqrs-2011; the brief's properties)."""

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mock_server.intake.pqrs_record import read_practice
from mock_server.reference.pqrs_2011.measures import MEASURES
from mock_server.reference.pqrs_2011.methods import INDIVIDUAL_METHODS
from mock_server.scoring.computed import FORMULAS, Computed
from mock_server.scoring.pqrs import result as results
from mock_server.scoring.pqrs.engine import score_practice
from mock_server.scoring.pqrs.rates import NULL
from mock_server.scoring.pqrs.record import Practice
from mock_server.scoring.pqrs.result import PracticeResult
from tests.mock_server.scoring.pqrs.builders import attempt, judged, measure
from tests.mock_server.scoring.pqrs.strategies import Document, attempts, examples, practices


def read(document: Document) -> Practice:
    return read_practice(json.dumps(document).encode())


def figures(part: Any) -> Iterator[Computed[Any]]:
    """Every computed figure in a result, stored or made on access."""
    if isinstance(part, Computed):
        yield part
    elif isinstance(part, tuple):
        for element in part:
            yield from figures(element)
    elif is_dataclass(part) and type(part).__module__ == results.__name__:
        stored = [field.name for field in fields(part)]
        on_access = [name for name, kind in vars(type(part)).items() if isinstance(kind, property)]
        for name in stored + on_access:
            if name != "table_1_attempts":
                yield from figures(getattr(part, name))


def rows(scored: PracticeResult) -> Iterator[results.MeasureResult]:
    for person in scored.professionals:
        for tried in person.attempts:
            yield from tried.measures
            for group in tried.groups:
                yield from group.members


def shuffled(part: Any, order: Random) -> Any:
    """The same document with every array in another order."""
    if isinstance(part, list):
        return order.sample([shuffled(element, order) for element in part], len(part))
    if isinstance(part, dict):
        return {key: shuffled(value, order) for key, value in part.items()}
    return part


def outcome(scored: PracticeResult) -> Any:
    """Everything a report shows, without the record that it came from."""
    return [
        [(p.npi, p.selected, p.pqrs, p.moc, p.total, p.charges_shown) for p in scored.professionals],
        [list(figures(p)) for p in scored.professionals],
        [p.npi for p in scored.moc_participants],
        scored.totals,
        scored.distribution,
    ]


@examples()
@given(practices())
def test_every_figure_recomputes_from_its_formula_and_inputs(document: Document) -> None:
    scored = score_practice(read(document))
    for figure in figures(scored):
        assert FORMULAS[figure.formula](**dict(figure.inputs)) == figure.value, figure
        assert figure.rules


@examples()
@given(practices())
def test_p_f_rates_stay_within_0_and_100(document: Document) -> None:
    for shown in rows(score_practice(read(document))):
        assert 0 <= shown.reporting_rate.value <= 100
        rate = shown.performance_rate.value
        assert rate is NULL or 0 <= rate <= 100
        assert shown.not_met.value >= 0


@examples()
@given(practices(), st.integers(0, 1000))
def test_p_json_3_the_order_of_rows_is_irrelevant(document: Document, seed: int) -> None:
    other = shuffled(document, Random(seed))
    assert outcome(score_practice(read(other))) == outcome(score_practice(read(document)))


@examples()
@given(practices())
def test_p_inc_amounts_add_up(document: Document) -> None:
    scored = score_practice(read(document))
    earned = [p.total.value for p in scored.professionals if p.total.value is not None]
    total = scored.totals.total.value
    assert total == (sum(earned) if earned else None)
    parts = [share.amount.value for share in scored.distribution]
    if total and parts:
        assert sum(part or Decimal(0) for part in parts) == total


@examples()
@given(practices())
def test_p_cho_at_most_one_method_pays_and_it_pays_most(document: Document) -> None:
    for person in score_practice(read(document)).professionals:
        offers = [a.incentive.value for a in person.attempts if a.incentive.value is not None]
        assert person.pqrs.value == (max(offers) if offers else None)
        marks = [person.mark(a).value for a in person.attempts]
        assert marks.count("Yes") == bool(offers)
        assert all(a.eligible or a.incentive.value is None for a in person.attempts)
        satisfied = {a.method.months for a in person.attempts if a.eligible}
        chosen = next((a for a in person.attempts if a.method.code == person.selected.value), None)
        if chosen is not None and 12 in satisfied:
            assert chosen.method.months == 12, "P-CHO-5"


@examples()
@given(st.data())
def test_adding_a_satisfactory_measure_never_lowers_eligibility(data: st.DataObject) -> None:
    """Holds wherever the decision does not rest on MAV (see test_p_mav_1_...)."""
    method = data.draw(st.sampled_from([m for m in INDIVIDUAL_METHODS if not m.groups]))
    document = data.draw(attempts(method))
    record = {"program": "pqrs", "year": 2011, "tin": "987654321", "participation": "individual"}
    person = {"npi": "1200000010", "charges_12": "1.00", "attempts": [document]}
    (tried,) = read({**record, "npis": [person]}).professionals[0].attempts
    before = judged(tried)
    free = sorted(set(MEASURES) - {m.measure for m in tried.measures})
    extra = measure(data.draw(st.sampled_from(free)), 40, 40, claims=method.mechanism == "claims")
    after = judged(replace(tried, measures=(*tried.measures, extra)))
    if before.mav is None:
        assert after.eligible >= before.eligible
    assert after.measures_satisfactory.value == before.measures_satisfactory.value + 1


def test_p_sr_1_a_professional_is_judged_alone() -> None:
    tried = attempt("IND-REG-12", "31 77/63, 32 65/52, 35 90/73")
    assert judged(tried, npi="1300000027").verdict == judged(tried).verdict
