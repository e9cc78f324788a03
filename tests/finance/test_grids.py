import pytest
from django.http import QueryDict

from finance import grids, reserves
from finance.figures import Line, Plan, Reserve, Split
from tests.finance.demo_plan import reserves_plan


def typed(key: str, plan: Plan, **changes) -> QueryDict:
    """What a browser sends when nothing but `changes` was touched."""
    data = QueryDict(mutable=True)
    for row in grids.build(key, plan).rows:
        for cell in [*row.title_cells, *row.cells]:
            if cell.name and not (cell.kind == "tick" and not cell.value):
                data[cell.name] = cell.value
    for name, value in changes.items():
        data[name] = value
    return data


@pytest.mark.django_db
@pytest.mark.parametrize("key", list(grids.TITLES))
def test_a_grid_sent_back_untouched_changes_nothing(now, key):
    from dataclasses import replace

    new, errors = grids.parse(key, now, typed(key, now))
    assert errors == {}
    same = {name: tuple(sorted(getattr(new, name), key=lambda m: m.ref)) for name in ("movements",)}
    assert replace(new, **same) == replace(now, movements=tuple(sorted(now.movements, key=lambda m: m.ref)))


def test_an_amount_typed_in_a_line_moves_the_balances():
    new, errors = grids.parse(
        "movements", reserves_plan(), typed("movements", reserves_plan(), **{"m.r2-2020.2020": "2,337"})
    )
    assert errors == {}
    assert reserves.balances(new).closing("r2", 2020) == -1372


def test_a_line_whose_years_are_emptied_is_removed():
    blank = {f"m.r2-2020.{year}": "" for year in (2020, 2021, 2022)}
    new, _ = grids.parse("movements", reserves_plan(), typed("movements", reserves_plan(), **blank))
    assert not any(m.ref == "r2-2020" for m in new.movements)


def test_a_new_line_makes_a_movement_for_each_year_that_has_an_amount():
    line = {
        "new.1.kind": "transfer",
        "new.1.reserve": "r12",
        "new.1.to": "r2",
        "new.1.what": "Cover",
        "new.1.2020": "1,472",
        "new.1.2021": "210",
    }
    new, errors = grids.parse("movements", reserves_plan(), typed("movements", reserves_plan(), **line))
    assert errors == {}
    added = [m for m in new.movements if m.kind == "transfer"]
    assert [(m.year, m.amount_k, m.reserve, m.to_reserve) for m in added] == [
        (2020, 1472, "r12", "r2"),
        (2021, 210, "r12", "r2"),
    ]
    assert reserves.balances(new).totals["usable"] == reserves.balances(reserves_plan()).totals["usable"]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("m.r2-2020.2020", "lots", "not an amount"),
        ("m.r2-2020.2020", "1,234.567", "decimal point"),
        ("m.r2-2020.2020", "-5", "above nil"),
        ("open.r2", "", "Enter 0 for nil"),
        ("open.r2", "abc", "not an amount"),
        ("m.r2-2020.what", "x" * 300, "200 characters"),
    ],
)
def test_an_error_stands_at_its_cell_and_what_was_typed_is_kept(name, value, said):
    data = typed("movements", reserves_plan(), **{name: value})
    _, errors = grids.parse("movements", reserves_plan(), data)
    assert said in errors[name]
    grid = grids.overlay(grids.build("movements", reserves_plan()), data, errors)
    cell = next(c for row in grid.rows for c in row.cells if c.name == name)
    assert (cell.value, cell.error) == (value, errors[name])
    assert grid.errors[0][0] == cell.input_id


