"""What readers find by searching. Rows are made from sealed content and can be made again at any time."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q

from boards.models.edition import Edition, Publication
from boards.models.pack import PackBuild

LANGUAGE = "english"


class SearchEntryQuerySet(models.QuerySet):
    def readable_by(self, person) -> "SearchEntryQuerySet":
        """The members' copy where this person reads it, and elsewhere the public copy of what was published."""
        from boards.policy import boards_read_as_member

        published = models.Exists(Publication.objects.filter(edition=models.OuterRef("edition")))
        as_public = Q(audience="public") & Q(published)
        boards = boards_read_as_member(person)
        if boards is None:
            return self.filter(audience="members")
        if not boards:
            return self.filter(as_public)
        mine = Q(edition__meeting__board__in=boards)
        return self.filter((mine & Q(audience="members")) | (~mine & as_public))


class SearchEntry(models.Model):
    """One place in an edition, for one audience: an agenda item, a paper, a paragraph or table of it, or an annex."""

    class Kind(models.TextChoices):
        ITEM = "item", "Agenda item"
        PAPER = "paper", "Paper"
        BLOCK = "block", "Paragraph"
        ANNEX = "annex", "Annex"

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="search_entries")
    audience = models.CharField(max_length=10, choices=PackBuild.Audience)
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    item_id = models.CharField(max_length=40)
    item_number = models.CharField(max_length=7)
    paper_number = models.CharField(max_length=7, blank=True)
    annex_id = models.UUIDField(null=True)
    title = models.CharField(max_length=300)
    name = models.CharField(max_length=300, blank=True)
    heading = models.TextField(blank=True)
    label = models.CharField(max_length=60, blank=True)
    anchor = models.CharField(max_length=60)
    text = models.TextField(blank=True)
    restricted = models.BooleanField(default=False)
    current = models.BooleanField(default=True, help_text="False once a later edition replaced it for this audience.")
    vector = models.GeneratedField(
        expression=SearchVector("name", config=LANGUAGE, weight="A")
        + SearchVector("text", config=LANGUAGE, weight="B")
        + SearchVector("heading", config=LANGUAGE, weight="C"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        ordering = ["edition", "audience", "position"]
        indexes = [
            GinIndex(fields=["vector"], name="search_entry_words"),
            models.Index(fields=["audience", "item_id"], name="search_entry_of_item"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["edition", "audience", "position"], name="search_entry_once_in_edition")
        ]

    def __str__(self) -> str:
        return f"{self.paper_number or self.item_number} {self.label}".strip()
