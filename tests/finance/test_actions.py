from dataclasses import replace
from decimal import Decimal

import pytest

from finance import findings, reserves, store
from finance.actions import imports, plans, scenarios
from finance.models import FinancialPlan, ImportRecord
from portal.models import AuditEvent
from portal.policy import Refusal

pytestmark = pytest.mark.django_db


def put_right(plan, by) -> None:
    """Answer everything that blocks the approval of the demonstration plan."""
    now = store.read(plan)
    lines = {
        name: tuple(
            replace(line, amounts={y: 0 if a is None else a for y, a in line.amounts.items()})
            for line in getattr(now, name)
        )
        for name in ("savings", "capital", "capital_funding")
    }
    lines["capital"] = tuple(
        replace(line, amounts=line.amounts | {2023: 0}) if line.ref == "ict" else line for line in lines["capital"]
    )
    funded = tuple(
        replace(line, amounts=line.amounts | {2023: 900}) if line.ref == "receipts" else line
        for line in lines["capital_funding"]
    )
    fixed = tuple(
        replace(r, funding_plan="Repaid from savings.") if r.ref == "budget-assistance-reserve" else r
        for r in now.reserves
    )
    workforce = tuple(line for line in (replace(w, amounts={2019: w.amounts[2019]}) for w in now.workforce))
    store.write(
        plan,
        replace(now, reserves=fixed, unstated="", workforce=workforce, **(lines | {"capital_funding": funded})),
        by=by,
    )


def test_a_new_version_starts_from_the_figures_of_the_old_one(plan, now, editor):
    made = plans.new_version(plan=plan, by=editor)
    assert (made.number, made.copied_from) == (3, plan)
    assert replace(store.read(made), number=2, status="for_noting") == now


def test_copied_forward_actuals_replace_forecasts_and_the_rest_open_with_their_forecast(plan, now, editor):
    made = store.read(plans.copy_forward(plan=plan, actuals={"general-reserve": 7300}, by=editor))
    assert made.base_year == 2020
    opened = {r.ref: (r.opening_k, r.opening_basis) for r in made.reserves}
    assert opened["general-reserve"] == (7300, "actual")
    assert opened["budget-assistance-reserve"] == (-1472, "forecast")
    assert all(movement.year > 2020 for movement in made.movements)
    assert made.years[0].requirement_k == now.year(2020).requirement_k
    assert 2024 not in made.stated


def test_copying_forward_without_actuals_leaves_every_later_balance_as_it_was(plan, now, editor):
    made = store.read(plans.copy_forward(plan=plan, actuals={}, by=editor))
    before, after = reserves.balances(now), reserves.balances(made)
    for ref in before.by_reserve:
        assert [after.closing(ref, y) for y in (2020, 2021, 2022)] == [
            before.closing(ref, y) for y in (2020, 2021, 2022)
        ]


def test_a_plan_with_a_blocking_finding_cannot_go_for_approval(plan, editor):
    with pytest.raises(Refusal, match="Put it right first"):
        plans.move_to(plan=plan, status="for_approval", by=editor)


def test_approval_needs_the_section_25_signature_on_these_figures(plan, cfo):
    put_right(plan, cfo)
    plans.sign_section25(plan=plan, by=cfo)
    assert store.signature_is_current(plan, store.read(plan))
    plans.change_figures(
        plan=plan,
        new=replace(store.read(plan), years=tuple(replace(y, grant_k=78412) for y in store.read(plan).years)),
        by=cfo,
        reason="Settlement",
    )
    plans.move_to(plan=plan, status="for_approval", by=cfo)
    plan.refresh_from_db()
    with pytest.raises(Refusal, match="signed on these figures"):
        plans.move_to(plan=plan, status="approved", by=cfo)
    plans.sign_section25(plan=plan, by=cfo)
    plans.move_to(plan=plan, status="approved", by=cfo)
    plan.refresh_from_db()
    assert (plan.status, plan.approved_by) == ("approved", cfo)


