"""Each rule finds what it is for, and stays silent beside it.

A sentence is put into the background of an otherwise clean paper: BAD says which rule answers, GOOD must stay without a finding.
"""

import datetime as dt

import pytest

from boards.document import build as b
from boards.document import findings, schema
from boards.document.findings import ImportFacts, PrintedLink

from .test_findings import clean_facts, clean_paper

BAD = [
    ("P2.placeholder", "The final cost will be £XX in the year."),
    ("P2.placeholder", "The amount asked for is £x,xxx in the year."),
    ("P2.placeholder", "Insert chart here."),
    ("P2.placeholder", "[To be updated before publication]"),
    ("P2.placeholder", "The date of the next visit is TBC."),
    ("P2.placeholder", "Table of visits: to follow"),
    ("P2.placeholder", "The department is: Choose an item."),
    ("P7.section", "The costs are in section 12 of this report."),
    ("P7.table", "Figure 4 shows the trend."),
    ("P8.address", "The evidence is at ../2018/report.pdf for now."),
    ("P10.unfinished", "The report was"),
    ("P11.percent", "Band D rises by £11.97 from £198.72, an increase of 6.3%."),
    ("P11.percent", "There was an increase of £11.97 (6.3%) on £198.72 in the year."),
    ("P11.percent", "Crime fell 25% from 200 to 160 in the year."),
    ("P11.percent", "The grant of £78.4m is 60% of the £142.5m budget."),
    ("P11.sum", "The force has 1,175 local officers and 251 others, a total of 1,425."),
    ("P11.product", "Five retirees at £79.6k each come to £388k."),
    ("P11.count", "Three themes were chosen: Victims, Offenders, Communities and Transformation."),
    ("P12.contact", "The officer's mobile is 07700 900123."),
    ("P12.contact", "Ring the officer on (01223) 555 123."),
    # placeholders
    ("P2.placeholder", "The report of the Panel will be XXXX in due course."),
    ("P2.placeholder", "To be added once figures are known."),
    ("P2.placeholder", "The lead is [insert name] for this."),
    # citations
    ("P7.paragraph", "This follows from paragraph 8.4 of this report."),
    ("P7.paragraph", "See paragraphs 3.1 and 9.2 for the detail."),
    ("P7.table", "The position is shown in Table 7 below."),
    ("P7.appendix", "The draft strategy can be found at Appendix 3."),
    ("P7.register", "The finance risk is SR9.9 on the register."),
    ("P7.item", "The plan is item 9.0 on this agenda."),
    ("P7.stray", "The board considered SR3.1 5 there is a theoretical risk."),
    ("P7.title", "The reasons are given under Background in section 1."),
    ("P7.title", "The board has seen the background in section 2 of this paper before."),
    # links
    ("P8.address", "The evidence is kept in \\\\server01\\share\\OPCC\\plan.docx for now."),
    ("P8.address", "The evidence is kept in G:\\Finance\\Plan for now."),
    ("P8.address", "The evidence is at file:///C:/plan.docx for now."),
    ("P8.bare", "It is at https://www.example.org/plan/ for all to read."),
    ("P8.bare", "It is at www.example.org for all to read."),
    ("P8.broken", "It is at http://www.force- pcc.example.uk/wp-content/plan.pdf for all to read."),
    # names
    ("P9.before", "The MTFS is due. The Medium Term Financial Strategy (MTFS) will follow in May."),
    ("P9.two-ways", "The Local Police Relocation (LPR) began in May."),
    ("P9.board", "The Business Co-ordination Board agreed this in May."),
    # sentences
    ("P10.unfinished", "There is an acknowledgement that the roll out of the"),
    ("P10.unfinished", "There is an acknowledgement that the roll out of national programmes"),
    # figures
    ("P11.percent", "The current rate is £198.72. An increase of £11.97 takes it to £210.69 (6.3% increase)."),
    ("P11.percent", "Calls rose from 200 to 250 (a 30% increase) in the year."),
    ("P11.percent", "In all 30 of the 120 cases (30%) were closed in time."),
    ("P11.sum", "The officers are 1,175 + 251 = 1,425 in the budget."),
    ("P11.sum", "There were a total of 24 actions (10 in prevention, 8 in visibility and 7 in engagement)."),
    ("P11.sum", "Of the 342 findings, 40 were taken forward and the remaining 301 were handed back."),
    ("P11.sum", "The consultation ran for 60 days (nine weeks) in the spring."),
    ("P11.count", "The plan has four themes: Victims, Offenders and Communities."),
    ("P11.parts", "The plan has 24 actions: 10 in prevention, 8 in visibility and 7 in engagement."),
    ("P11.parts", "Of the 17 grants, 9 went to parishes, 7 to charities and 2 to a school."),
    ("P11.spaced", "The centre took 28, 621 calls in October and 27, 373 in November."),
    (
        "P11.share",
        "In 2018/19 60% of the funding was from the Police Grant, set at £78.411 million. The reserve stood at £7.198m"
        " (5.05% of the Net Budget Requirement (NBR) 2018/19).",
    ),
    # people
    ("P12.contact", "Questions go to jane.example@force.example.org in the first place."),
    ("P12.contact", "Questions go to 01234 567890 in the first place."),
    ("P12.contact", "Her mobile is 07700900123 for questions."),
    # the rest
    ("P14.furniture", "Official Agenda Item: 5.0"),
    ("P14.furniture", "Page 2 of 3"),
    ("P16.colour", "Any amendments are highlighted in red text for the board."),
    ("P17.dates", "The target is 31 March 2021, the start of the financial year 2020/21."),
    ("P17.dates", "The target is 31 June 2021 for all of it."),
    ("P17.dates", "The Panel met on Tuesday 6 February 2017 in the morning."),
]
GOOD = [
    "The costs are in section 25 of the Local Government Act 2003.",
    "The reasons are given in section 3 above.",
    "The reasons are given under Background in section 3.",
    "The Act gives the background in section 2 of the Local Government Act 2003.",
    "An appendix is to be added to the next report.",
    "The gap is after treasury funding, which is still to be confirmed.",
    "Band D rises by £11.97 from £198.72, an increase of 6.02%.",
    "Crime fell 20% from 200 to 160 in the year.",
    "Response times fell by 50%, from 20 to 10 minutes.",
    "The grant of £78.4m is 55% of the £142.5m budget.",
    "The grant of £120,000 is 40% of the £300,000 bid for.",
    "Of 1,425 officers, 251 (18%) work in specialist teams.",
    "The force has 1,175 local officers and 251 others, a total of 1,426.",
    "There were 12 visits, 40 calls and 20 letters, a total of 72.",
    "The sites took 1,175 calls in May and 251 in June, making 900 callers happy.",
    "Five retirees at £79.6k each come to £398k.",
    "Six posts at £40k a year and one at £90k come to £330k.",
    "Three themes were chosen: Victims, Offenders and Communities.",
    "The contract (reference 0712345678/2) was let in May.",
    "Satisfaction was 84.1% in May and 70.1% in June, a fall of 14 percentage points.",
    "In 2019/20, 12 of 40 actions (30%) closed, and in 2020/21 14 of 40 (35%).",
    "Costs are £1.2m, £0.4m and £0.6m: £2.2m in all.",
    "The total of 999 staff comprises 873 police staff and 126 PCSOs.",
    "Staff sickness averaged 9.4 days against 10 days a year earlier.",
    "Three posts are to be added in April if the budget allows.",
    "The bid for 2019/20 is TBC until the settlement is known.",
    "Paragraph 4.2 of the Code of Practice and paragraph 5.1 of Schedule 1 apply here.",
    "Appendix 4 of the Financial Regulations and Table 9 of the guidance apply here.",
    "The finance risk is SR3.1 on the register of the Commissioner.",
    "Item 9 of the last meeting’s minutes dealt with this matter.",
    "Write to the office at enquiries@office.example.org or call 101.",
    "The helpline is 0800 123 4567 and the emergency number is 999.",
    "Calls rose from 200 in May to 250 in June, against 3% nationally.",
    "The grant fell from £79.2m to £78.4m (a 1% reduction) in the year.",
    "In the year 47.5% of 1,200 incidents were reached within 60 minutes.",
    "The group has 12 members, of whom 4 are independent and 3 are new.",
    "Of the 17 grants, 9 went to parishes, 7 to charities and 1 to a school.",
    "An increase of £11.97 on £198.72 is 6.0% and makes £210.69 in all.",
    "The contingency is set at five retirees averaged at £79.6k per pensioner, which is £398k.",
    "Employer contributions will rise by between 7.2% to 11.2%, or £165m in 2019/20 and £417m in 2020/21.",
    "There are four themes: Victims, Offenders, Communities, and Transformation.",
    "There are two options: do nothing, which costs more, or go on.",
    "The team has three officers (one sergeant, two constables) in each district.",
    "In two districts: 10 in Fenland, 12 in Huntingdonshire and 9 in the city were open.",
    "Of the 100 calls, 60 were about noise and 30 about parking.",
    "Dial 101, 999 or 111 as the case may be, and 999 in an emergency.",
    "Seven forces take part (Bedfordshire, Cambridgeshire, Essex, Hertfordshire, Kent, Norfolk, and Suffolk).",
    "The plan was agreed on 31 March 2021, the end of the financial year 2020/21.",
    "The Panel met on Monday 6 February 2017 in the morning.",
    "The Police and Crime Panel (“the Panel”) and the Finance Sub-Group met on 1 April 2016.",
    "The Ministry of Justice (MoJ) and the Office of the Police and Crime Commissioner (OPCC) agree.",
    "Organised Crime Groups (OCGs) remain a priority. The harm done by OCGs has grown.",
    "Risks are shown in red where the rating is Critical, and the word is printed beside it.",
    "Is this the right course? The office believes so!",
    "The review asks officers to look at: demand, skills and estates.",
    "The Section 25 report and the officer under section 151 are named in paragraph 3.1.",
    "The board is asked to agree the plan (see Table 1).",
]


