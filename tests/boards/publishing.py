"""Sealing and publishing without making a pack, for tests of what readers find: it stands on the sealed content alone."""

from boards.actions import saving, sealing
from boards.models import Paper
from tests.boards.world import document


def complete(build, pages=9):
    """The build as if its pack were made: every place of the edition on page 7, the papers one after another from page 2."""
    edition = build.edition
    anchors = {row["anchor"]: 7 for row in edition.search_entries.values("anchor")}
    found = [
        paper for item in edition.content_for(build.audience)["items"] for paper in item["papers"] if paper["document"]
    ]
    rows = [_row("front", "", "", "Agenda", 1)]
    rows += [_row("paper", paper["id"], paper["number"], paper["title"], 2 + 4 * n) for n, paper in enumerate(found)]
    build.state, build.proof, build.file, build.sha256, build.pages = (
        "complete",
        {"hits": []},
        "packs/none.pdf",
        "0" * 64,
        pages,
    )
    build.served = True
    build.ledger = {"pages": pages, "rows": rows, "series": edition.series, "anchors": anchors}
    build.save()
    return build


def _row(kind, id_, number, title, page):
    return {"kind": kind, "id": id_, "number": number, "title": title, "page": page, "label": str(page), "parent": ""}


def publish(edition, by):
    sealing.publish_build(build=complete(edition.builds.get(audience="public")), by=by)


def supersede(world, *words, kind="correction", published=True):
    world.paper.refresh_from_db()
    world.paper.state = Paper.State.DRAFT
    world.paper.save()
    saving.save(
        paper=world.paper, document=document(*words), header={}, base_version=world.paper.version, by=world.governance
    )
    world.paper.refresh_from_db()
    world.paper.state = Paper.State.FINAL
    world.paper.save()
    edition = sealing.seal(meeting=world.meeting, by=world.governance, kind=kind, reason="A word was wrong")
    if published:
        publish(edition, world.governance)
    return edition
