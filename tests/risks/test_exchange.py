"""Files: what goes out comes back in exactly; bad input is told with row and column and nothing is half saved."""

import csv
import datetime as dt
import io

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from risks import snapshot
from risks.actions import importing, rows, scores
from risks.exchange import cells, files
from risks.exchange.cells import BadCell
from risks.models import Risk

AS_AT = dt.date(2017, 2, 6)
text = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=30)


@given(st.one_of(text, text.map(lambda t: "=" + t), text.map(lambda t: "'=" + t), text.map(lambda t: "'" + t)))
def test_a_guarded_text_comes_back_as_it_was(value):
    guarded = cells.safe(value)
    assert guarded[:1] not in ("=", "+", "-", "@")
    assert cells.read_text(guarded) == value


@pytest.mark.parametrize("value", ["=1+1", "+44", "@SUM(A1)", "-2+3", "\t=1"])
def test_an_unguarded_formula_is_refused(value):
    with pytest.raises(BadCell, match="formula"):
        cells.read_text(value)


@pytest.mark.parametrize(
    ("value", "iso"),
    [("6 February 2017", "2017-02-06"), ("06/02/2017", "2017-02-06"), ("2017-02-06", "2017-02-06"), ("1st November 2018", "2018-11-01"),
     (dt.datetime(2017, 2, 6), "2017-02-06"), ("", None)],
)  # fmt: skip
def test_dates_are_read_day_first(value, iso):
    assert cells.read_date(value) == iso


@pytest.mark.parametrize("value", ["31/02/2017", "tomorrow", "2017", "6"])
def test_what_is_no_date_is_refused(value):
    with pytest.raises(BadCell, match="not a date"):
        cells.read_date(value)


@pytest.fixture
def live(make_risk):
    """Three risks with everything that can be in one, and texts that look dangerous."""
    one = make_risk(
        "SR3.1", current=(3, 4), future=(1, 2), title="=SUM(A1:A9)", description="Two\nlines, “quoted” and 'so on'."
    )
    rows.add_row(
        risk=one, name="controls", text="- a dash, first", owner="Chief Executive", effect="detective", by=None, reason="New",
        on=dt.date(2017, 1, 31),
    )  # fmt: skip
    rows.add_row(
        risk=one,
        name="actions",
        text="'@quoted",
        due=dt.date(2017, 5, 1),
        by=None,
        reason="New",
        on=dt.date(2017, 1, 31),
    )
    rows.add_row(
        risk=one, name="links", text="Victims", target="plans:V1", by=None, reason="New", on=dt.date(2017, 1, 31)
    )
    scores.accept_risk(
        risk=one,
        accepted_by="Commissioner",
        reason="Too dear.",
        accepted_on=dt.date(2017, 1, 31),
        until=dt.date(2018, 1, 31),
        by=None,
    )
    make_risk("SR1.1")
    make_risk("SR3.10")
    return snapshot.take(AS_AT)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_an_export_read_into_an_empty_register_gives_the_same_register(live, kind):
    write, _ = files.WRITERS[kind]
    content = write(live)
    Risk.objects.all().delete()
    outcome = importing.look(files.read(f"register.{kind}", content))
    assert outcome.problems == []
    importing.apply(outcome=outcome, by=None, reason="Round trip")
    again = snapshot.take(AS_AT)
    assert again == live
    if kind != "xlsx":  # an Excel file carries the time it was made
        assert write(again) == content


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_an_export_read_back_changes_nothing(live, kind):
    write, _ = files.WRITERS[kind]
    outcome = importing.look(files.read(f"register.{kind}", write(live)))
    before = Risk.history.count()
    assert importing.difference(outcome) == []
    importing.apply(outcome=outcome, by=None, reason="Nothing new")
    assert snapshot.take(AS_AT) == live
    assert Risk.history.count() == before


@pytest.mark.django_db
def test_no_cell_of_an_export_starts_a_formula(live):
    book = load_workbook(io.BytesIO(files.write_excel(live)))
    assert not [cell for row in book["Register"].iter_rows() for cell in row if cell.data_type == "f"]
    for line in csv.reader(io.StringIO(files.write_csv(live).decode("utf-8-sig"))):
        assert not [value for value in line if value[:1] in ("=", "+", "-", "@")]


