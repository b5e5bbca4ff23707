"""Which rules belong to which performance year."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from mock_server.scoring.mips import rules_2017, rules_2018, rules_2019
from mock_server.scoring.mips.rules import YearRules

RULES: Final[Mapping[int, YearRules]] = MappingProxyType(
    {rules.year: rules for rules in (rules_2017.RULES, rules_2018.RULES, rules_2019.RULES)}
)
"""The rules of every year that can be scored."""
