"""The strategy paper as it stands: what the board would read, and the findings about its words."""

from django.http import HttpRequest, HttpResponse

from boards import reports
from boards.document import html, schema
from finance import store
from finance.models import FinancialPlan
from finance.report.preview import drafted, resolver
from finance.views.base import of_plan, page


@of_plan
def preview(request: HttpRequest, plan: FinancialPlan) -> HttpResponse:
    """A look at the paper before it is drafted for a meeting. Drafting itself is done from the meeting's agenda."""
    register, now, draft = drafted(plan)
    document = schema.normalise(draft.document)
    body = html.render(document, context=resolver(register, now))
    return page(
        request, "finance/paper.html", plan, body=body, title=draft.title,
        signature_current=store.signature_is_current(plan, store.read(plan)), tab="finance_paper", registers=reports.registers(),
    )  # fmt: skip
