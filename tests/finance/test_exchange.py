import io
import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from finance import reserves, rows
from finance.demo import pasted_table
from finance.exchange import flat, pasted, safe, workbook
from finance.figures import Movement, Plan, Reserve
from tests.finance.test_rows_and_compare import whole_plans

INJECTIONS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', "'=quoted"]


def whole(plan: Plan) -> Plan:
    """What a workbook holds of a plan: all but the version and its standing, which belong to the portal."""
    return replace(plan, number=1, status="draft", section25="")


@pytest.mark.django_db
def test_a_workbook_reads_back_exactly_what_was_written(now):
    assert workbook.read(workbook.write(now)) == whole(now)


@pytest.mark.django_db
def test_csv_and_json_read_back_exactly_what_was_written(now):
    assert flat.from_csv(flat.to_csv(now)) == now
    assert flat.from_json(flat.to_json(now)) == now


@settings(max_examples=40, deadline=None)
@given(whole_plans())
def test_any_plan_goes_through_csv_and_json_unchanged(plan):
    legal = replace(plan, movements=tuple(replace(m, what_for="w") for m in plan.movements))
    texts = {"title": "=Title", "note": "=1"}
    legal = replace(legal, **texts, reserves=tuple(replace(r, name=f"-{r.ref}", purpose="+p") for r in legal.reserves),
                    savings=(), capital=())  # fmt: skip
    assert flat.from_json(flat.to_json(legal)) == legal
    assert flat.from_csv(flat.to_csv(legal)) == legal


@pytest.mark.parametrize("text", INJECTIONS)
def test_text_that_looks_like_a_formula_is_written_as_text_and_comes_back_as_it_was(text):
    assert safe.unescape(safe.escape(text)) == text
    assert not safe.escape(text).startswith(safe.STARTS)


@given(st.text(max_size=20))
def test_escaping_is_undone_exactly(text):
    assert safe.unescape(safe.escape(text)) == text


@pytest.mark.django_db
@pytest.mark.parametrize("text", INJECTIONS[:4])
def test_no_exported_cell_of_text_is_a_formula(now, text):
    bad = replace(now, title=text, reserves=(replace(now.reserves[0], name=text, purpose=text), *now.reserves[1:]))
    data = workbook.write(bad)
    book = load_workbook(io.BytesIO(data))
    typed = {"Plan", *(sheet.title for sheet in workbook.SHEETS)}
    formulas = [c.coordinate for name in typed for line in book[name].iter_rows() for c in line if c.data_type == "f"]
    assert formulas == []
    assert workbook.read(data) == whole(bad)


@pytest.mark.django_db
def test_totals_of_the_workbook_are_live_formulas(now):
    book = load_workbook(io.BytesIO(workbook.write(now)))
    balances = book["Balances"]
    assert balances["E6"].value.startswith("=D6+SUMIFS(Movements!")
    assert balances["A20"].value == "Earmarked, contingency and capital reserves"
    assert str(balances["D20"].value).startswith("=SUM(")
    assert book["Council tax"]["C5"].value == "=ROUND(Years!E5*$B5/9,2)"


def spoiled(now, sheet: str, cell: str, value) -> list[str]:
    book = load_workbook(io.BytesIO(workbook.write(now)))
    book[sheet][cell] = value
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(workbook.WorkbookError) as refused:
        workbook.read(out.getvalue())
    return refused.value.problems


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sheet", "cell", "value", "said"),
    [
        ("Movements", "F5", "lots", "Movements, row 5, column F (Amount): “lots” is not an amount"),
        ("Movements", "F5", "1,234.567", "Movements, row 5, column F (Amount): “1,234.567” has a decimal point"),
        ("Movements", "F5", 12.5, "is not a whole number of thousands"),
        ("Movements", "F5", "=1+1", "has a formula"),
        ("Movements", "F5", -5, "Movements, row 5: The amount must be above nil"),
        ("Movements", "C5", "nowhere", "There is no reserve “nowhere”"),
        ("Movements", "E5", "2031/32", "is not a year of the plan"),
        ("Reserves", "E5", None, "Reserves, row 5, column E (Opening balance): This cell must not be empty"),
        ("Reserves", "C5", "Pocket", "must be one of"),
        ("Years", "E5", "198.725", "more than 2 decimal places"),
        ("Plan", "B6", "2018", "is not a financial year"),
        ("Savings", "A4", "Something else", "the heading “Reference” is missing"),
    ],
)
def test_each_bad_cell_is_named_by_sheet_row_and_column(now, sheet, cell, value, said):
    assert any(said in problem for problem in spoiled(now, sheet, cell, value))


