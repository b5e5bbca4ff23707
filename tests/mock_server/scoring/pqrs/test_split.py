"""Distribution among contractors (pqrs-2011 5.3, examples 10.5)."""

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_server.reference.pqrs_2011.constants import MINIMUM_CONTRACTOR_PAYMENT
from mock_server.scoring.pqrs.split import Weight, distribute
from tests.mock_server.scoring.pqrs.strategies import examples


def split(total: str | None, **charges: str) -> dict[str, str | None]:
    """Amounts by contractor, as listed; `c05102="1000.00"` gives the charges of contractor 05102."""
    weights = [Weight(name[1:], Decimal(amount)) for name, amount in charges.items()]
    shares = distribute(None if total is None else Decimal(total), MINIMUM_CONTRACTOR_PAYMENT, weights)
    return {payer: None if share.value is None else str(share.value) for payer, share in shares}


def test_p_ex_51_the_left_over_cent_goes_to_the_smaller_id() -> None:
    thousand = "1000.00"
    assert split("100.00", c05102=thousand, c09202=thousand, c13102=thousand) == {
        "05102": "33.34",
        "09202": "33.33",
        "13102": "33.33",
    }


def test_p_ex_52_a_share_below_20_dollars_is_dropped() -> None:
    assert split("64.00", c05102="4000.00", c13102="3000.00", c09202="1000.00") == {
        "05102": "36.57",
        "13102": "27.43",
    }


def test_p_ex_53_of_equal_small_shares_the_larger_id_is_dropped() -> None:
    assert split("31.00", c05102="500.00", c13102="500.00") == {"05102": "31.00"}


def test_p_ex_54_the_last_one_may_pay_less_than_20_dollars() -> None:
    assert split("12.40", c05102="700.00", c13102="540.00") == {"05102": "12.40"}


def test_p_ex_55_exactly_20_dollars_is_enough() -> None:
    assert split("40.00", c05102="900.00", c13102="900.00") == {"05102": "20.00", "13102": "20.00"}
    assert split("39.99", c05102="900.00", c13102="900.00") == {"05102": "39.99"}


def test_p_mac_1_contractors_without_charges() -> None:
    assert split("100.00", c05102="0.00", c13102="10.00") == {"13102": "100.00"}
    assert split("100.00", c05102="0.00", c13102="0.00") == {"05102": "50.00", "13102": "50.00"}
    assert split("100.00") == {}


@pytest.mark.parametrize("total", [None, "0.00"])
def test_p_mac_5_nothing_to_pay_lists_everyone(total: str | None) -> None:
    assert split(total, c13102="0.00", c05102="10.00") == {"05102": total, "13102": total}


contractors = st.dictionaries(
    st.from_regex(r"[0-9A-Z]{5}", fullmatch=True),
    st.decimals("0", "999999999999.99", places=2),
    min_size=1,
    max_size=8,
)


@examples()
@given(total=st.decimals("0.01", "9999999.99", places=2), charges=contractors)
def test_p_mac_3_the_parts_add_up_to_the_cent(total: Decimal, charges: dict[str, Decimal]) -> None:
    shares = distribute(total, MINIMUM_CONTRACTOR_PAYMENT, [Weight(*item) for item in charges.items()])
    paid = [share.value or Decimal(0) for _, share in shares]
    assert sum(paid) == total
    assert all(amount == amount.quantize(Decimal("0.01")) and amount >= 0 for amount in paid)
    ids = [contractor for contractor, _ in shares]
    assert ids == sorted(ids)


@examples()
@given(total=st.decimals("0.01", "9999.99", places=2), charges=contractors)
def test_p_mac_2_several_payers_pay_at_least_20_dollars_but_for_rounding(
    total: Decimal, charges: dict[str, Decimal]
) -> None:
    shares = distribute(total, MINIMUM_CONTRACTOR_PAYMENT, [Weight(*item) for item in charges.items()])
    if len(shares) > 1:
        assert all((share.value or 0) >= MINIMUM_CONTRACTOR_PAYMENT for _, share in shares)


@examples()
@given(total=st.decimals("0.01", "9999999.99", places=2), charges=contractors, seed=st.integers(0, 1000))
def test_p_json_3_the_order_of_contractors_is_irrelevant(
    total: Decimal, charges: dict[str, Decimal], seed: int
) -> None:
    weights = [Weight(*item) for item in charges.items()]
    shuffled = Random(seed).sample(weights, len(weights))
    assert distribute(total, MINIMUM_CONTRACTOR_PAYMENT, weights) == distribute(
        total, MINIMUM_CONTRACTOR_PAYMENT, shuffled
    )
