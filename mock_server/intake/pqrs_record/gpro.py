"""Rules on records of the group options (P-DM-39, and the count rules for their measures)."""

from collections.abc import Iterator
from typing import Final

from mock_server.intake.pqrs_record.findings import Finding
from mock_server.intake.pqrs_record.measures import group_faults, measure_faults
from mock_server.intake.pqrs_record.shape import Node
from mock_server.intake.pqrs_record.unique import repeated
from mock_server.reference.pqrs_2011.gpro import GPRO1_MODULES, tier_of

_RULE: Final = "P-DM-39"
_MODULE_COUNTS: Final = ("assigned", "excused", "consecutive_complete")
GPRO1_SMALLEST: Final = 200
"""Fewest eligible professionals of a GPRO I practice."""


def gpro_faults(practice: Node) -> Iterator[Finding]:
    """Broken rules of GPRO I and GPRO II data, wherever it stands."""
    yield from _data_faults(practice)
    participation = practice.values.get("participation")
    if participation in ("gpro1", "gpro2"):
        if practice.these("charges_12") == (None,):
            yield _missing(practice, "charges_12", f'required with participation "{participation}"')
        yield from _gpro1_faults(practice) if participation == "gpro1" else _gpro2_faults(practice)


def _data_faults(practice: Node) -> Iterator[Finding]:
    mechanism = {"Claims": "claims", "Registry": "registry"}.get(practice.values.get("gpro2_method") or "")
    for measure in practice.nodes("gpro2_measures"):
        yield from measure_faults(measure, mechanism, takes_submissions=False)
    for group in practice.nodes("gpro2_groups"):
        yield from group_faults(group, mechanism)
    for module in practice.nodes("gpro1_modules"):
        yield from _module_faults(module)
    for counts in practice.nodes("gpro_measures"):
        yield from _gpro_measure_faults(counts)
    yield from repeated(practice.nodes("gpro2_measures"), "measure")
    yield from repeated(practice.nodes("gpro2_groups"), "group")
    yield from repeated(practice.nodes("gpro1_modules"), "module")
    yield from repeated(practice.nodes("gpro_measures"), "measure")


def _gpro1_faults(practice: Node) -> Iterator[Finding]:
    ep_count = practice.values.get("ep_count")
    if ep_count is not None and ep_count < GPRO1_SMALLEST:
        yield Finding(
            _RULE,
            practice.at("ep_count"),
            f"found {ep_count}; allowed for GPRO I: null or {GPRO1_SMALLEST} and more",
        )
    given = {module.values.get("module") for module in practice.nodes("gpro1_modules")}
    absent = [title for title in GPRO1_MODULES if title not in given]
    if absent and "gpro1_modules" in practice.values:
        yield Finding(
            _RULE,
            practice.at("gpro1_modules"),
            f"missing: {', '.join(absent)}; required for GPRO I: all {len(GPRO1_MODULES)} modules",
        )


def _gpro2_faults(practice: Node) -> Iterator[Finding]:
    if practice.these("gpro2_method") == (None,):
        yield _missing(practice, "gpro2_method", "required for GPRO II")
    given = practice.these("gpro2_tier", "ep_count")
    if given is None:
        return
    tier, ep_count = given
    if tier is None and ep_count is None:
        yield _missing(practice, "gpro2_tier", "required for GPRO II: the tier or ep_count")
    if ep_count is None:
        return
    counted = tier_of(ep_count)
    if counted is None:
        yield Finding(_RULE, practice.at("ep_count"), f"found {ep_count}; allowed for GPRO II: 2 to 199")
    elif tier is not None and tier != counted.title:
        yield Finding(
            _RULE,
            practice.at("gpro2_tier"),
            f'found "{tier}"; allowed with ep_count {ep_count}: "{counted.title}"',
        )


def _module_faults(module: Node) -> Iterator[Finding]:
    keys = ("ranked", *_MODULE_COUNTS)
    values = module.these(*keys)
    if values is None:
        return
    given = tuple(key for key, value in zip(keys, values, strict=True) if value is not None)
    if given not in (("ranked",), _MODULE_COUNTS):
        message = (
            f"found {' and '.join(given) or 'no counts'}; "
            f"allowed: either ranked or all of {', '.join(_MODULE_COUNTS)}"
        )
        yield Finding(_RULE, module.path, message)
    elif given == _MODULE_COUNTS:
        yield from _at_most(_RULE, module, "assigned", "excused", "consecutive_complete")


def _gpro_measure_faults(measure: Node) -> Iterator[Finding]:
    yield from _at_most("P-DM-31", measure, "total", "exclusions", "met")


def _at_most(rule: str, node: Node, whole: str, *parts: str) -> Iterator[Finding]:
    counts = node.these(whole, *parts)
    if counts and sum(counts[1:]) > counts[0]:
        terms = " + ".join(f"{part} {count}" for part, count in zip(parts, counts[1:], strict=True))
        message = f"found {terms} = {sum(counts[1:])}; allowed: at most {whole}, which is {counts[0]}"
        yield Finding(rule, node.path, message)


def _missing(practice: Node, key: str, why: str) -> Finding:
    return Finding(_RULE, practice.at(key), f"missing; {why}")
