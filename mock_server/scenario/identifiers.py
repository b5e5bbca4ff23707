"""Identifiers: how they are read, stored, masked and invented (portal-flow 1.3, 13.1; SR-PII-01).

Full TINs stay on the server. What a client is given instead is `opaque_id(key)`: the organization's scenario
key (`O-01`, `B-310183`) as one AES block under a fixed key. That is a permutation, so 310,184 practices need
no table of ids and an id leads back to its key at once. Ids carry no TIN and grant nothing: every use of one
is checked against the account's roles (SR-AC-02, SR-AC-04).

    parse_tin("00-0104802")   -> "000104802"
    mask_tin("000104802")     -> "XXXXX4802"
    npi_is_valid("0999010016") -> True
    normalise_user_id("DEMO.GroupRep") -> "demo.grouprep"
    key_of(opaque_id("O-01")) -> "O-01"
"""

import hashlib
import re
import unicodedata
from collections.abc import Sequence

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_TIN = re.compile(r"[0-9]{9}|[0-9]{2}-[0-9]{7}")
_TIN_IN_TEXT = re.compile(r"(?<![0-9])[0-9](?:-?[0-9]){8}(?!-?[0-9])")
_NPI = re.compile(r"[0-2][0-9]{9}")
_LAST4 = re.compile(r"[0-9]{4}")

_NPI_PREFIX = "80840"
"""Issuer prefix that the check digit of an NPI covers, though it is not written."""


def parse_tin(text: str) -> str | None:
    """The nine digits of `NNNNNNNNN` or `NN-NNNNNNN`; None: not a TIN."""
    return text.replace("-", "") if _TIN.fullmatch(text) else None


def is_last4(text: str) -> bool:
    """Whether the text is exactly four ASCII digits, the form of a last-four search (F-ORG-03)."""
    return _LAST4.fullmatch(text) is not None


def last4(tin: str) -> str:
    """The last four digits of a nine-digit TIN."""
    return tin[-4:]


def mask_tin(tin: str) -> str:
    """`XXXXX` and the last four digits, in either written form; `XXXXX????` for anything else (SR-PII-01)."""
    digits = parse_tin(tin)
    return f"XXXXX{last4(digits)}" if digits else "XXXXX????"


def mask_tins(text: str) -> str:
    """The text with every run of exactly nine digits, hyphens or not, masked; ten digits (an NPI) stay."""
    return _TIN_IN_TEXT.sub(lambda found: f"XXXXX{last4(found[0].replace('-', ''))}", text)


def npi_check_digit(base: str) -> str:
    """The Luhn digit over `80840` and the first nine digits of an NPI."""
    total = 0
    for place, digit in enumerate(reversed(_NPI_PREFIX + base)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def npi_is_valid(npi: str) -> bool:
    """Ten digits, the first 0, 1 or 2, with the right check digit (entry forms; portal-flow 1.3)."""
    return _NPI.fullmatch(npi) is not None and npi_check_digit(npi[:9]) == npi[9]


def invented_npi(base: str) -> str:
    """Ten-digit NPI of a nine-digit base that begins with 0, as no real one does (13.1)."""
    if len(base) != 9 or not base.startswith("0"):
        raise ValueError("an invented NPI has a base of nine digits that begins with 0")
    return base + npi_check_digit(base)


def normalise_user_id(text: str) -> str:
    """The form in which user IDs are compared: trimmed, NFKC, case-folded."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def mask_email(address: str) -> str:
    """First character and domain: `d***@example.org`."""
    name, _, domain = address.partition("@")
    return f"{name[:1]}***@{domain}"


def mask_phone(number: str) -> str:
    """Last four digits: `XXX-XXX-0101`."""
    return f"XXX-XXX-{number[-4:]}"


_BLOCK = 16
_HEX = 2 * _BLOCK
_CIPHER = Cipher(
    algorithms.AES(hashlib.sha256(b"qportal organization ids").digest()[:_BLOCK]),
    modes.ECB(),  # noqa: S305 - single, distinct blocks: the bare permutation is what is wanted
)


def opaque_ids(keys: Sequence[str]) -> list[str]:
    """128-bit ids, 32 hex digits each, of scenario keys of at most eight ASCII characters."""
    blocks = b"".join(key.encode("ascii").ljust(_BLOCK, b"\0") for key in keys)
    if len(blocks) != _BLOCK * len(keys):
        raise ValueError("a scenario key is longer than a block")
    digits = _CIPHER.encryptor().update(blocks).hex()
    return [digits[start : start + _HEX] for start in range(0, len(digits), _HEX)]


def opaque_id(key: str) -> str:
    """The 128-bit id under which clients know the organization with this scenario key."""
    return opaque_ids([key])[0]


_OPAQUE = re.compile(rf"[0-9a-f]{{{_HEX}}}")
_KEY_BLOCK = re.compile(rb"([A-Z0-9-]{1,8})\0{8,}")


def key_of(text: str) -> str | None:
    """The scenario key behind an id; None for text that no id looks like. The key may still name nothing."""
    if _OPAQUE.fullmatch(text) is None:
        return None
    found = _KEY_BLOCK.fullmatch(_CIPHER.decryptor().update(bytes.fromhex(text)))
    return found[1].decode("ascii") if found else None
