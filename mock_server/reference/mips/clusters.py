"""Clinically related measures and specialty sets for the applicability check (mips-scoring section 4).

Rows are not symmetric: the row of a submitted measure counts, not its mention in another row (M-EMA-02).
"""

from mock_server.reference.mips.rows import Row, SubmissionMethod


class MeasureGroup(Row, frozen=True, kw_only=True):
    """A named list of measures."""

    name: str
    """The agency's code, such as `dementia`. Lists of one name may differ between rows (2017)."""
    measure_ids: tuple[str, ...]


class ClusterRow(Row, frozen=True, kw_only=True):
    """What one measure, sent by one method, is related to."""

    measure_id: str
    submission_method: SubmissionMethod
    clinical_clusters: tuple[MeasureGroup, ...] = ()
    specialty_sets: tuple[MeasureGroup, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """Measure id and submission method: unique within a performance year."""
        return self.measure_id, self.submission_method
