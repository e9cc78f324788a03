"""Finding: PostgreSQL's full text over the entries a reader may see, and the page of the pack each hit stands on."""

from dataclasses import dataclass

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank
from django.db.models import CharField, Exists, F, Func, OuterRef, Q, QuerySet, Subquery, Value

from boards.models import Board, Edition, Meeting, PackBuild, SearchEntry
from boards.models.search import LANGUAGE
from boards.search.index import MARK, UNMARK


@dataclass(frozen=True)
class Found:
    """`loosely` says that no entry has all the words, so that entries with any of them are shown."""

    entries: QuerySet
    query: SearchQuery
    loosely: bool = False


def find(person, words: str, *, board: Board | None = None, year: int | None = None) -> Found:
    """Entries for these words, best first: what is current before what was replaced, then by how well it fits, then the newest.

    The words are read as people type them in a search box: all of them, “a phrase”, or, -without.
    """
    entries = SearchEntry.objects.readable_by(person)
    if board:
        entries = entries.filter(edition__meeting__board=board)
    if year:
        entries = entries.filter(edition__meeting__date__year=year)
    query = _query(words)
    if not entries.filter(vector=query).exists():
        loose = _query(" or ".join(words.replace('"', " ").split()))
        if len(words.split()) > 1 and entries.filter(vector=loose).exists():
            return Found(_ranked(entries, loose), loose, loosely=True)
    return Found(_ranked(entries, query), query)


def _query(words: str) -> SearchQuery:
    return SearchQuery(words, search_type="websearch", config=LANGUAGE)


def _ranked(entries: QuerySet, query: SearchQuery) -> QuerySet:
    return (
        entries.filter(vector=query)
        .annotate(rank=SearchRank(F("vector"), query, normalization=Value(1)))
        .order_by("-current", "-rank", "-edition__meeting__date", "edition", "position")
    )


def shown(found: Found, ids: list[int]) -> list[SearchEntry]:
    """The entries of one page of results in the order of `ids`, with their words marked and their page in the pack."""
    rows = (
        SearchEntry.objects.filter(pk__in=ids)
        .select_related("edition__meeting__board")
        .defer("edition__canonical", "vector")
        .annotate(
            snippet=SearchHeadline(
                "text", found.query, config=LANGUAGE, start_sel=MARK, stop_sel=UNMARK, max_words=45, min_words=25,
                max_fragments=2, fragment_delimiter=" … ",
            ),
            marked_title=SearchHeadline(
                "title", found.query, config=LANGUAGE, start_sel=MARK, stop_sel=UNMARK, highlight_all=True
            ),
            pack_page=Subquery(_pages()),
        )
    )  # fmt: skip
    by_id = {row.pk: row for row in rows}
    return [by_id[pk] for pk in ids if pk in by_id]


def _pages() -> QuerySet:
    """The printed page of an entry's anchor, from the ledger of the pack that is served (10, or S3 in a supplement)."""
    label = Func(
        Func(F("ledger"), Value("series"), function="jsonb_extract_path_text"),
        Func(F("ledger"), Value("anchors"), OuterRef("anchor"), function="jsonb_extract_path_text"),
        template="(%(expressions)s)", arg_joiner=" || ", output_field=CharField(),
    )  # fmt: skip
    return (
        PackBuild.objects.filter(edition=OuterRef("edition"), audience=OuterRef("audience"), served=True)
        .annotate(label=label)
        .values("label")[:1]
    )


def boards_for(person) -> QuerySet:
    """Boards of which this person can find anything."""
    return Board.objects.filter(meetings__in=_meetings(person)).distinct()


def years_for(person) -> list[int]:
    """Years of the meetings of which this person can find anything, newest first."""
    return [day.year for day in _meetings(person).dates("date", "year", order="DESC")]


def _meetings(person) -> QuerySet:
    from boards.policy import boards_read_as_member

    boards = boards_read_as_member(person)
    sealed = Exists(Edition.objects.filter(meeting=OuterRef("pk")))
    published = Exists(Edition.objects.filter(meeting=OuterRef("pk"), publications__isnull=False))
    if boards is None:
        return Meeting.objects.filter(sealed).order_by()
    return Meeting.objects.filter(Q(published) | (Q(board__in=boards) & Q(sealed))).order_by()
