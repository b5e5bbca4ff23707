"""The outcome of one scoring as typed values; the tree shows the same, node by node."""

from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from mock_server.scoring.computed import Computed
from mock_server.scoring.mips.activities import ActivitiesScore
from mock_server.scoring.mips.case import Case
from mock_server.scoring.mips.cost import CostScore
from mock_server.scoring.mips.final import Bonus, Total
from mock_server.scoring.mips.interoperability.category import PiScore
from mock_server.scoring.mips.payment import PaymentAdjustment
from mock_server.scoring.mips.quality.category import QualityScore
from mock_server.scoring.mips.rounding import ZERO, rounded
from mock_server.scoring.mips.rules import Slot
from mock_server.scoring.mips.tree import Node
from mock_server.scoring.mips.weights import Presence


class Result(Struct, frozen=True, kw_only=True):
    """Category scores and what they add up to."""

    case: Case
    quality: QualityScore
    pi: PiScore
    ia: ActivitiesScore
    cost: CostScore
    presence: Presence
    total: Total
    bonuses: tuple[Bonus, ...]
    bonus_sum: Computed[Decimal]
    total_score: Computed[Fraction]
    """0 to 100, unrounded."""
    final_score: Computed[Decimal] | None
    """Two decimals; `None` in preliminary mode."""
    payment: PaymentAdjustment | None
    """`None` in preliminary mode and for voluntary reporters (M-FIN-08)."""

    def weight(self, slot: Slot) -> int:
        """Weight of a category in percent."""
        return self.total.weighing.of(slot)

    def percent(self, slot: Slot) -> Fraction:
        """Percent of a category, 0 to 100, unrounded."""
        return self.total.percents[slot]

    def weighted(self, slot: Slot) -> Fraction:
        """Contribution of a category, unrounded."""
        return self.total.weighted[slot].value

    def is_shown(self, slot: Slot) -> bool:
        """Whether the category has something to show: data, automatic credit or a cost score (M-TREE-02)."""
        if self.total.facility is not None and slot in ("quality", "cost"):
            return True
        if slot == "cost":
            return bool(self.cost.measures)
        if slot == "ia":
            return self.presence.ia or self.ia.credit.value > 0
        return self.presence.quality if slot == "quality" else self.presence.pi

    @property
    def shown_maximum(self) -> int:
        """What the preliminary total is shown out of (M-WGT-08): `69.25 / 100`, `0.00 / 45` (M-WGT-09)."""
        waits = self.total.weighing.waits_for_web_interface
        slots: tuple[Slot, ...] = ("quality", "ia", "pi", "cost")
        return sum(self.weight(s) for s in slots if self.is_shown(s) or (waits and s == "quality"))


class ScoreTree(Struct, frozen=True, kw_only=True):
    """A score with its explanation."""

    result: Result
    root: Node
    """`total` (M-TREE-02)."""

    @property
    def value(self) -> Decimal:
        """The total with four decimals."""
        return rounded(self.result.total_score.value, 4)

    @property
    def final_score(self) -> Decimal | None:
        """Two decimals; `None` in preliminary mode."""
        return None if self.result.final_score is None else self.result.final_score.value

    @property
    def payment_total(self) -> Decimal | None:
        """Percent; `None` in preliminary mode and for voluntary reporters."""
        return None if self.result.payment is None else self.result.payment.total.value

    def category(self, slot: Slot) -> Decimal:
        """Weighted score of a category with four decimals; 0 where there is nothing."""
        figure = self.result.total.weighted.get(slot)
        return ZERO if figure is None else rounded(figure.value, 4)
