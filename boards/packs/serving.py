"""Which pack of an edition readers get: the first, and no other for as long as its file is whole.

Page numbers of what was circulated never move. A pack made later, perhaps under another stylesheet, is kept beside it and not served.
"""

import hashlib

from django.core.files.storage import default_storage

from boards.models import PackBuild

from .storage import asking_the_store


def take_up(build):
    """Decide whether a pack that has just become complete is the one that readers get; the caller saves it and holds the meeting.

    It is when there is none yet; when it is for the public and nothing is published yet; and in place of one whose file is lost.
    """
    if build.edition_id is None:
        return
    before = PackBuild.objects.filter(edition=build.edition_id, audience=build.audience, served=True).first()
    if before is not None:
        if not is_whole(before):
            build.in_place_of = before
        elif build.audience == PackBuild.Audience.MEMBERS or build.edition.publications.exists():
            return
        _withdraw(before)
    build.served = True


def serve(build):
    """What is published is what the public gets, also where another public pack became complete meanwhile."""
    if not build.served:
        for before in PackBuild.objects.filter(edition=build.edition_id, audience=build.audience, served=True):
            _withdraw(before)
        build.served = True
        build.save(update_fields=["served"])


def _withdraw(build):
    PackBuild.objects.filter(pk=build.pk).update(served=False)


def is_whole(build):
    """Whether the file of a pack is there, and is what was built."""
    try:
        with asking_the_store(), default_storage.open(build.file, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == build.sha256
    except FileNotFoundError:
        return False