def with_line(*content):
    paper = clean_paper()
    background = next(s for s in paper["content"] if s["attrs"]["role"] == "background")
    background["content"].insert(3, b.para(*content))
    return schema.normalise(paper)


def rules_of(document, **facts):
    return [f.rule for f in findings.check(document, clean_facts(**facts))]


@pytest.mark.parametrize(("rule", "sentence"), BAD, ids=[f"{rule} {line[:40]}" for rule, line in BAD])
def test_a_rule_finds_what_it_is_for(rule, sentence):
    titles = {"risks:SR3.1": "Failure to manage finances effectively"}
    assert rule in rules_of(with_line(sentence), known_targets=titles)


@pytest.mark.parametrize("sentence", GOOD, ids=[line[:50] for line in GOOD])
def test_no_false_alarm(sentence):
    found = [f for f in findings.check(with_line(sentence), clean_facts()) if f.rule != "P16.colour"]
    assert found == []


def test_the_header_must_be_complete():
    assert rules_of(clean_paper(), marking="", agenda_number=None) == ["P1.header", "P1.header"]
    assert "P2.placeholder" in rules_of(clean_paper(), agenda_number="XXXX")


def test_required_parts_must_be_there():
    paper = clean_paper()
    paper["content"] = [
        s for s in paper["content"] if s["attrs"]["role"] not in ("purpose", "bibliography", "recommendation")
    ]
    assert rules_of(paper).count("P1.parts") == 3