@pytest.mark.django_db
def test_a_transfer_to_itself_is_refused_with_its_row(now):
    book = load_workbook(io.BytesIO(workbook.write(now)))
    page = book["Movements"]
    page["B5"], page["D5"] = "Transfer", page["C5"].value
    page["H5"] = "no"
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(workbook.WorkbookError) as refused:
        workbook.read(out.getvalue())
    assert refused.value.problems == ["Movements, row 5: A reserve cannot be transferred to itself."]


@pytest.mark.django_db
def test_a_balance_date_that_is_not_31_march_is_refused_in_a_workbook(now):
    from finance.figures import Actual

    data = workbook.write(replace(now, actuals=(Actual("general-reserve", 2019, 6934),)))
    book = load_workbook(io.BytesIO(data))
    book["Actuals"]["B5"] = "31 December 2019"
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(workbook.WorkbookError, match=r"Actuals, row 5, column B .* is not a 31 March"):
        workbook.read(out.getvalue())


@pytest.mark.parametrize("data", [b"", b"not a workbook", b"PK\x03\x04broken"])
def test_what_is_not_a_workbook_is_refused_in_words(data):
    with pytest.raises(workbook.WorkbookError, match="not an Excel workbook"):
        workbook.read(data)


def test_a_template_reads_back_as_an_empty_plan_of_its_period():
    read = workbook.read(workbook.template(Plan("New", 2024, 3)))
    assert (read.base_year, read.year_count, read.reserves) == (2024, 3, ())
    assert [year.year for year in read.years] == [2024, 2025, 2026, 2027]


@pytest.mark.parametrize(
    "text",
    ["", "row,field,value\r\nplan,title\r\n", "a,b\r\n", "row,field,value\r\nreserve:a,opening_k,12.5\r\n",
     "row,field,value\r\nreserve:a,restricted,perhaps\r\n", "row,field,value\r\nodd:a,x,1\r\n"],
)  # fmt: skip
def test_a_bad_csv_file_is_refused_with_its_line(text):
    with pytest.raises(rows.RowError):
        flat.from_csv(text)


def test_json_with_a_binary_fraction_is_refused():
    with pytest.raises(rows.RowError, match="not a whole number"):
        flat.from_json('{"format": 1, "plan": {"title": 1.5}}')


@pytest.mark.django_db
def test_json_with_a_movement_of_an_unknown_reserve_is_refused(now):
    data = json.loads(flat.to_json(now))
    next(row for key, row in data["rows"].items() if key.startswith("movement"))["reserve"] = "gone"
    with pytest.raises(rows.RowError, match="no reserve"):
        flat.from_json(json.dumps(data))


def test_five_dates_over_four_values_are_refused_until_somebody_says_which_is_missing():
    table = pasted.read(pasted_table())
    empty = Plan("Any", 2019)
    assert table.needs_answer
    assert [value for value, _ in pasted.choices(table)] == ["2019", "2020", "2021", "2022", "2023"]
    with pytest.raises(pasted.PasteError, match="Which date has no figures"):
        pasted.into(empty, table)


