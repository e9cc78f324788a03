"""The risk register as `boards.reports` knows it."""

import datetime as dt
import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models import Q

from boards.document import build
from boards.reports import Change, Draft, ReportContext, Snapshot, Target
from portal.roles import Role
from risks import compare as comparing
from risks import flags, sealed, snapshot
from risks.models import Link, Risk
from risks.report import appendix, cover, findings
from risks.report.facts import Facts
from risks.schema import risks_by_ref

PATH = re.compile(
    r"(SR[1-9]\.[0-9]+)\.(title|senior_lead|exec_lead|(?:inherent|current|future)\.(?:likelihood|impact|rating|band))"
)


@contextmanager
def collector_paused() -> Iterator[None]:
    """A long report is a million small dicts without a cycle among them; looking for cycles took three quarters of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class RiskRegister:
    """Reports the strategic risk register to a board against what that board last saw."""

    key = "risks"
    title = "Strategic risk register"

    def snapshot(self, *, as_at: dt.date, options: dict[str, Any]) -> Snapshot:
        return snapshot.take(as_at)

    def compare(self, now: Snapshot, baseline: Snapshot | None) -> list[Change]:
        return comparing.compare(now, baseline)

    def draft(
        self, now: Snapshot, changes: list[Change], context: ReportContext, baseline: Snapshot | None = None
    ) -> Draft:
        """Covering paper and appendix. The same facts for the same meeting give the same blocks with the same ids."""
        facts = Facts(now, changes, context, baseline)
        seed = f"risks {context.board} {context.meeting_date}"
        with collector_paused():
            document = build.doc(*cover.sections(facts, seed), *appendix.sections(facts, seed))
        return Draft(
            title="Strategic risk register",
            from_role=context.options.get("from_role") or "Chief Executive",
            document=document,
            to=context.board,
            template="risk-cover" if context.template == "board-paper" else context.template,
        )

    def resolve(self, ref: str) -> Target | None:
        risk = Risk.objects.filter(ref=ref).only("ref", "title", "id").first()
        return Target(risk.ref, risk.title, risk.get_absolute_url()) if risk else None

    def search(self, words: str) -> list[Target]:
        """Risks whose reference starts with the words or whose title holds them, at most twenty."""
        found = Risk.objects.filter(Q(ref__istartswith=words) | Q(title__icontains=words)).in_order()[:20]
        return [Target(risk.ref, risk.title, risk.get_absolute_url()) for risk in found]

    def linked_from(self, target: str) -> list[Target]:
        """Risks that say they are tied to something elsewhere (`plans:V1`)."""
        found = Link.objects.filter(target=target).select_related("risk").order_by("risk__ref")
        return [Target(link.risk.ref, link.risk.title, link.risk.get_absolute_url()) for link in found]

    def value(self, path: str, now: Snapshot) -> str | None:
        """A bound figure: `SR3.1.current.rating`, `SR3.1.senior_lead`, or `count.risks`, `count.above_tolerance`, `count.at_tolerance`."""
        if path.startswith("count."):
            return self._count(path.removeprefix("count."), now)
        match = PATH.fullmatch(path)
        risk = risks_by_ref(now).get(match[1]) if match else None
        if risk is None:
            return None
        value: Any = risk
        for step in match[2].split("."):
            if value is None:
                return None
            value = value[step]
        return str(value)

    def _count(self, code: str, now: Snapshot) -> str | None:
        as_at = dt.date.fromisoformat(now["as_at"])
        risks = [risk for risk in now["risks"] if not risk["closed"]]
        if code == "risks":
            return str(len(risks))
        if code in ("above_tolerance", "at_tolerance", "untreated", "no_target", "stale", "no_control_effect"):
            return str(sum(code in flags.codes(risk, matrices=now["matrices"], as_at=as_at) for risk in risks))
        return None

    def findings(
        self,
        now: Snapshot,
        changes: list[Change],
        document: dict[str, Any],
        context: ReportContext,
        baseline: Snapshot | None = None,
    ) -> list[Any]:
        """Findings of a report. The baseline is read from its edition when the caller has only the edition's number."""
        if baseline is None and context.baseline_edition:
            baseline = sealed.snapshot_of(context.baseline_edition)
        facts = Facts(now, changes, context, baseline)
        fresh = self.draft(now, changes, context, baseline).document
        return findings.of(facts, document, fresh)

    def may_report(self, user) -> bool:
        return user.is_authenticated and user.has_role(Role.RISK_OFFICER)
