"""The small invented table of national means (P-DM-53): one row per measure of 9.2.

Nothing here was measured. Registry methods show no mean, so the table has none for them.
"""

from typing import Final

from mock_server.reference.pqrs_2011.methods import Months
from mock_server.scoring.pqrs.record import MeanMechanism, NationalMean

_INVENTED: Final = {
    # measure: claims 12 months, claims 6 months, EHR 12 months; None: no value, shown as N/A
    "1": (23, 25, 27),
    "2": (58, 57, 61),
    "3": (64, 66, 69),
    "31": (81, 80, None),
    "32": (72, 71, None),
    "33": (68, 66, None),
    "34": (59, None, None),
    "35": (77, 78, None),
    "36": (83, 82, None),
    "39": (52, 51, 49),
    "47": (46, 47, None),
    "48": (63, 61, 58),
    "51": (61, 60, None),
    "52": (74, 73, None),
    "108": (79, 80, None),
    "110": (54, 48, 57),
    "111": (62, 61, 66),
    "112": (67, 65, 70),
    "113": (56, 55, 60),
    "117": (60, 58, 55),
    "119": (76, 75, 78),
    "121": (71, 70, None),
    "122": (69, 71, None),
    "123": (85, 84, None),
    "124": (92, 93, 97),
    "128": (57, 59, 64),
    "153": (49, 48, None),
    "163": (65, 64, 59),
    "173": (44, 45, 42),
    "176": (66, 63, None),
    "177": (73, 72, None),
    "178": (70, 69, None),
    "179": (62, 60, None),
    "180": (75, 76, None),
    "226": (81, 80, 84),
}  # fmt: skip

_COLUMNS: Final[tuple[tuple[MeanMechanism, Months], ...]] = (("claims", 12), ("claims", 6), ("ehr", 12))

NATIONAL_MEANS: tuple[NationalMean, ...] = tuple(
    NationalMean(measure=measure, mechanism=mechanism, months=months, mean_percent=mean)
    for measure, means in _INVENTED.items()
    for (mechanism, months), mean in zip(_COLUMNS, means, strict=True)
)
"""Claims for both periods and EHR; measures that nobody can send by EHR have no value there."""
