"""Faultless nodes to the frozen record. The key tables and the record share their names, but for a few."""

from mock_server.intake.pqrs_record.shape import Node
from mock_server.reference.pqrs_2011.methods import Months
from mock_server.scoring.pqrs.record import (
    Attempt,
    Contractor,
    EligibleCount,
    Gpro1MeasureCounts,
    Gpro1Module,
    GroupCounts,
    MeasureCounts,
    NationalMean,
    Practice,
    Professional,
    Submissions,
    ZeroPerformanceDiscount,
)


def build_practice(node: Node) -> Practice:
    """The practice of a record in which no fault was found."""
    own = {
        name: node.values[name]
        for name in (
            "tin",
            "tin_name",
            "participation",
            "ep_count",
            "charges_12",
            "gpro1_validation_passed",
            "gpro2_tier",
            "gpro2_method",
            "registry_name",
        )
    }
    return Practice(
        **own,
        contractors=tuple(Contractor(**c.values) for c in node.nodes("contractors")),
        professionals=tuple(map(_professional, node.nodes("npis"))),
        national_means=tuple(NationalMean(**m.values) for m in node.nodes("national_means")),
        zero_performance_discount=_discount(node.values["zero_performance_discount"]),
        gpro1_modules=tuple(map(_module, node.nodes("gpro1_modules"))),
        gpro_measures=tuple(Gpro1MeasureCounts(**m.values) for m in node.nodes("gpro_measures")),
        gpro2_measures=tuple(map(_measure, node.nodes("gpro2_measures"))),
        gpro2_groups=tuple(map(_group, node.nodes("gpro2_groups"))),
    )


def _professional(node: Node) -> Professional:
    return Professional(
        **{
            **node.values,
            "eligible_by_measure": _eligible(node.values["eligible_by_measure"]),
            "attempts": tuple(map(_attempt, node.nodes("attempts"))),
        }
    )


def _eligible(node: Node | None) -> tuple[EligibleCount, ...]:
    if node is None:
        return ()
    periods: tuple[tuple[str, Months], ...] = (("12", 12), ("6", 6))
    return tuple(
        EligibleCount(months=months, measure=measure, count=count)
        for key, months in periods
        for measure, count in node.values[key].items()
    )


def _attempt(node: Node) -> Attempt:
    return Attempt(
        **{
            **node.values,
            "measures": tuple(map(_measure, node.nodes("measures"))),
            "groups": tuple(map(_group, node.nodes("groups"))),
        }
    )


def _group(node: Node) -> GroupCounts:
    return GroupCounts(**{**node.values, "members": tuple(map(_measure, node.nodes("members")))})


def _measure(node: Node) -> MeasureCounts:
    sent = node.values["submissions"]
    return MeasureCounts(**{**node.values, "submissions": Submissions(**sent.values) if sent else None})


def _discount(node: Node | None) -> ZeroPerformanceDiscount:
    given = {name: on for name, on in node.values.items() if on is not None} if node else {}
    return ZeroPerformanceDiscount(**given)


def _module(node: Node) -> Gpro1Module:
    ranked = node.values["ranked"]
    return Gpro1Module(**{**node.values, "ranked": None if ranked is None else tuple(ranked)})
