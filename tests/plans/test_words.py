"""Sentences, leads and internal file paths."""

import pytest

from plans import words


def test_dates_print_in_one_style():
    assert words.day("2017-02-06") == "6 February 2017"
    assert words.month("2018-10-31") == "October 2018"
    assert words.day(None) == ""


def test_lists_and_counts_read_as_english():
    assert words.listing(["V1", "V2", "O3"]) == "V1, V2 and O3"
    assert words.listing(["V1"]) == "V1"
    assert words.count(1, "activity") == "one activity"
    assert words.count(44, "activity") == "44 activities"
    assert words.times(2) == "twice"


@pytest.mark.parametrize("printed", ["NP / CS", "NP/CS", "NP ;CS"])
def test_joint_leads_are_split_with_or_without_spaces(printed):
    assert words.split_leads(printed) == ["NP", "CS"]


def test_initials_are_told_from_bodies():
    assert words.looks_like_initials("AF")
    assert not any(words.looks_like_initials(body) for body in ("OPCC", "CSPs", "PSB", "Constabulary"))


@pytest.mark.parametrize(
    "path",
    [
        r"S:\Partnership\2018\07 19\Item 5 - Annual update.docx",
        r"\\fileserver\opcc\Plan folder\update.xlsx",
        "../../../Partnership Working/2018 07 19/Final/19 07 2018 - Item 5 -  Annual update on the Agreement.docx",
        "file:///home/someone/plan.docx",
        "/mnt/share/opcc/plan.docx",
    ],
)
def test_internal_paths_are_taken_out_and_reported(path):
    text, found = words.without_paths(f"The agreement was reviewed. {path} It was adopted in July.")
    assert text == "The agreement was reviewed. It was adopted in July."
    assert len(found) == 1 and found[0] == path


def test_each_path_of_a_fused_cell_is_reported():
    path = "../../../Partnership Working/2018/Item 5 - Annual update.docx"
    text, found = words.without_paths(f"{path}\n{path}\n{path}")
    assert (text, len(found)) == ("", 3)


def test_web_addresses_dates_and_fractions_are_left_alone():
    text = "See https://example.org/a/b, 16/2/17, and/or 2018/19; ratio 3:4."
    assert words.without_paths(text) == (text, [])


@pytest.mark.parametrize(
    ("name", "noun"),
    [
        ("Business Coordination Board", "Board"),
        ("Police and Crime Panel", "Panel"),
        ("Joint Audit Committee", "Committee"),
        ("Resource Group", "Group"),
        ("Quarterly assurance", "Board"),
    ],
)
def test_a_body_is_called_by_its_own_noun(name, noun):
    assert words.body_noun(name) == noun