def test_guidance_of_a_template_blocks():
    paper = clean_paper()
    paper["content"][0]["content"].append(b.guidance("Say what the paper is for."))
    assert rules_of(schema.normalise(paper)) == ["P2.guidance"]


def test_the_recommendation_fits_the_agenda():
    assert rules_of(clean_paper(), action_requested="approve") == ["P5.action"]
    paper = schema.normalise(clean_paper())
    next(n for n in schema.walk(paper) if n["type"] == "recommendation")["attrs"]["verb"] = "approve"
    assert rules_of(paper, action_requested="approve", decision_linked=True) == []
    assert rules_of(paper, action_requested="approve", decision_linked=False) == ["P5.action"]


@pytest.mark.parametrize(
    ("day", "severity"),
    [
        (dt.date(2017, 2, 7), "acknowledge"),
        (dt.date(2017, 2, 6), None),
        (dt.date(2017, 1, 27), None),
        (dt.date(2017, 1, 26), "advice"),
        (dt.date(2017, 1, 20), "acknowledge"),
    ],
)
def test_the_date_suits_the_meeting(day, severity):
    found = findings.check(clean_paper(), clean_facts(paper_date=day))
    assert [f.severity for f in found] == ([severity] if severity else [])


def test_a_live_reference_must_lead_somewhere():
    lost = with_line("See ", b.xref("block:b000000000x"), ".")
    assert rules_of(lost) == ["P7.xref"]
    assert rules_of(with_line("See ", b.xref("risks:SR9.9"), " here.")) == ["P7.xref"]
    assert rules_of(with_line("See ", b.xref("risks:SR3.1"), " here.")) == []


def test_a_risk_named_by_anothers_words_is_found():
    titles = {
        "risks:SR3.1": "Commissioner and Chief Constable fail to manage finances effectively",
        "risks:SR3.2": "Commissioner and Chief Constable fail to work together effectively",
    }
    wrong = "SR3.2 the theoretical risk that the Commissioner and Chief Constable fail to manage the finances effectively has changed."
    right = "SR3.1 the theoretical risk that the Commissioner and Chief Constable fail to manage the finances effectively has changed."
    found = [f for f in findings.check(with_line(wrong), clean_facts(known_targets=titles)) if f.rule == "P7.register"]
    assert "SR3.1" in found[0].sentence
    assert rules_of(with_line(right), known_targets=titles) == []


