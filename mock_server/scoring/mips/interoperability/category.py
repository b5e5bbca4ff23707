"""ACI/PI as a whole: the best set, the conflict test, the roll-up of an APM entity."""

from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from mock_server.scoring.computed import Computed, formula
from mock_server.scoring.mips.case import Case, set_order
from mock_server.scoring.mips.interoperability.base_performance import score_base_performance
from mock_server.scoring.mips.interoperability.objectives import evidence_of, score_objectives
from mock_server.scoring.mips.interoperability.record import PiSet
from mock_server.scoring.mips.interoperability.several_sets import contradictions, pi_conflict, union
from mock_server.scoring.mips.interoperability.tables import BasePerformance
from mock_server.scoring.mips.profile import PiParticipant


@formula(
    "mips.pi_rollup",
    "mean of the participants' percents weighted by their clinicians; who reported nothing counts 0",
    "M-APM-04",
)
def pi_rollup(*, participants: tuple[tuple[Decimal | None, int], ...]) -> Fraction:
    """PI percent of an APM entity; `participants` holds (percent, clinicians) without the reweighted ones."""
    clinicians = sum(count for _, count in participants)
    if not clinicians:
        return Fraction(0)
    return sum((Fraction(percent or 0) * count for percent, count in participants), Fraction(0)) / clinicians


class PiScore(Struct, frozen=True, kw_only=True):
    """The category: its sets, best first, or an entity's roll-up."""

    sets: tuple[PiSet, ...] = ()
    conflict: Computed[bool] | None = None
    """`None` where there was nothing to compare."""
    rollup: Computed[Fraction] | None = None
    all_reweighted: bool = False
    """Every participant of the roll-up is reweighted (M-APM-02)."""

    @property
    def has_data(self) -> bool:
        """M-WGT-04."""
        return bool(self.sets) or self.rollup is not None

    @property
    def picked(self) -> PiSet | None:
        """The set that counts; none in a conflict."""
        return self.sets[0] if self.sets and not self.is_conflict else None

    @property
    def is_conflict(self) -> bool:
        """Whether the sets contradict each other."""
        return self.conflict is not None and self.conflict.value

    @property
    def percent(self) -> Fraction:
        """0 to 100."""
        if self.rollup is not None:
            return self.rollup.value
        return Fraction(self.picked.percent.value) if self.picked else Fraction(0)


def score_interoperability(case: Case) -> PiScore:
    """Score the category; an APM entity's participants replace its own sets (M-APM-04)."""
    participants = case.profile.apm_pi_participants if case.under_apm_standard else ()
    if participants:
        return _rolled_up(participants)
    submitted = [s for s in case.submission.measurement_sets if s.category in case.rules.pi_aliases]
    if len(submitted) > 1:
        submitted.sort(key=set_order)
    tables = case.rules.interoperability
    if isinstance(tables, BasePerformance):
        return PiScore(sets=_best_first([score_base_performance(case, tables, one) for one in submitted]))
    evidence = [evidence_of(one) for one in submitted]
    conflict = None
    candidates = list(evidence)
    if len(evidence) > 1:
        conflict = pi_conflict.of(measures=contradictions(tables, evidence))
        if not conflict.value:
            candidates.append(union(evidence, case.rules.year))
    sets = _best_first([score_objectives(case, tables, one) for one in candidates])
    return PiScore(sets=sets, conflict=conflict)


def _rolled_up(participants: tuple[PiParticipant, ...]) -> PiScore:
    counted = [(one.percent, one.clinicians) for one in participants if not one.reweighted]
    if not counted:
        return PiScore(all_reweighted=True)
    return PiScore(rollup=pi_rollup.of(participants=tuple(sorted(counted, key=str))))


def _best_first(sets: list[PiSet]) -> tuple[PiSet, ...]:
    """The order of the sets, which is that of the methods, breaks ties."""
    return tuple(sorted(sets, key=lambda one: -one.percent.value))