def spoil(live, **changes):
    """The export as CSV with some cells of the first matching row changed: part=("SR3.1", "current"), likelihood=6."""
    ref, part = changes.pop("where")
    lines = list(csv.DictReader(io.StringIO(files.write_csv(live).decode("utf-8-sig"))))
    number, line = next((n, line) for n, line in enumerate(lines, 2) if (line["ref"], line["part"]) == (ref, part))
    line.update({name.replace("_", " "): value for name, value in changes.items()})
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, lines[0].keys())
    writer.writeheader()
    writer.writerows(lines)
    return number, out.getvalue().encode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "column", "sentence"),
    [
        ({"where": ("SR3.1", "current"), "likelihood": "6"}, "likelihood", "Likelihood must be 1 to 5, not 6."),
        ({"where": ("SR3.1", "current"), "likelihood": "likely"}, "likelihood", "“likely” is not a whole number."),
        ({"where": ("SR3.1", "current"), "political": ""}, "impact", "no impact category"),
        ({"where": ("SR3.1", "current"), "rating": "12"}, "rating", "The rating is 18 by matrix 2016, not 12."),
        (
            {"where": ("SR3.1", "risk"), "senior_lead": "Chief of Nothing"},
            "senior lead",
            "is not a lead that the register knows",
        ),
        ({"where": ("SR3.1", "risk"), "ref": "SR1.1"}, "ref", "SR1.1 stands twice"),
        ({"where": ("SR3.1", "risk"), "ref": "SR0.1"}, "ref", "not a risk reference"),
        ({"where": ("SR3.1", "risk"), "title": "=HYPERLINK(A1)"}, "title", "starts like a formula"),
        ({"where": ("SR3.1", "cause"), "text": ""}, "text", "The text of this cause is missing."),
        ({"where": ("SR3.1", "cause"), "owner": "Somebody"}, "owner", "has nothing in this column"),
        ({"where": ("SR3.1", "action"), "due": "soon"}, "due", "is not a date"),
        ({"where": ("SR3.1", "control"), "effect": "magical"}, "effect", "is not known here"),
        ({"where": ("SR3.1", "acceptance"), "by": ""}, "by", "says who, when and why"),
        ({"where": ("SR3.1", "risk"), "status": "closed"}, "closed on", "A closed risk has"),
        ({"where": ("SR3.1", "risk"), "id": "nonsense"}, "id", "not one that an export gives"),
    ],
)
def test_bad_input_is_told_with_its_row_and_column_and_nothing_is_saved(live, change, column, sentence):
    number, content = spoil(live, **change)
    outcome = importing.look(files.read("spoiled.csv", content))
    told = [problem for problem in outcome.problems if problem.column == column and problem.row == number]
    if "twice" in sentence:
        told = [problem for problem in outcome.problems if "twice" in problem.sentence]
    assert told and sentence in told[0].sentence, outcome.problems
    with pytest.raises(ValidationError, match="nothing was read in"):
        importing.apply(outcome=outcome, by=None, reason="Try")
    assert snapshot.take(AS_AT) == live


@pytest.mark.django_db
def test_the_rest_is_read_in_only_when_that_is_accepted(live, officer):
    _, content = spoil(live, where=("SR3.1", "current"), likelihood="6")
    content = content.replace(b"Title of SR1.1", b"Another title")
    run = importing.upload(name="half.csv", content=content, by=officer)
    with pytest.raises(ValidationError):
        importing.apply_run(run=run, by=officer)
    importing.apply_run(run=run, by=officer, accept_rest=True)
    now = snapshot.take(AS_AT)
    assert [risk["title"] for risk in now["risks"]] == ["Another title", "=SUM(A1:A9)", "Title of SR3.10"]
    assert now["risks"][1:] == live["risks"][1:]
    with pytest.raises(ValidationError, match="already"):
        importing.apply_run(run=run, by=officer, accept_rest=True)