def test_links_of_the_tree_say_where_they_lead():
    assert rules_of(with_line("See ", b.link("https://example.org/a", "https://example.org/a"), ".")) == ["P8.bare"]
    assert rules_of(with_line("See ", b.link("http://example.org/a", "the plan"), ".")) == ["P8.http"]
    assert rules_of(with_line("Write to ", b.link("mailto:office@example.org", "office@example.org"), ".")) == []


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("plan.docx", "relative"),
        ("../x/plan.docx", "relative"),
        (r"\\server\share\plan.docx", "file share"),
        ("file:///s:/plan.docx", "file share"),
        (r"S:\plan.docx", "computer"),
        ("javascript:alert(1)", "not published"),
    ],
)
def test_links_lost_on_import_are_said(address, said):
    facts = ImportFacts(links=[PrintedLink(None, "the plan", address)])
    found = findings.check(clean_paper(), clean_facts(imported=facts), only=("P8",))
    assert [f.rule for f in found] == ["P8.address"]
    assert said in found[0].sentence


def test_what_was_found_on_import_goes_when_it_is_mended():
    paper = with_line("See the plan for it.")
    block = next(n for n in schema.walk(paper) if n["type"] == "para" and "See the plan" in str(n["content"]))
    lost = ImportFacts(
        links=[PrintedLink(block["attrs"]["id"], "the plan", "plan.docx")], empty_rows=["Source Documents"]
    )
    assert rules_of(paper, imported=lost) == ["P8.address"]  # the source documents were filled in since
    block["content"] = [b.text("See "), *b.link("https://example.org/", "the plan"), b.text(" for it.")]
    assert rules_of(schema.normalise(paper), imported=lost) == []
    placeholder = ImportFacts(header={"marking": "XXXX", "agenda_number": "XXXX", "date_printed": "TBC"})
    assert rules_of(clean_paper(), imported=placeholder) == []


def test_facts_of_an_import_survive_being_stored():
    import json

    facts = ImportFacts(
        printed={"b0123456789": "3.4"},
        links=[PrintedLink(None, "the plan", "plan.docx")],
        opening=["To note."],
        closing=["To approve."],
        closing_printed=[("5.1", "To approve.")],
    )
    assert ImportFacts.from_dict(json.loads(json.dumps(facts.as_dict()))) == facts


def test_pictures_and_charts_need_words():
    def paper(alt):
        return with_block(b.figure("Reserves", "asset:" + "0a" * 32, alt))

    assert rules_of(paper("")) == ["P10.picture"]
    assert rules_of(paper("image1.png")) == ["P10.picture"]
    assert rules_of(paper("Reserves fall from 6 to 5 million pounds")) == []
    assert rules_of(with_block(b.chart("risks.heatmap", {}, "Risks", ""))) == ["P10.picture"]


def with_block(block):
    paper = clean_paper()
    background = next(s for s in paper["content"] if s["attrs"]["role"] == "background")
    background["content"].append(block)
    return schema.normalise(paper)


def test_an_empty_numbered_paragraph_is_found():
    assert rules_of(with_block(b.para())) == ["P10.empty"]
    assert rules_of(with_block(b.para(numbered=False))) == []


def table(*rows, note=None, header=("Post", "2018/19")):
    return with_block(b.table("Posts", list(header), [list(row) for row in rows], note=note))


def test_totals_of_tables_add_up():
    good = (("Local", "1,175"), ("Other", "250"), ("Total", "1,425"))
    off_by_one = (("Local", "1,175"), ("Other", "251"), ("Total", "1,425"))
    assert rules_of(table(*good)) == []
    assert rules_of(table(*off_by_one)) == ["P11.table"]
    assert rules_of(table(*off_by_one, note="* takes account of roundings in calculations")) == []
    assert rules_of(table(("Local", "1,175"), ("Other", "260"), ("Total", "1,425"), note="rounded")) == ["P11.table"]
    measures = (("Burglary", "120"), ("Vehicle crime", "80"), ("Total recorded crime", "5,312"))
    assert rules_of(table(*measures)) == []
    subtotals = (
        ("A", "1"),
        ("B", "2"),
        ("Sub-total", "3"),
        ("C", "4"),
        ("D", "5"),
        ("Sub-total", "9"),
        ("Total", "12"),
    )
    assert rules_of(table(*subtotals)) == []


RESERVES = ("Reserve", "Home Office category", "Balance 31 March 2019", "Balance 31 March 2020")