@pytest.mark.parametrize("field", ["robustness", "adequacy", "floor_pct"])
def test_a_signature_stands_for_the_words_as_well_as_the_figures(plan, cfo, editor, field):
    plans.sign_section25(plan=plan, by=cfo)
    assert store.read(plan).section25.startswith("Chief Finance Officer, ")
    now = store.read(plan)
    changed = {field: Decimal("4.00") if field == "floor_pct" else "Nothing can go wrong."}
    plans.change_figures(plan=plan, new=replace(now, **changed), by=editor, reason="Afterthought")
    after = store.read(plan)
    assert not store.signature_is_current(plan, after)
    # A paper drafted now must not say that the officer signed what they never saw.
    assert after.section25 == ""


def test_a_note_for_colleagues_leaves_the_signature_in_force(plan, cfo, editor):
    plans.sign_section25(plan=plan, by=cfo)
    plans.change_figures(plan=plan, new=replace(store.read(plan), note="Seen"), by=editor, reason="Note")
    assert store.signature_is_current(plan, store.read(plan))


def test_an_approved_plan_cannot_be_changed(plan, cfo):
    put_right(plan, cfo)
    plans.sign_section25(plan=plan, by=cfo)
    plans.move_to(plan=plan, status="for_approval", by=cfo)
    plan.refresh_from_db()
    plans.move_to(plan=plan, status="approved", by=cfo)
    plan.refresh_from_db()
    with pytest.raises(Refusal, match="approved"):
        plans.change_figures(plan=plan, new=store.read(plan), by=cfo, reason="Late thought")


def test_only_the_chief_finance_officer_signs_approves_and_publishes(plan, editor):
    for act in (plans.sign_section25, plans.publish_strategy):
        with pytest.raises(Refusal, match="Chief Finance Officer"):
            act(plan=plan, by=editor)


def test_a_member_cannot_change_figures(plan, now, person):
    with pytest.raises(Refusal):
        plans.change_figures(plan=plan, new=now, by=person("auditor"), reason="No")


def test_each_change_leaves_an_audit_event(plan, now, cfo):
    plans.change_figures(plan=plan, new=replace(now, note="New"), by=cfo, reason="Note")
    assert AuditEvent.objects.filter(event="finance.figures.changed", actor=cfo).exists()


def test_the_demonstration_table_was_asked_about_and_the_answer_is_kept(plan):
    record = ImportRecord.objects.get()
    assert "5 dates" in record.question
    assert "4 figures" in record.question
    assert (record.answer, record.state) == ("2023", "done")
    assert record.answered_by is not None


def test_a_table_with_a_missing_column_saves_nothing_until_it_is_answered(plan, now, editor):
    from finance.demo import pasted_table

    record = imports.take_table(plan=plan, text=pasted_table(), by=editor)
    assert record.state == "asking"
    with pytest.raises(Refusal):
        imports.confirm(record=record, by=editor)
    assert store.read(plan) == now
    with pytest.raises(Refusal):
        imports.answer(record=record, answer="2031", by=editor)


def test_answering_that_the_opening_date_is_missing_is_refused_with_its_reason(plan, editor):
    from finance.demo import pasted_table

    record = imports.take_table(plan=plan, text=pasted_table(), by=editor)
    imports.answer(record=record, answer="2019", by=editor)
    assert record.state == "refused"
    assert "starts from 31 March 2019" in record.errors[0]


def test_a_scenario_keeps_changes_only_so_it_follows_the_plan(plan, editor):
    from decimal import Decimal

    from finance import budget

    kept = scenarios.save_scenario(
        plan=plan, name="More grant", changes=[budget.Change("grant_pct", Decimal(1), 2020)], by=editor
    )
    assert scenarios.changes_of(kept) == [budget.Change("grant_pct", Decimal(1), 2020)]


def test_every_finding_of_the_source_paper_is_made(now):
    assert {each.rule for each in findings.check(now)} >= {"F1", "F3", "F4", "F5", "F6"}


def test_the_latest_plan_is_the_last_version_of_the_last_period(plan):
    assert FinancialPlan.objects.latest() == plan
