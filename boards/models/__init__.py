from boards.models.agenda import AgendaItem
from boards.models.annex import Annex, Asset
from boards.models.board import Board, BoardMembership
from boards.models.conversion import AnnexConversion
from boards.models.edition import Edition, Publication
from boards.models.meeting import Meeting
from boards.models.pack import Fragment, FragmentJob, PackBuild
from boards.models.paper import Paper, PaperVersion
from boards.models.preparation import Preparation
from boards.models.restriction import Restriction
from boards.models.review import Comment, ReviewStep, SectionLock
from boards.models.search import SearchEntry
from boards.models.worker import WorkerNotice

__all__ = [
    "AgendaItem",
    "Annex",
    "AnnexConversion",
    "Asset",
    "Board",
    "BoardMembership",
    "Comment",
    "Edition",
    "Fragment",
    "FragmentJob",
    "Meeting",
    "PackBuild",
    "Paper",
    "PaperVersion",
    "Preparation",
    "Publication",
    "Restriction",
    "ReviewStep",
    "SearchEntry",
    "SectionLock",
    "WorkerNotice",
]
