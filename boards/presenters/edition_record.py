"""What staff see of an edition: its hash, its packs, the proof, and whether it can be published."""

from functools import cached_property

from boards import policy
from boards.forms.meetings import PublishForm
from boards.models import Edition, PackBuild
from boards.presenters.build import BuildView
from portal.audit import events_of
from portal.policy import reason


class EditionRecord:
    def __init__(self, edition: Edition, person):
        self.edition, self.person = edition, person

    @cached_property
    def builds(self) -> list[BuildView]:
        """The newest build for each audience."""
        found = []
        for audience in PackBuild.Audience.values:
            build = self.edition.builds.filter(audience=audience).order_by("-requested_at").first()
            if build:
                found.append(BuildView(build))
        return found

    @property
    def unfinished(self) -> bool:
        return any(view.build.is_unfinished for view in self.builds)

    @property
    def groups(self) -> list[str]:
        sha = self.edition.sha256
        return [sha[at : at + 8] for at in range(0, 64, 8)]

    @cached_property
    def public_build(self):
        return next((view for view in self.builds if view.build.audience == "public"), None)

    @property
    def publish_refusal(self) -> str:
        said = reason(policy.check_publish, self.person, self.edition)
        if said:
            return said
        build = self.public_build.build if self.public_build else None
        if build is None or build.state in {"failed", "cancelled"}:
            return "The public pack could not be made. Build it again first."
        return ""

    @property
    def publish_form(self) -> PublishForm | None:
        """Asks for a reason where rule U1 wants one; not while the page still changes by itself, which would lose what is typed."""
        build = self.public_build.build if self.public_build else None
        asked = build and build.own_faults and not self.publish_refusal
        return PublishForm() if asked and not self.unfinished else None

    @property
    def will_publish(self) -> bool:
        return bool(
            self.public_build and self.public_build.build.is_unfinished and self.public_build.build.then_publish
        )

    @property
    def published_at(self):
        return self.edition.published_at

    @property
    def may_manage(self) -> bool:
        return policy.can_manage_meetings(self.person)

    @property
    def superseded_by(self):
        return self.edition.superseded_by if self.edition.is_superseded else None

    @cached_property
    def events(self) -> list:
        return list(events_of(self.edition)[:20])
