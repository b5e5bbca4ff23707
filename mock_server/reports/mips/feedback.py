"""What a feedback report is about: a subject, its score, the other scores that apply, its clinicians."""

from collections.abc import Callable
from dataclasses import dataclass

from client.messages.report import Fact
from mock_server.scoring.mips.precedence import governing_score
from mock_server.scoring.mips.profile import Mode
from mock_server.scoring.mips.result import ScoreTree
from mock_server.scoring.mips.submission import EntityType


@dataclass(frozen=True, slots=True)
class NamedScore:
    """A score with the name of whose it is."""

    whose: str
    """`MEADOW DEMO ACO:A9901`; for a clinician's own `NPI 0999010016`."""
    tree: ScoreTree


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A clinician of a practice, virtual group or APM entity (the unit TIN/NPI)."""

    npi: str
    name: str | None
    """None: not laid down."""
    kind: str | None
    """Clinician type, such as `MD`."""
    practice: str
    """Row text of the practice: `NAME:4802`."""
    exemption: str | None
    """Why no payment adjustment applies (11.3, rows 1 to 4); None: one may."""
    sources: tuple[EntityType, ...]
    """Whose scores apply, in order of precedence, the clinician's own last; known without scoring."""
    scores: Callable[[], tuple[NamedScore, ...]]
    """The scores of `sources`, computed when asked for."""
    unseen: str | None = None
    """The APM entity whose score counts though it may not be shown here; None: one of `scores` counts."""

    @property
    def has_own(self) -> bool:
        """Whether there are data of the clinician alone."""
        return "individual" in self.sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """Everything that a report says, before it is laid out."""

    catalogue_id: str
    title: str
    """The Report Message Name of portal-flow 12.1."""
    year: int
    mode: Mode
    about: str
    """Whose report it is, for explanations."""
    facts: tuple[Fact, ...]
    """Who it is about: organization, masked TIN, level, clinician."""
    tree: ScoreTree | None
    """The score that the report details; None: the data behind it are seen elsewhere."""
    scores: tuple[NamedScore, ...]
    """The scores that apply to the subject, in order of precedence; at least one."""
    unseen: str | None = None
    """The APM entity whose score counts though it may not be shown here (M-GEN-05, PERM-P-10)."""
    exemption: str | None = None
    remarks: tuple[str, ...] = ()
    """Cautions of this report."""
    members: tuple[Member, ...] = ()

    @property
    def governing(self) -> NamedScore | None:
        """The score that counts (M-GEN-05); None: one that may not be shown here."""
        return governing_of(self.scores, self.unseen)

    @property
    def pays(self) -> bool:
        """Whether a payment adjustment is shown: the subject's, or one of its clinicians'."""
        best = self.governing
        shown = self.scores if self.members else () if best is None or self.exemption else (best,)
        return any(one.tree.result.payment is not None for one in shown)

    @property
    def is_final(self) -> bool:
        """Whether it is the July feedback."""
        return self.mode == "final"


def governing_of(scores: tuple[NamedScore, ...], unseen: str | None) -> NamedScore | None:
    """Of several scores the one that counts; None where that of an unseen entity does."""
    if unseen is not None:
        return None
    best = governing_score(score.tree for score in scores)
    return next(score for score in scores if score.tree is best)
