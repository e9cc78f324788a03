"""What the public pages of an edition will say once it is published, for the leak proof to search before that."""

from collections.abc import Iterator

from django.template.loader import render_to_string

from boards import file_names
from boards.models import Edition
from boards.presenters.agenda import agenda_lines, agenda_number
from boards.presenters.sealed_paper import SealedPaper
from boards.reading import Reading


def places(edition: Edition) -> Iterator[tuple[str, str]]:
    """(name of the place, its text): the meeting's page, each paper's page, names of files, and the feed's entry."""
    reading = Reading(edition.meeting, edition, "public")
    content = reading.content
    lines = agenda_lines([reading])
    yield (
        "the page of the meeting",
        render_to_string("boards/_agenda.html", {"lines": lines, "meeting": edition.meeting}),
    )
    names = [file_names.pack_file_name(content, "public")]
    for item in content["items"]:
        for paper in item["papers"]:
            if not paper.get("document"):
                continue
            page = SealedPaper(reading, item, paper)
            facts = [page.title, page.kind, str(page.header), str(page.contents), str(page.annexes), page.body]
            yield f"the page of paper {paper['number']}", "\n".join(facts)
            names.append(file_names.paper_file_name(content, paper["number"], paper["title"]))
            names += [file_names.annex_file_name(content, annex) for annex in paper["annexes"] if annex.get("sha256")]
    yield "the names of files", "\n".join(names)
    yield "the feed", "; ".join(f"{agenda_number(item)} {item['title']}" for item in content["items"])