def test_an_overdrawn_reserve_is_found():
    rows = [["Budget Assistance Reserve", "A", "965", "(1,472)"], ["Insurance Reserve", "C", "996", "996"]]
    found = [f for f in findings.check(table(*rows, header=RESERVES), clean_facts()) if f.rule == "P11.overdrawn"]
    assert [f.sentence for f in found] == ["“Budget Assistance Reserve” is overdrawn: minus 1,472."]
    moved = ("Reserve", "Movement in balance")
    assert rules_of(table(["Insurance Reserve", "(20)"], header=moved)) == []


def test_a_balance_with_two_categories_is_found():
    rows = [["Estate Reserve", "A, B", "5,439", "-"], ["Insurance Reserve", "C", "996", "996"]]
    found = [f for f in findings.check(table(*rows, header=RESERVES), clean_facts()) if f.rule == "P11.category"]
    assert [f.sentence for f in found] == ["“Estate Reserve” is given two categories, “A, B”."]


def test_a_headed_column_without_values_is_found():
    rows = [["Drug forfeiture", "78", "78", ""], ["Budget", "965", "(1,472)", ""], ["Casualty", "1,348", "1,348", ""]]
    heads = ["Reserve", "31 March 2019", "31 March 2020", "31 March 2021"]
    assert rules_of(table(*rows, header=heads)) == ["P11.columns"]


def test_a_list_is_as_long_as_announced():
    paper = clean_paper()
    background = next(s for s in paper["content"] if s["attrs"]["role"] == "background")
    background["content"] += [b.para("The board set the following four priorities:"), b.bullets("one", "two", "three")]
    assert rules_of(schema.normalise(paper)) == ["P11.count"]


@pytest.mark.parametrize(
    "lead",
    [
        "The two forces have agreed that:",
        "A letter was signed by two councils to:",
        "In the last two months the office has:",
        "The paper says in paragraph 3.2 that:",
    ],
)
def test_a_number_that_does_not_count_the_list_is_left_alone(lead):
    paper = clean_paper()
    background = next(s for s in paper["content"] if s["attrs"]["role"] == "background")
    background["content"] += [b.para(lead), b.bullets("one", "two", "three")]
    assert rules_of(schema.normalise(paper)) == []


def test_a_total_is_called_what_it_adds_up():
    rows = [
        ["Earmarked Reserves", ""],
        ["Drug forfeiture", "78"],
        ["Casualty reduction", "1,348"],
        ["Contingency Reserves", ""],
    ]
    rows += [["Insurance", "996"], ["Ill health", "398"], ["Total Earmarked Reserves", "2,820"]]
    assert rules_of(table(*rows, header=("Reserve", "2019"))) == ["P11.label"]
    rows[-1][0] = "Total earmarked and contingency reserves"
    assert rules_of(table(*rows, header=("Reserve", "2019"))) == []


def test_contact_details_are_allowed_in_the_exempt_part_and_role_mailboxes_everywhere():
    line = "Questions go to jane.example@force.example.org in the first place."
    assert rules_of(with_line(line), part="exempt") == []
    assert rules_of(with_line(line), role_mailboxes=("jane.example@force.example.org",)) == []


def test_the_detail_itself_is_not_repeated_in_the_finding():
    (found,) = findings.check(with_line("Ask jane.example@force.example.org about it."), clean_facts())
    assert "jane" not in found.sentence + found.mend


def test_the_marking_suits_the_part():
    assert rules_of(clean_paper(), marking="OFFICIAL-SENSITIVE") == ["P13.marking"]
    assert rules_of(clean_paper(), marking="OFFICIAL-SENSITIVE", part="exempt") == []
    assert rules_of(clean_paper(), marking="NOT PROTECTIVELY MARKED") == ["P13.marking"]


def test_a_hard_paper_gets_one_piece_of_advice():
    hard = "Notwithstanding institutional considerations regarding organisational accountability, " * 6
    paper = clean_paper()
    background = next(s for s in paper["content"] if s["attrs"]["role"] == "background")
    background["content"] += [b.para(hard.strip(", ") + ".") for _ in range(12)]
    found = [f for f in findings.check(schema.normalise(paper), clean_facts()) if f.rule == "P15.reading-age"]
    assert {f.severity for f in found} == {"advice"}
    assert len(found) <= 2


def test_dates_of_a_timetable_are_alike():
    rows = [["Tender", "10/05/17"], ["Contract award", "01/07/17"], ["Fees", "07/17 - 12/17"]]
    assert rules_of(table(*rows, header=("Activity", "Target date"))) == ["P17.table", "P17.table"]
