"""Form fields draw themselves as components, say their errors in words, and read dates as people type them."""

import datetime as dt

import lxml.html
import pytest
from django import forms
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from portal.design.bound_field import lower_first
from portal.design.fields import DateField, GovDateInput, read_date, split_whole_date
from portal.design.gallery import FILLED, EveryFieldForm


def html_of(form) -> lxml.html.HtmlElement:
    return lxml.html.fragment_fromstring(str(form), create_parent="form")


def errors_of(*shown) -> str:
    names = [f"form{n}" for n, _ in enumerate(shown)]
    template = Template("{% load gov %}{% gov_errors " + " ".join(names) + " %}")
    return template.render(Context(dict(zip(names, shown, strict=True))))


# Dates


@given(st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)))
def test_a_date_is_read_however_its_month_is_typed(day):
    for month in (str(day.month), f"{day.month:02}", f"{day:%b}", f"{day:%B}".upper()):
        assert read_date(str(day.day), month, str(day.year)) == day
        assert read_date(str(day.day), month, f"{day.year % 100:02}") == day


@pytest.mark.parametrize(
    "typed",
    [
        "6 February 2017",
        "06 February 2017",
        "6th February 2017",
        "6/2/17",
        "6.2.2017",
        "6-2-2017",
        "2017-02-06",
        "6 Feb 2017",
    ],
)
def test_a_whole_date_in_the_first_box_is_taken_apart(typed):
    assert read_date(*split_whole_date(typed)) == dt.date(2017, 2, 6)
    form = one_date({"when_day": typed, "when_month": "", "when_year": ""})
    assert form.is_valid() and form.cleaned_data["when"] == dt.date(2017, 2, 6)


def one_date(data: dict, **options) -> forms.Form:
    class WhenForm(forms.Form):
        when = DateField(label="Date of the meeting", **options)

    return WhenForm(data)


@pytest.mark.parametrize(
    ("day", "month", "year", "sentence"),
    [
        ("31", "2", "2017", "Enter a real date, such as 6 February 2017."),
        ("", "2", "2017", "The date must include a day."),
        ("6", "", "", "The date must include a month and year."),
        ("6", "Ju", "2017", "Enter a real date, such as 6 February 2017."),
        ("6", "2", "17000", "Enter a real date, such as 6 February 2017."),
    ],
)
def test_a_wrong_date_is_refused_with_a_sentence(day, month, year, sentence):
    form = one_date({"when_day": day, "when_month": month, "when_year": year})
    assert form["when"].sentences() == [sentence]
    assert [box.get("value") or "" for box in html_of(form).cssselect("input")] == [day, month, year]


def test_a_missing_date_is_asked_for_by_its_name_and_an_optional_one_is_none():
    assert one_date({})["when"].sentences() == ["Enter date of the meeting"]
    assert one_date({}, required=False).is_valid()


def test_a_date_outside_its_limits_names_the_limit():
    form = one_date({"when": "2019-05-01"}, latest=dt.date(2019, 4, 30))
    assert form["when"].sentences() == ["The date must be on or before 30 April 2019."]


def test_a_date_that_is_typed_differently_is_not_a_change():
    field = DateField()
    assert not field.has_changed(dt.date(2017, 2, 6), ["06", "Feb", "17"])
    assert field.has_changed(dt.date(2017, 2, 6), ["7", "2", "2017"])
    assert field.has_changed(dt.date(2017, 2, 6), ["x", "2", "2017"])


def test_a_date_can_be_given_as_one_value():
    assert GovDateInput().value_from_datadict({"when": "2017-02-06"}, {}, "when") == ["06", "02", "2017"]


# Fields


def test_every_label_belongs_to_a_control_and_every_id_is_used_once():
    page = html_of(EveryFieldForm(initial=FILLED))
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert {label.get("for") for label in page.cssselect("label")} <= set(ids)
    described = {
        name for element in page.cssselect("[aria-describedby]") for name in element.get("aria-describedby").split()
    }
    assert described <= set(ids)


def test_each_line_of_the_error_summary_leads_to_a_control():
    form = EveryFieldForm(data={}, prefix="p")
    summary = lxml.html.fragment_fromstring(errors_of(form))
    links = [link.get("href").removeprefix("#") for link in summary.cssselect("li a")]
    controls = {control.get("id") for control in html_of(form).cssselect("input, select, textarea")}
    assert len(links) == len(form.errors) and set(links) <= controls


def test_there_is_no_error_summary_without_errors():
    assert errors_of(EveryFieldForm(), None) == ""


def test_errors_of_a_formset_are_in_the_summary():
    formset = forms.formset_factory(EveryFieldForm, min_num=1, validate_min=True)(
        data={"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0"}
    )
    summary = errors_of(formset)
    assert 'href="#id_form-0-title"' in summary and "at least 1" in summary


def test_what_was_typed_is_shown_again_and_what_is_typed_cannot_become_markup():
    form = EveryFieldForm(data={"title": '"><script>x</script>', "minutes": "twenty", "purpose": "</textarea><b>"})
    page = html_of(form)
    assert not page.cssselect("script, b")
    assert page.cssselect("#id_title")[0].get("value") == '"><script>x</script>'
    assert page.cssselect("#id_minutes")[0].get("value") == "twenty"


def test_an_optional_field_says_so_unless_its_form_is_a_filter():
    class SearchForm(forms.Form):
        words = forms.CharField(required=False)

    class PaperForm(SearchForm):
        title = forms.CharField()

    assert "(optional)" not in str(SearchForm())
    assert "Words (optional)" in str(PaperForm())
    PaperForm.mark_optional = False
    assert "(optional)" not in str(PaperForm())


def test_a_field_under_a_choice_is_drawn_once_and_inside_it():
    page = html_of(EveryFieldForm())
    assert len(page.cssselect("#id_why")) == 1
    assert page.cssselect(".govuk-radios__conditional #id_why")


def test_a_disabled_field_cannot_be_typed_in():
    form = EveryFieldForm()
    form.fields["reference"].disabled = True
    assert html_of(form).cssselect("#id_reference")[0].get("disabled") is not None


def test_no_field_carries_a_style_or_a_script():
    text = str(EveryFieldForm(data={}))
    assert " style=" not in text and "<script" not in text and " on" + "click=" not in text


@pytest.mark.parametrize(
    ("label", "said"),
    [("Paper date", "paper date"), ("OPCC lead", "OPCC lead"), ("E-mail", "e-mail"), ("A note", "a note"), ("", "")],
)
def test_a_label_inside_a_sentence_keeps_only_the_capitals_of_abbreviations(label, said):
    assert lower_first(label) == said


def test_a_choice_not_made_yet_is_said_in_words_and_not_in_dashes():
    class Asked(forms.Form):
        needed = forms.TypedChoiceField(choices=[("", "---------"), ("a", "A")])
        perhaps = forms.TypedChoiceField(choices=[("", "---------"), ("a", "A")], required=False)

    form = Asked()
    assert ">Choose</option>" in form["needed"].as_field_group()
    assert ">Not chosen</option>" in form["perhaps"].as_field_group()
