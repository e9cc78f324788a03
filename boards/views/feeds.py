"""The public feed: meetings whose agenda was published. It reads the public copy and says nothing of restricted items."""

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from boards.models import Publication
from boards.presenters.agenda import agenda_number
from portal.models import Office


class MeetingFeed(Feed):
    feed_type = Atom1Feed
    login_required = False

    def title(self) -> str:
        return f"Board papers: {Office.current().name}"

    def subtitle(self) -> str:
        return "Agendas and papers as they are published."

    def link(self) -> str:
        return reverse("meetings")

    def items(self):
        return Publication.objects.select_related("edition__meeting__board").order_by("-at")[:30]

    def item_title(self, publication) -> str:
        meeting = publication.edition.meeting
        return f"{meeting}: {publication.edition.get_kind_display().lower()}"

    def item_description(self, publication) -> str:
        items = publication.edition.public_content["items"]
        return "; ".join(f"{agenda_number(item)} {item['title']}" for item in items)

    def item_link(self, publication) -> str:
        meeting = publication.edition.meeting
        return reverse("edition", args=[meeting.board.slug, meeting.date, publication.edition.number])

    def item_pubdate(self, publication):
        return publication.at

    def item_updateddate(self, publication):
        return publication.at
