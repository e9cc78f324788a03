"""Findings of a strategy paper: those of the figures, and those of the words beside them.

A figure typed by hand is checked two ways: against the live figure it stands beside (F13, F14), and a live figure that
was not brought up to date says so (F15). Typed figures inside generated blocks cannot go stale: those are refreshed.
"""

from collections.abc import Iterable
from decimal import Decimal

from boards.document import findings as documents
from boards.document import generated
from finance import budget, council_tax, findings, money, reserves, words, years
from finance.figures import Plan
from finance.report.values import value


def of(plan: Plan, before: Plan | None, document: dict, fresh: dict | None = None) -> list:
    """All findings; those of the figures first."""
    figures = [_finding(each.rule, each.severity, each.sentence, each.mend) for each in findings.check(plan)]
    typed = list(_own_words(document))
    texts = findings.check_texts(typed, *_percentages(plan))
    return [
        *figures,
        *(_finding(each.rule, each.severity, each.sentence, each.mend, each.ref) for each in texts),
        *stale_typed(typed, plan, before),
        *stale_bound(document, plan),
        *_taken_over(document, fresh),
    ]


def _finding(rule: str, severity: str, sentence: str, mend: str, block: str = ""):
    return documents.Finding(
        rule=rule, severity=severity, block_id=block or None, printed_number=None, sentence=sentence, mend=mend
    )


def _percentages(plan: Plan) -> tuple[dict[str, Decimal], dict[str, str]]:
    """Computed percentages by name, and the words that show a text speaks of them."""
    known, about = {}, {}
    for year in plan.period[:1]:
        before, after = plan.year(year - 1).band_d, plan.year(year).band_d
        if before and after is not None:
            name = f"rise of band D in {years.label(year)}"
            known[name], about[name] = council_tax.Increase(before, after).percent, "band d"
    for year, row in budget.budget(plan).items():
        if row.grant is not None and row.requirement:
            name = f"share of the {years.label(year)} requirement met by grant"
            known[name], about[name] = money.percentage(row.grant, row.requirement), f"grant|{years.label(year)}"
    shares = budget.general_percent(plan)
    for year in plan.stated:
        if shares[year] is not None:
            name = f"general reserve’s share of the requirement at {years.closing_label(year)}"
            known[name], about[name] = shares[year], f"general reserve|{years.closing_label(year).lower()}"
    return known, about


def stale_typed(typed: Iterable[tuple[str, str]], plan: Plan, before: Plan | None) -> Iterable:
    """F14: an amount typed beside the name of a reserve that is none of its figures (it may once have been)."""
    held = reserves.balances(plan)
    old = reserves.balances(before) if before else None
    for block, text in typed:
        for reserve in plan.reserves:
            for sentence in words.sentences(text):
                if reserve.name.lower() not in sentence.lower():
                    continue
                own = {abs(amount) for amount in held.by_reserve[reserve.ref].values()}
                own |= {m.amount_k for m in plan.movements if reserve.ref in (m.reserve, m.to_reserve)}
                for printed, amount in words.amounts_k(sentence):
                    if any(_rounds_to(each, amount, printed) for each in own):
                        continue
                    was = old is not None and amount in {abs(a) for a in old.by_reserve.get(reserve.ref, {}).values()}
                    said = (
                        "was a figure of it when the board last saw the plan, and no longer is"
                        if was
                        else "is not a figure of it in the plan"
                    )
                    yield _finding("F14", "acknowledge", f"The text gives {printed} beside {reserve.name}, which {said}.",
                                   "Correct the figure, or put in the live figure.", block)  # fmt: skip


def _rounds_to(exact: int, typed: int, printed: str) -> bool:
    """£7.2 million is right for 7,198: a figure typed to fewer places is right when it rounds to the same."""
    number = printed.lower().replace("£", "").split()[0].rstrip("mbnk").replace(",", "")
    places = len(number.partition(".")[2])
    if "million" in printed.lower() or printed.lower().rstrip().endswith("m"):
        return money.half_up(Decimal(exact) / 1000, places) == money.half_up(Decimal(typed) / 1000, places)
    return exact == typed


def stale_bound(document: dict, plan: Plan) -> Iterable:
    """F15: a live figure whose words are no longer those of the plan; refreshing the paper mends it."""
    for block, node in _walk(document):
        if node.get("type") != "bound" or node["attrs"].get("register") != "finance":
            continue
        path, shown = node["attrs"]["path"], node["attrs"].get("text")
        now = value(path, plan)
        if now is None:
            yield _finding(
                "F15",
                "blocks",
                f"The live figure “{path}” is no longer in the plan.",
                "Take it out or put in another.",
                block,
            )
        elif now != shown:
            yield _finding(
                "F15",
                "acknowledge",
                f"A live figure shows {shown}, but the plan now gives {now}.",
                "Bring the paper up to date.",
                block,
            )


def _taken_over(document: dict, fresh: dict | None) -> Iterable:
    for block, key in generated.outdated(document, fresh) if fresh else ():
        yield _finding(
            "F16",
            "acknowledge",
            f"The figures beneath a block that was taken over have changed ({key}).",
            "Check the words against the plan.",
            block,
        )


def _own_words(document: dict) -> Iterable[tuple[str, str]]:
    """(block id, typed text) of blocks that an officer wrote or made their own. Live figures are left out of the text."""

    def visit(node: dict, mine: bool):
        attrs = node.get("attrs") or {}
        if attrs.get("gen"):
            mine = bool(attrs["gen"].get("taken"))
        if node["type"] in ("para", "listItem", "recommendation", "quote", "tableCell"):
            if mine:
                yield attrs.get("id") or "", _typed(node)
            return
        for child in node.get("content", ()):
            yield from visit(child, mine)

    yield from visit(document, True)


def _typed(node: dict) -> str:
    if node["type"] == "text":
        return node["text"]
    return "".join(_typed(child) for child in node.get("content", ()))


def _walk(node: dict, block: str = ""):
    attrs = node.get("attrs") or {}
    block = attrs.get("id") or block
    yield block, node
    for child in node.get("content", ()):
        yield from _walk(child, block)
