"""Verbs of an edition: seal, and publish."""

from django.db import transaction
from django.utils import timezone

from boards import policy, reports
from boards.actions import builds
from boards.actions.reporting import refresh
from boards.canonical import canonical_json, digest
from boards.models import Edition, Meeting, PackBuild, Publication
from boards.packs import leaks, serving
from boards.preflight import preflight
from boards.sealing.content import build_content
from boards.sealing.differences import changed_items, circulated, holders, removed_items
from boards.sealing.series import series_for
from boards.search import index
from portal.audit import record
from portal.policy import Refusal


class NotReady(Refusal):
    """Something found by the preflight stands in the way; `findings` says what."""

    def __init__(self, findings: list):
        first = findings[0].sentence
        more = f" {len(findings) - 1} more are listed on the page." if len(findings) > 1 else ""
        super().__init__(f"The agenda cannot be sealed yet. {first}{more}")
        self.findings = findings


@transaction.atomic
def seal(
    *, meeting: Meeting, by, kind: str = "agenda", reason: str = "", acknowledged: dict[str, str] | None = None
) -> Edition:
    """Copy all that the board will see into an immutable edition, and queue its packs.

    `acknowledged` gives a reason for each finding that needs one, by the finding's key. Two officers sealing at once: the second waits
    for the first and is told that there is nothing new to seal.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("board").get(pk=meeting.pk)
    policy.check_seal(by, meeting)
    editions = list(meeting.editions.order_by("number"))
    _check_kind(kind, reason, editions)
    for item in meeting.items.all():
        for paper in item.papers.filter(register__gt="").exclude(state="withdrawn"):
            refresh(paper=paper, by=by)
    kept = _acknowledge(preflight(meeting, fresh=True), acknowledged or {})
    number = len(editions) + 1
    item_ids, supersedes = _scope(meeting, kind, editions)
    content = build_content(
        meeting,
        number=number,
        kind=kind,
        reason=reason,
        series=series_for(kind, supersedes, editions),
        sealed_at=timezone.localtime().isoformat(timespec="seconds"),
        item_ids=item_ids,
    )
    canonical = canonical_json(content)
    edition = Edition(
        meeting=meeting,
        number=number,
        kind=kind,
        reason=reason,
        supersedes=supersedes,
        registers=sorted(content["registers"]),
        canonical=canonical,
        sha256=digest(canonical),
        acknowledgements=kept,
        sealed_by=by if by and by.pk else None,
    )
    edition.save()
    index.write(edition, "members")
    if meeting.status in {Meeting.Status.PLANNED, Meeting.Status.AGENDA_DRAFT}:
        meeting.status = Meeting.Status.AGENDA_DRAFT
        meeting.save()
    record(
        "edition.sealed",
        by=by,
        target=edition,
        summary=f"Sealed {edition} of {meeting}",
        reason=reason,
        sha256=edition.sha256,
    )
    for audience in PackBuild.Audience.values:
        builds.request(meeting=meeting, edition=edition, audience=audience, by=by)
    from boards.notifications import edition_sealed

    transaction.on_commit(lambda: edition_sealed(edition), robust=True)
    return edition


def _check_kind(kind: str, reason: str, editions: list[Edition]) -> None:
    if kind not in Edition.Kind.values:
        raise Refusal("An edition is the agenda, a supplement or a correction.")
    if kind == "agenda" and editions:
        raise Refusal("This agenda is already sealed. Seal a supplement for late items, or a correction.")
    if kind != "agenda" and not editions:
        raise Refusal("Nothing is sealed for this meeting yet. Seal the agenda first.")
    if kind != "agenda" and not reason.strip():
        raise Refusal(f"Give the reason for this {kind}: it is printed on it.")


def _scope(meeting: Meeting, kind: str, editions: list[Edition]) -> tuple[set[str] | None, Edition | None]:
    """Which items the edition holds, and which earlier edition it supersedes."""
    if kind == "agenda":
        return None, None
    current = meeting.current_editions()
    now = build_content(meeting, number=0, kind="agenda")["items"]
    changed = changed_items(now, circulated(current))
    if kind == "supplement":
        if not changed:
            raise Refusal("Nothing is late or changed since the last edition, so there is nothing to seal.")
        return set(changed), None
    return _correction(now, changed, current)


def _correction(now: list[dict], changed: list[str], current: list[Edition]) -> tuple[set[str], Edition]:
    """A correction replaces one edition in force: the first that holds what changed, or the agenda, which takes new items in.

    Where a supplement and the agenda both changed, the agenda is corrected first, and the supplement by the next correction.
    """
    held = holders(current)
    gone = removed_items(now, held)
    if not changed and not gone:
        raise Refusal("Nothing has changed since the last edition, so there is nothing to correct.")
    new = [item_id for item_id in changed if item_id not in held]
    touched = [edition for edition in current if any(held.get(item_id) == edition for item_id in (*changed, *gone))]
    base = current[0] if new or not touched else touched[0]
    own = {item_id for item_id, edition in held.items() if edition == base}
    return {item["id"] for item in now if item["id"] in own or (base == current[0] and item["id"] in new)}, base


def _acknowledge(findings: list, acknowledged: dict[str, str]) -> list[dict]:
    """Refuse what blocks; keep the reason of what was acknowledged."""
    blocking = [finding for finding in findings if finding.severity == "blocks"]
    if blocking:
        raise NotReady(blocking)
    open_ones = [f for f in findings if f.severity == "acknowledge" and not acknowledged.get(f.key, "").strip()]
    if open_ones:
        raise NotReady(open_ones)
    return [
        {"rule": f.rule, "key": f.key, "sentence": f.sentence, "reason": acknowledged[f.key].strip()}
        for f in findings
        if f.severity == "acknowledge"
    ]


@transaction.atomic
def publish(*, edition: Edition, by, reason: str = "") -> Publication | None:
    """Make an edition public. Possible only when its public pack is complete and proved free of restricted text.

    Where the accessibility checks found something in pages of our own, `reason` says why it goes out all the same. While the pack is
    still being made, publication is noted and happens by itself once the proof has passed; then None is returned.
    """
    Meeting.objects.select_for_update(of=("self",)).get(pk=edition.meeting_id)
    policy.check_publish(by, edition)
    if edition.meeting.is_public and (edition.meeting.start_time is None or not edition.meeting.venue):
        raise Refusal("A public meeting must show its date, time and place before its agenda is published.")
    build = edition.builds.select_for_update().filter(audience="public").order_by("-requested_at").first()
    if build is None or build.state in {"failed", "cancelled"}:
        if build is not None and build.proof and build.proof.get("hits"):
            raise Refusal(
                "Restricted text was found in the public pack, so it cannot be published. The places are listed on the page."
            )
        raise Refusal("There is no public pack of this edition. Build it again, then publish.")
    if build.is_unfinished:
        build.then_publish = True
        build.requested_by = by if by and by.pk else None
        build.save(update_fields=["then_publish", "requested_by"])
        record(
            "edition.publication_asked",
            by=by,
            target=edition,
            summary=f"{edition} is to be published when its pack is ready",
        )
        return None
    return publish_build(build=build, by=by, reason=reason)


@transaction.atomic
def publish_build(*, build: PackBuild, by, reason: str = "") -> Publication:
    """Publish the edition of a complete public pack whose proof is clean, and whose own faults are explained (rule U1).

    The pages show some things as they are now, the note to the public among them, so they are searched once more.
    """
    from boards import surfaces  # which reads as the public does, and so asks for what this module offers

    edition = build.edition
    if build.state != "complete" or build.proof is None or build.proof.get("hits"):
        raise Refusal("The public pack is not proved free of restricted text, so it cannot be published.")
    if build.own_faults and not reason.strip():
        raise Refusal(
            "The accessibility checks found something in the public pack. Have it put right, or say why it is published as it is."
        )
    hits = leaks.find(edition.content, surfaces.of_edition(edition))
    if hits:
        more = f" and {len(hits) - 1} more places" if hits[1:] else ""
        raise Refusal(
            f"{hits[0].sentence.removesuffix('.')}{more}. It was written there after the pack was proved: take it out, then publish."
        )
    publication = Publication(
        edition=edition, by=by if by and by.pk else None, pack_sha256=build.sha256, proof=build.proof
    )
    publication.save()
    serving.serve(build)
    index.write(edition, "public")
    meeting = edition.meeting
    if meeting.status in {Meeting.Status.PLANNED, Meeting.Status.AGENDA_DRAFT}:
        meeting.status = Meeting.Status.AGENDA_PUBLISHED
        meeting.save()
    explained = {"reason": reason.strip(), "faults": len(build.own_faults)} if build.own_faults else {}
    record(
        "edition.published",
        by=by,
        target=edition,
        summary=f"Published {edition} of {meeting}",
        sha256=build.sha256,
        **explained,
    )
    from boards.notifications import edition_published

    transaction.on_commit(lambda: edition_published(edition), robust=True)
    return publication


def registers_of(meeting: Meeting) -> list[str]:
    """Titles of registers reported to a meeting, for pages."""
    keys = set(meeting.items.filter(papers__register__gt="").values_list("papers__register", flat=True))
    return [register.title for register in reports.registers() if register.key in keys]