def test_with_the_answer_the_eight_printed_totals_are_checked_and_the_missing_date_stays_open():
    from finance import reserves

    plan = pasted.into(Plan("Any", 2019), pasted.read(pasted_table()), missing=2023)
    assert plan.unstated == "2023"
    assert [reserves.balances(plan).totals["usable"][y] for y in plan.stated] == [17273, 8588, 8941, 9255]


def test_a_printed_total_that_is_no_sum_of_the_lines_is_refused():
    table = pasted.read(pasted_table().replace("10,339", "10,340"))
    with pytest.raises(pasted.PasteError, match="Total Earmarked Reserves"):
        pasted.into(Plan("Any", 2019), table, missing=2023)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Reserve\t31 March 2019\nGeneral Reserve\tlots", "Row 2, column 2: “lots” is not an amount"),
        ("Reserve\t31 March 2019\nGeneral Reserve\t1,234.567", "Row 2, column 2: “1,234.567” has a decimal point"),
        ("Reserve\t31 December 2019\nGeneral Reserve\t5", "Row 1, column 2: “31 December 2019” is not a 31 March"),
        ("Reserve\t31 March 2019\nGeneral Reserve\t5\t6", "2 figures on each line, but only 1 dates"),
        ("Reserve\t31 March 2019\t2020\t2021\nGeneral Reserve\t5", "only 1 figures on each line"),
        ("Reserve\t31 March 2020\t2019\nGeneral Reserve\t5\t6", "from earliest to latest"),
        ("Reserve\t31 March 2019\nPocket\t5", "say whether it is earmarked"),
        ("Reserve\tNote\nGeneral\t5", "no dates in the headings"),
        ("", "Paste the headings"),
    ],
)
def test_a_table_that_cannot_be_read_names_the_row_and_the_column(text, said):
    with pytest.raises(pasted.PasteError) as refused:
        pasted.read(text)
    assert any(said in problem for problem in refused.value.problems)


def test_lines_with_different_numbers_of_values_are_each_named():
    text = "Reserve\t31 March 2019\t2020\nEarmarked\nOne\t1\t2\nTwo\t1\t2\t3\n"
    with pytest.raises(pasted.PasteError, match="Row 4, Two: there are 3 figures"):
        pasted.read(text)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("row", "field", "value"),
    [
        ("reserve:general-reserve", "opening_k", "lots"),
        ("reserve:general-reserve", "opening_k", True),
        ("reserve:general-reserve", "opening_k", 10**12),
        ("reserve:general-reserve", "name", "x" * 500),
        ("reserve:general-reserve", "name", "Insurance Reserve"),
        ("reserve:general-reserve", "group", "pocket"),
        ("reserve:general-reserve", "categories", "D"),
        ("reserve:general-reserve", "review_date", "next year"),
        ("reserve:general-reserve", "split_2019_Z", 5),
        ("reserve:general-reserve", "odd", 5),
        ("year:2020", "band_d", "many"),
        ("year:2020", "band_d", "-1.00"),
        ("year:2020", "band_d", "NaN"),
        ("year:2020", "pay_pct", "1000.00"),
        ("saving:estates", "status", "hoped for"),
        ("saving:estates", "amount_2031", 5),
        ("saving:estates", "title", None),
        ("movement:general-reserve-2020", "kind", "gift"),
        ("movement:general-reserve-2020", "year", 1999),
        ("movement:general-reserve-2020", "amount_k", 0),
    ],
)
def test_a_json_file_that_could_not_be_saved_is_refused_before_anything_is_touched(now, row, field, value):
    data = json.loads(flat.to_json(now))
    data["rows"][row][field] = value
    with pytest.raises(rows.RowError) as refused:
        flat.from_json(json.dumps(data))
    assert str(refused.value).endswith(".")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value"), [("base_year", 1), ("year_count", 50), ("title", 5), ("unstated", "soon"), ("floor_pct", "x")]
)
def test_a_json_file_with_an_impossible_plan_is_refused(now, field, value):
    data = json.loads(flat.to_json(now))
    data["plan"][field] = value
    with pytest.raises(rows.RowError):
        flat.from_json(json.dumps(data))


