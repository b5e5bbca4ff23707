"""Distribution of a TIN's incentive among contractors (pqrs-2011 5.3).

Whole cents in integer arithmetic: the parts always add up to the total. The $20 rule looks at exact shares,
never at rounded ones.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from mock_server.scoring.computed import Computed, formula


class Weight(NamedTuple):
    """A contractor and the allowed charges that it processed."""

    id: str
    charges: Decimal


class _Share(NamedTuple):
    id: str
    weight: int
    """In cents of charges; all 1 where nobody has charges."""


@formula(
    "pqrs.contractor_share",
    "total * charges of contractor / charges of all that pay, in whole cents by largest remainder; "
    "while the smallest share is below minimum, the contractor with the smallest charges pays nothing",
    "P-MAC-1",
    "P-MAC-2",
    "P-MAC-3",
    "P-MAC-5",
    "P-MAC-6",
)
def contractor_share(
    *, contractor: str, total: Decimal | None, minimum: Decimal, contractors: Sequence[Weight]
) -> Decimal | None:
    """Amount that one contractor pays; `None` if nothing was earned or it pays nothing."""
    return dict(_split(total, minimum, contractors)).get(contractor)


def distribute(
    total: Decimal | None, minimum: Decimal, contractors: Sequence[Weight]
) -> tuple[tuple[str, Computed[Decimal | None]], ...]:
    """Share of every listed contractor by id; dropped ones are left out (P-MAC-4).

    Nothing earned or nothing to pay lists all of them, with `None` or zero (P-MAC-5).
    """
    weights = tuple(sorted(contractors))
    return tuple(
        (
            contractor,
            Computed(
                amount,
                contractor_share.name,
                (
                    ("contractor", contractor),
                    ("total", total),
                    ("minimum", minimum),
                    ("contractors", weights),
                ),
                contractor_share.rules,
            ),
        )
        for contractor, amount in _split(total, minimum, weights)
    )


def _split(
    total: Decimal | None, minimum: Decimal, contractors: Sequence[Weight]
) -> list[tuple[str, Decimal | None]]:
    if not total:
        return [(c.id, total) for c in sorted(contractors)]
    payers = _payers(_cents(total), _cents(minimum), _weigh(contractors))
    return [
        (payer, Decimal(cents).scaleb(-2)) for payer, cents in sorted(_whole_cents(_cents(total), payers))
    ]


def _weigh(contractors: Sequence[Weight]) -> list[_Share]:
    """Contractors with charges; all alike if none has any (P-MAC-1). Largest first, ties by id."""
    charged = [_Share(c.id, _cents(c.charges)) for c in contractors if c.charges]
    shares = charged or [_Share(c.id, 1) for c in contractors]
    return sorted(shares, key=lambda share: (-share.weight, share.id))


def _payers(total: int, minimum: int, shares: list[_Share]) -> list[_Share]:
    """Drop the smallest while its exact share is below the minimum and others remain (P-MAC-2)."""
    payers, weight = list(shares), sum(share.weight for share in shares)
    while len(payers) > 1 and total * payers[-1].weight < minimum * weight:
        weight -= payers.pop().weight
    return payers


def _whole_cents(total: int, shares: list[_Share]) -> list[tuple[str, int]]:
    """Floors, then the left-over cents to the largest remainders (P-MAC-3); `shares` largest first."""
    weight = sum(share.weight for share in shares)
    floors = {share.id: total * share.weight // weight for share in shares}
    left_over = total - sum(floors.values())
    by_remainder = sorted(shares, key=lambda share: -(total * share.weight % weight))
    for share in by_remainder[:left_over]:
        floors[share.id] += 1
    return list(floors.items())


def _cents(amount: Decimal) -> int:
    return int(amount.scaleb(2))
