"""Print the reserves of a plan version: lines, totals and findings."""

import json

from django.core.management.base import BaseCommand, CommandError

from finance import figures, findings, money, reserves, store, years
from finance.models import FinancialPlan


class Command(BaseCommand):
    help = "Print the reserves of a financial plan: every line, the totals worked out, and the findings."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--plan", default="LATEST", help="LATEST, or the number of the plan in its address.")
        parser.add_argument(
            "--json", action="store_true", help="As JSON; amounts are whole numbers of thousand pounds."
        )

    def handle(self, *args, **options) -> None:
        plan = self.plan(options["plan"])
        now = store.read(plan)
        answer = report(now)
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
            return
        self.stdout.write(f"{plan} ({plan.get_status_display().lower()}), thousand pounds at 31 March")
        for line in [*answer["lines"], *answer["totals"]]:
            cells = "".join(f"{money.brackets(a) if a is not None else 'TBC':>12}" for a in line["balances"].values())
            self.stdout.write(f"{(line.get('name') or line['title'])[:58]:58}{cells}")
        for each in answer["findings"]:
            self.stdout.write(f"{each['rule']} {each['severity']}: {each['sentence']}")

    def plan(self, wanted: str) -> FinancialPlan:
        plan = (
            FinancialPlan.objects.latest()
            if wanted.upper() == "LATEST"
            else FinancialPlan.objects.filter(pk=_number(wanted)).first()
        )
        if plan is None:
            raise CommandError("There is no such plan. Load the demonstration, or start a plan on the finance pages.")
        return plan


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise CommandError(f"“{text}” is not a plan. Use LATEST or the number of the plan.") from None


def report(plan: figures.Plan) -> dict:
    """Lines, totals and findings as plain values."""
    held = reserves.balances(plan)
    stated = set(plan.stated)

    def by_year(amounts: dict[int, int]) -> dict[str, int | None]:
        return {str(year): amounts[year] if year in stated else None for year in plan.dates}

    return {
        "plan": {"title": plan.title, "version": plan.number, "status": plan.status, "unit": "thousand pounds"},
        "dates": [years.closing(year).isoformat() for year in plan.dates],
        "lines": [
            {
                "ref": r.ref,
                "name": r.name,
                "group": r.group,
                "categories": r.codes,
                "balances": by_year(held.by_reserve[r.ref]),
            }
            for r in plan.reserves
        ],
        "totals": [
            {"key": key, "title": title, "balances": by_year(held.totals[key])}
            for key, title in reserves.TOTALS.items()
        ],
        "categories": [
            {"key": key, "title": title, "balances": by_year(held.categories[key])}
            for key, title in reserves.CATEGORY_TITLES.items()
        ],
        "findings": [
            {"rule": f.rule, "severity": f.severity, "about": f.ref, "sentence": f.sentence, "figures": f.figures}
            for f in findings.check(plan)
        ],
    }