@pytest.mark.django_db
def test_the_dry_run_says_in_words_what_would_change(live):
    _, content = spoil(live, where=("SR3.1", "current"), likelihood="2", rating="", impact="", band="")
    (told,) = importing.difference(importing.look(files.read("a.csv", content)))
    assert told["ref"] == "SR3.1"
    assert told["sentences"][0].startswith("The current score has moved from 18")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"a,b\n1,2\n", "column headings"),
        (b"ref,part,colour\n", "colour"),
        (b"ref,part,ref\n", "stand twice"),
        (b"PK\x03\x04rubbish", "cannot be read as Excel"),
        (b"\xd0\xcf\x11\xe0old", "old Excel"),
        (b'{"register": "plans"}', "not an export of the register"),
        (b"ref,part\n\x00", "neither CSV"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(content, sentence):
    with pytest.raises(files.Unreadable, match=sentence):
        files.read("file", content)


@pytest.mark.django_db
def test_an_excel_formula_is_refused_even_when_the_file_hides_it(live):
    book = load_workbook(io.BytesIO(files.write_excel(live)))
    book["Register"]["D2"] = "=1+1"
    out = io.BytesIO()
    book.save(out)
    outcome = importing.look(files.read("x.xlsx", out.getvalue()))
    assert ("text", 2) in [(problem.column, problem.row) for problem in outcome.problems]


@pytest.mark.django_db
def test_the_command_reads_nothing_in_when_there_is_a_problem(live, tmp_path, capsys):
    number, content = spoil(live, where=("SR3.1", "current"), likelihood="6")
    path = tmp_path / "register.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match="nothing was read in"):
        call_command("import_risks", str(path))
    assert f"row {number}, likelihood" in capsys.readouterr().err
    assert snapshot.take(AS_AT) == live


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_the_commands_export_and_import_an_empty_register(live, tmp_path, ending):
    path = tmp_path / f"register.{ending}"
    call_command("export_risks", str(path))
    Risk.objects.all().delete()
    call_command("import_risks", str(path))
    assert snapshot.take(AS_AT) == live


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("likelihood", "impact", "said"), [(3, 4, "18 Medium-high"), (3, 3, "13 Medium"), (1, 5, "15 Medium-high")]
)
def test_the_rating_command_prints_rating_and_band(capsys, likelihood, impact, said):
    call_command("risk_rating", likelihood=likelihood, impact=impact)
    assert capsys.readouterr().out.startswith(said)


@pytest.mark.parametrize(
    ("likelihood", "said"), [("6", "not 6"), ("0", "not 0"), ("two", "not “two”"), ("2.5", "not “2.5”")]
)
@pytest.mark.django_db
def test_the_rating_command_answers_a_bad_value_with_a_sentence(likelihood, said):
    with pytest.raises(CommandError, match=f"Likelihood must be a whole number from 1 to 5, {said}"):
        call_command("risk_rating", likelihood=likelihood, impact="4")


@pytest.mark.django_db
def test_a_file_with_problems_leaves_no_lead_or_objective_of_its_own_behind(live, tmp_path):
    from risks.models import Lead, Objective

    _, content = spoil(live, where=("SR3.1", "current"), likelihood="6")
    path = tmp_path / "register.csv"
    path.write_bytes(content.replace(b"SR3.1", b"SR8.1"))
    leads, objectives = set(Lead.objects.values_list("title", flat=True)), Objective.objects.count()
    path.write_bytes(path.read_bytes().replace(b"Chief Executive", b"Chief Unknown"))
    for options in ([], ["--dry-run"]):
        with pytest.raises(CommandError):
            call_command("import_risks", str(path), "--add-leads", *options)
        assert set(Lead.objects.values_list("title", flat=True)) == leads
        assert Objective.objects.count() == objectives


@pytest.mark.django_db
def test_a_choice_written_with_a_capital_is_read_as_what_it_is(live):
    _, content = spoil(live, where=("SR3.1", "control"), effect="Detective")
    outcome = importing.look(files.read("x.csv", content))
    assert not outcome.problems
    importing.apply(outcome=outcome, by=None, reason="Read in")
    risk = next(each for each in snapshot.take(AS_AT)["risks"] if each["ref"] == "SR3.1")
    assert risk["controls"][0]["effect"] == "detective"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("part", "cells"),
    [
        ("control", {"owner": "x" * 121}),
        ("risk", {"reviewed by": "x" * 121}),
        ("current", {"by": "x" * 121}),
        ("risk", {"title": "x" * 121}),
    ],
)
def test_what_is_too_long_to_keep_is_told_with_its_row_before_anything_is_read_in(live, part, cells):
    number, content = spoil(live, where=("SR3.1", part), **cells)
    outcome = importing.look(files.read("x.csv", content))
    assert [(p.row, p.column, p.sentence) for p in outcome.problems] == [
        (number, next(iter(cells)), "This has 121 characters, and may have 120.")
    ]


@pytest.mark.django_db
def test_a_cell_is_told_of_once(live):
    number, content = spoil(live, where=("SR3.1", "control"), text="=1+1")
    outcome = importing.look(files.read("x.csv", content))
    assert [(p.row, p.column) for p in outcome.problems] == [(number, "text")]
    assert "formula" in outcome.problems[0].sentence