@pytest.mark.parametrize(
    ("line", "name", "said"),
    [
        ({"kind": "transfer", "reserve": "r2", "to": "r2", "2020": "5"}, "to", "to itself"),
        ({"kind": "transfer", "reserve": "r2", "2020": "5"}, "to", "goes to"),
        ({"kind": "use", "reserve": "r2", "to": "r3", "2020": "5"}, "to", "Only a transfer"),
        ({"2020": "5"}, "kind", "Choose what kind"),
        ({"kind": "use", "2020": "5"}, "reserve", "Choose the reserve"),
        ({"kind": "use", "reserve": "r2"}, "2020", "at least one year"),
        ({"kind": "gift", "reserve": "r2", "2020": "5"}, "kind", "Choose"),
    ],
)
def test_a_new_line_that_cannot_be_true_is_refused_at_its_cell(line, name, said):
    data = typed("movements", reserves_plan(), **{f"new.1.{key}": value for key, value in line.items()})
    _, errors = grids.parse("movements", reserves_plan(), data)
    assert said in errors[f"new.1.{name}"]


def test_tbc_is_a_value_and_an_empty_cell_is_no_value():
    plan = reserves_plan(workforce=(Line("a", "Posts", amounts={2019: 5, 2020: None}),))
    new, errors = grids.parse(
        "workforce", plan, typed("workforce", plan, **{"l.a.2019": "TBC", "l.a.2020": "", "l.a.2021": "7"})
    )
    assert errors == {}
    assert new.workforce[0].amounts == {2019: None, 2021: 7}


def test_a_division_that_does_not_sum_is_refused_with_both_figures():
    plan = Plan("Any", 2019, 1, reserves=(Reserve("a", "Fund", "earmarked", "A,B", 100),))
    _, errors = grids.parse("categories", plan, QueryDict("s.a.A.2019=60&s.a.B.2019=30"))
    assert errors == {"s.a.A.2019": "The categories sum to 90, but the balance is 100."}
    new, errors = grids.parse("categories", plan, QueryDict("s.a.A.2019=60&s.a.B.2019=40"))
    assert errors == {}
    assert new.splits == (Split("a", 2019, "A", 60), Split("a", 2019, "B", 40))


def test_live_totals_are_declared_with_the_same_sums_as_the_server():
    """Work the declared terms out by hand and compare them with what the server shows."""
    plan = reserves_plan()
    grid = grids.build("movements", plan)
    from finance import money

    posted: dict = {}
    for row in grid.rows:
        for cell in row.cells:
            for post in cell.posts.split() if cell.posts not in ("", "new") else ():
                key, sign = post.split("|")
                amount = money.parse_thousands(cell.value) if cell.value else 0
                posted[key, cell.col] = posted.get((key, cell.col), 0) + int(sign) * amount
    years = [str(year) for year in plan.dates]
    for row in grid.rows:
        for cell in row.cells:
            if cell.terms:
                total = 0
                for term in cell.terms.split():
                    key, sign, *previous = term.split("|")
                    col = years[years.index(cell.col) - 1] if previous else cell.col
                    total += int(sign) * posted.get((key, col), 0)
                posted[cell.key, cell.col] = total
                assert total == cell.number


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("band_d.2020", "-1", "below nil"),
        ("band_d.2020", "999999", "Check the digits"),
        ("band_d.2020", "210.695", "more than 2 decimal places"),
        ("pay_pct.2020", "200", "between -100 and 100"),
        ("tax_base.2020", "lots", "not a number"),
        ("grant_k.2020", "1,234.567", "decimal point"),
        ("grant_k.2020", "9" * 12, "more than a plan can hold"),
    ],
)
def test_a_budget_figure_that_cannot_be_right_is_refused_at_its_cell(name, value, said):
    _, errors = grids.parse("budget", reserves_plan(), typed("budget", reserves_plan(), **{name: value}))
    assert said in errors[name]


def test_an_actual_balance_is_kept_beside_the_movements_and_its_column_says_so():
    plan = Plan("Any", 2019, 1, reserves=(Reserve("a", "Fund", "earmarked", "A", 100),))
    new, errors = grids.parse("actuals", plan, QueryDict("a.a.2019=&a.a.2020=98"))
    assert errors == {}
    assert [(a.year, a.amount_k) for a in new.actuals] == [(2020, 98)]
    assert [reserves.basis(new, year) for year in new.dates] == ["forecast", "actual"]