def pot(ref: str, name: str, opening: int) -> Reserve:
    return Reserve(ref, name, "earmarked", opening_k=opening)


def closings(plan: Plan) -> dict[str, list[int]]:
    held = reserves.balances(plan).by_reserve
    return {ref: [amounts[year] for year in plan.dates] for ref, amounts in held.items()}


def table(*lines: str):
    return pasted.read(
        "\n".join(["Group\tReserve\t31 March 2019\t31 March 2020", *(f"Earmarked\t{line}" for line in lines)])
    )


TRANSFERRED = Plan(
    "Plan",
    2019,
    1,
    reserves=(pot("a", "Alpha", 100), pot("b", "Beta", 50)),
    movements=(Movement("m1", "transfer", "a", 2020, 30, to_reserve="b"),),
)


@pytest.mark.parametrize("lines", [("Alpha\t100\t60", "Beta\t50\t80"), ("Alpha\t100\t60",)])
def test_a_table_that_changes_one_end_of_a_transfer_leaves_the_other_reserve_as_it_was(lines):
    # Dropping the transfer whole would have taken 30 from the other reserve without a word.
    assert closings(pasted.into(TRANSFERRED, table(*lines))) == {"a": [100, 60], "b": [50, 80]}


def test_a_reserve_with_two_lines_in_a_table_is_refused():
    with pytest.raises(pasted.PasteError, match=r"Row 3, alpha: this reserve stands in row 2 already"):
        table("Alpha\t100\t60", "alpha\t100\t10")


def test_reserves_whose_names_begin_alike_keep_their_own_movements():
    long = "Collaboration and commissioning reserve"
    made = pasted.into(TRANSFERRED, table(f"{long} north\t100\t60", f"{long} south\t100\t10"))
    assert len({movement.ref for movement in made.movements}) == len(made.movements) == 3
    assert list(closings(made).values())[2:] == [[100, 60], [100, 10]]


@given(
    st.lists(st.tuples(*[st.integers(-500, 500)] * 3), min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(2020, 2021), st.integers(1, 99)), max_size=6),
)
def test_any_table_gives_its_own_balances_and_leaves_other_reserves_alone(lines, moves):
    plan = Plan(
        "Plan", 2019, 2,
        reserves=tuple(pot(f"r{n}", f"Reserve {n}", 10 * n) for n in range(4)),
        movements=tuple(
            Movement(f"m{n}", "transfer", f"r{a}", year, amount, to_reserve=f"r{b}")
            for n, (a, b, year, amount) in enumerate(moves)
            if a != b
        ),
    )  # fmt: skip
    heading = "Group\tReserve\t31 March 2019\t31 March 2020\t31 March 2021"
    text = "\n".join([heading, *(f"Earmarked\tReserve {n}\t{a}\t{b}\t{c}" for n, (a, b, c) in enumerate(lines))])
    made = closings(pasted.into(plan, pasted.read(text)))
    assert {ref: made[ref] for ref in made if int(ref[1]) < len(lines)} == {
        f"r{n}": list(v) for n, v in enumerate(lines)
    }
    assert {ref: made[ref] for ref in made if int(ref[1]) >= len(lines)} == {
        ref: amounts for ref, amounts in closings(plan).items() if int(ref[1]) >= len(lines)
    }


@pytest.mark.django_db
def test_the_workbook_says_which_date_is_only_carried_forward(now):
    sheet = load_workbook(io.BytesIO(workbook.write(now)))["Balances"]
    headings = [cell.value for cell in sheet[4]]
    assert headings[-1] == "31 March 2023 (to be confirmed: carried forward)"
    assert headings[-2] == "31 March 2022"
