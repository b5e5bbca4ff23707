"""Abbreviations of the field and what they stand for (A11Y-TEXT-11)."""

import re
from typing import Final

ABBREVIATIONS: Final = {
    "TIN": "Taxpayer Identification Number",
    "NPI": "National Provider Identifier",
    "MFA": "multi-factor authentication",
    "QRUR": "Quality and Resource Use Report",
    "PQRS": "Physician Quality Reporting System",
    "MIPS": "Merit-based Incentive Payment System",
    "APM": "Alternative Payment Model",
    "CEHRT": "Certified EHR Technology",
    "QDC": "quality data code",
}

_FOUND: Final = re.compile(rf"\b({'|'.join(ABBREVIATIONS)})\b(?! \()")


class Abbreviations:
    """Writes each abbreviation out at its first use on a screen."""

    def __init__(self) -> None:
        self._said: set[str] = set()

    def forget(self) -> None:
        """A new screen begins."""
        self._said.clear()

    def written_out(self, text: str) -> str:
        """`text` with `TIN (Taxpayer Identification Number)` at the first use of each."""
        return _FOUND.sub(self._first_use, text)

    def _first_use(self, found: re.Match[str]) -> str:
        short = found[1]
        if short in self._said:
            return short
        self._said.add(short)
        return f"{short} ({ABBREVIATIONS[short]})"
