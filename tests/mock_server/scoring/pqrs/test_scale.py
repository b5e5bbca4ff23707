"""The largest practices: every professional counts (how fast stands in `make bench`)."""

from mock_server.scoring.pqrs.engine import score_practice
from tests.mock_server.scoring.pqrs.builders import (
    ARTHRITIS,
    DIABETES,
    attempt,
    group,
    practice,
    professional,
)


def test_a_thousand_professionals_with_four_methods_each() -> None:
    tried = (
        attempt("IND-CLM-12", "1 120/66, 47 210/105, 110 88/40, 128 95/61, 226 140/69"),
        attempt("IND-REG-12", "31 77/63, 32 65/52, 35 90/73, 36 48/30"),
        attempt("MG30-REG-12", "", group(ARTHRITIS, "34/28"), group(DIABETES, "40/31")),
        attempt("MG80-REG-6", "", group(ARTHRITIS, "12/9")),
    )
    everyone = practice(*(professional(*tried, npi=str(1_200_000_000 + i)) for i in range(1000)))
    result = score_practice(everyone)
    assert len(result.professionals) == 1000
    assert str(result.totals.total.value) == "1000000.00"
