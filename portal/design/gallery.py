"""Made-up samples for the gallery, in the board's own words."""

import datetime as dt

from django import forms

from portal.design import charts
from portal.design.fields import DateField

MARKINGS = [("official", "OFFICIAL"), ("sensitive", "OFFICIAL-SENSITIVE")]


class EveryFieldForm(forms.Form):
    """One field of every kind that the renderer knows."""

    title = forms.CharField(
        help_text="As it is to appear on the agenda.", widget=forms.TextInput(attrs={"label_size": "m"})
    )
    email = forms.EmailField(label="E-mail address")
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    minutes = forms.IntegerField(
        label="Minutes on the agenda", widget=forms.NumberInput(attrs={"width": 3, "suffix": "minutes"})
    )
    amount = forms.DecimalField(required=False, widget=forms.NumberInput(attrs={"width": 10, "prefix": "£"}))
    reference = forms.CharField(label="Closed field", required=False, widget=forms.TextInput(attrs={"width": 10}))
    paper_date = DateField(label="Date of the paper", help_text="For example, 6 2 2017. The month can be a word.")
    purpose = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}))
    summary = forms.CharField(
        label="Open summary", required=False, widget=forms.Textarea(attrs={"rows": 3, "maxwords": 150})
    )
    board = forms.ChoiceField(
        choices=[("", "Choose a board"), ("bcb", "Business Coordination Board"), ("fss", "Finance Sub-group")]
    )
    lead = forms.ChoiceField(
        label="Lead officer", choices=[("Office", [("cex", "Chief Executive")]), ("Force", [("cc", "Chief Constable")])]
    )
    marking = forms.ChoiceField(
        choices=MARKINGS,
        widget=forms.RadioSelect(
            attrs={
                "hints": {"sensitive": "Kept to people who need to know. This does not by itself withhold a paper."},
                "conditional": {"sensitive": "why"},
            }
        ),
    )
    why = forms.CharField(label="Why it is sensitive", required=False)
    is_public = forms.TypedChoiceField(
        label="Is the meeting held in public?",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect(attrs={"inline": True}),
    )
    grounds = forms.MultipleChoiceField(
        label="Grounds for restriction",
        choices=[
            ("1", "Information about an individual"),
            ("3", "Financial or business affairs"),
            ("5", "Legal advice"),
        ],
        widget=forms.CheckboxSelectMultiple(attrs={"small": True}),
        help_text="Choose all that apply.",
    )
    annex = forms.FileField(label="Annex", help_text="A PDF of at most 50 MB.")
    confirm = forms.BooleanField(label="I have read the paper in its final form")


FILLED = {
    "title": "Medium term financial strategy 2019/20 to 2022/23",
    "email": "governance.officer@example.org",
    "minutes": 20,
    "amount": "1250",
    "reference": "BCB 5.0",
    "paper_date": dt.date(2018, 11, 1),
    "purpose": "To present the draft strategy for discussion before the precept is proposed.",
    "summary": "The draft strategy for four years.",
    "board": "bcb",
    "lead": "cc",
    "marking": "sensitive",
    "why": "It quotes contract prices.",
    "is_public": "no",
    "grounds": ["3"],
    "confirm": True,
}


def _rating(likelihood: int, impact: int) -> int:
    """Ranks the 25 cells by the sum, then by impact: only for this sample; the risk register has its own table."""
    total = likelihood + impact
    if total > 6:
        return 26 - _rating(6 - likelihood, 6 - impact)
    return (total - 1) * (total - 2) // 2 + impact


def _cells() -> list[dict]:
    edges = ((6, "Low"), (13, "Medium"), (19, "Medium-high"), (22, "High"), (25, "Critical"))
    places = [(likelihood, impact, _rating(likelihood, impact)) for likelihood in range(1, 6) for impact in range(1, 6)]
    bands = {rating: next(word for edge, word in edges if rating <= edge) for _, _, rating in places}
    return [
        {"likelihood": x, "impact": y, "rating": r, "band": bands[r], "tone": bands[r], "beyond": r > 13}
        for x, y, r in places
    ]


def _point(ref: str, title: str, *places) -> dict:
    return dict(zip(("ref", "title", "inherent", "current", "future"), (ref, title, *places), strict=False))


def charts_shown() -> list[charts.Chart]:
    many = [
        _point("SR1.1", "Partnership demand", [4, 4], [1, 4]),
        _point("SR1.2", "Public confidence", [4, 4], [2, 3]),
        _point("SR2.1", "Records", [3, 4], [2, 2]),
        _point("SR2.2", "Estate", [3, 4], [2, 2]),
        _point("SR2.3", "Contracts", [3, 4], [2, 2]),
        _point("SR3.1", "Funding", [4, 4], [3, 3]),
        _point("SR3.3", "Pensions", [3, 4], [3, 4]),
        _point("SR3.5", "Capital", [2, 4], [2, 4]),
    ]
    paths = [_point("SR3.1", "Funding", [4, 4], [3, 3], [2, 2]), _point("SR1.1", "Partnership demand", [5, 5], [1, 4])]
    years = ["31 March 2019", "31 March 2020", "31 March 2021", "31 March 2022"]
    reserves = [
        {"name": "General reserve", "values": [6934, 7240, 7803, 8027]},
        {"name": "Earmarked", "values": [8100, -46, -256, -166]},
        {"name": "Contingency", "values": [1348, 1348, 1348, 1348]},
        {"name": "Capital", "values": [891, 46, 46, 46]},
    ]
    steps = [
        {"label": "Budget 2018/19", "value": 142.5, "total": True},
        {"label": "Pay and prices", "value": 4.3},
        {"label": "Pensions", "value": 1.9},
        {"label": "Savings", "value": -2.4},
        {"label": "Council tax", "value": -3.2},
        {"label": "Budget 2019/20", "value": None, "total": True},
    ]
    themes = [
        {"label": "Victims and witnesses", "red": 1, "yellow": 4, "green": 7, "white": 2},
        {"label": "Offenders", "yellow": 3, "green": 5},
        {"label": "Communities, schools and town centres", "red": 2, "yellow": 2, "green": 3, "white": 1},
        {"label": "Transformation", "green": 9},
    ]
    satisfaction = [
        {"name": "This force", "values": [72, 74, None, 76, 78, 79]},
        {"name": "Similar forces", "values": [75, 75, 76, 76, 77, 77]},
    ]
    return [
        charts.heatmap(
            _cells(),
            many,
            paths=False,
            id="map-all",
            caption="Current ratings of eight risks",
            title="Of eight risks two, SR3.3 and SR3.5, are above tolerance; SR3.1 is at it; five are below.",
        ),
        charts.heatmap(
            _cells(),
            paths,
            id="map-paths",
            caption="Paths of two risks",
            title="SR3.1 falls from 21 before controls to 13 now and 5 after action; SR1.1 falls from 25 to 10.",
        ),
        charts.stacked_bars(
            years,
            reserves,
            unit="£000",
            floor=7126,
            floor_label="Floor of the general reserve",
            id="reserves",
            caption="Usable reserves, £ thousand",
            title="Usable reserves fall from 17.3 million pounds in 2019 to 8.6 in 2020 and rise to 9.3 by 2022.",
        ),
        charts.waterfall(
            steps,
            unit="£m",
            start=130,
            caption="From this year's budget to next year's",
            id="gap",
            title="The budget moves from 142.5 to 143.1 million pounds: pay and pensions add, savings take away.",
        ),
        charts.rag_bars(
            themes,
            caption="Actions by theme and status",
            id="themes",
            title="Of 39 actions 24 are green, 9 yellow, 3 red and 3 white; communities has most of the red.",
        ),
        charts.line(
            satisfaction,
            [f"Quarter {n}" for n in range(1, 7)],
            unit="%",
            limit=77,
            limit_label="Target",
            id="satisfaction",
            caption="Victims satisfied",
            title="Satisfaction rose from 72 to 79 per cent and has passed the target of 77.",
        ),
    ]


def spark() -> charts.Chart:
    return charts.sparkline(
        [18, 18, 17, 13], title="SR3.1 fell from 18 to 13 in four reports; tolerance is 13.", limit=13
    )


RECORDS = {
    "statuses": [
        ("Draft", "grey"),
        ("With the author", "blue"),
        ("In review", "amber"),
        ("Cleared", "teal"),
        ("Published", "green"),
        ("Withdrawn", "red"),
        ("Superseded", "purple"),
        ("Sealed", "navy"),
    ],
    "rags": ["Red", "Yellow", "Green", "White", ""],
    "bands": [("Critical", 24), ("High", 21), ("Medium-high", 18), ("Medium", 13), ("Low", 5)],
    "tones": [("new", "New"), ("changed", "Changed"), ("removed", "Removed"), ("neutral", "As before")],
    "subnav_items": [
        {"title": "Agenda", "url": "#agenda", "active": True, "count": None},
        {"title": "Papers", "url": "#papers", "active": False, "count": 7},
        {"title": "Pack", "url": "#pack", "active": False, "count": None},
        {"title": "History", "url": "#history", "active": False, "count": None},
    ],
    "summary_rows": [
        ("Board", "Business Coordination Board"),
        {"key": "Date", "value": "1 November 2018", "actions": [{"text": "Change", "href": "#date", "of": "the date"}]},
        ("Place", "Conference room, police headquarters"),
    ],
    "table_header": ["Reserve", "31 March 2019", "31 March 2020", "31 March 2021"],
    "table_rows": [
        ["General", "6,934", "7,240", "7,803"],
        ["Earmarked", "8,100", "(46)", "(256)"],
        ["Capital", "891", "46", "46"],
        ["Total usable", "15,925", "7,240", "7,593"],
    ],
    "events": [
        {
            "title": "Pack published",
            "by": "Governance officer",
            "when": "24 October 2018 at 4:10pm",
            "text": "Edition 1: 7 papers, 96 pages.",
        },
        {"title": "Paper cleared", "by": "Chief Finance Officer", "when": "23 October 2018 at 11:02am", "text": ""},
        {"title": "Paper submitted", "by": "Author", "when": "22 October 2018 at 9:41am", "text": ""},
    ],
    "meetings": [
        {
            "day": dt.date(2018, 11, 1),
            "title": "Business Coordination Board",
            "meta": "2pm, Conference room",
            "state": "Published",
            "tone": "green",
        },
        {
            "day": dt.date(2018, 12, 6),
            "title": "Business Coordination Board",
            "meta": "2pm, Conference room",
            "state": "Papers due 26 November",
            "tone": "amber",
        },
    ],
    "agenda": [
        {
            "number": "1",
            "title": "Welcome and apologies",
            "meta": "Chair",
            "paper": "",
            "state": "",
            "tone": "",
            "restricted": "",
        },
        {
            "number": "5",
            "title": "Medium term financial strategy",
            "meta": "Chief Finance Officer, to discuss",
            "paper": "5.0 Medium term financial strategy 2019/20 to 2022/23",
            "state": "Cleared",
            "tone": "teal",
            "restricted": "",
        },
        {
            "number": "6",
            "title": "Contract award",
            "meta": "Chief Executive, to decide",
            "paper": "",
            "state": "Sealed",
            "tone": "navy",
            "restricted": "Not open to the public: financial or business affairs (paragraph 3).",
        },
    ],
    "tasks": [
        {"title": {"text": "Agenda in order"}, "href": "#agenda", "status": {"text": "Done"}},
        {
            "title": {"text": "Papers cleared"},
            "hint": {"text": "2 of 7 are still in review."},
            "href": "#papers",
            "status": {"tag": {"text": "Not yet", "classes": "govuk-tag--amber"}},
        },
        {
            "title": {"text": "Pack sealed"},
            "status": {"text": "Cannot start yet", "classes": "govuk-task-list__status--cannot-start-yet"},
        },
    ],
    "figures": [
        {"label": "Papers", "value": "7", "note": "2 in review"},
        {"label": "Pages", "value": "96", "note": "in the pack"},
        {"label": "Days to the meeting", "value": "8", "note": "5 clear working days"},
    ],
    "phase": {"text": "Trial"},
    "tabs": [
        {"label": "This meeting", "id": "tab-this", "panel": {"html": '<p class="govuk-body">Seven papers.</p>'}},
        {"label": "Next meeting", "id": "tab-next", "panel": {"html": '<p class="govuk-body">No papers yet.</p>'}},
    ],
    "accordion": [
        {
            "heading": {"text": "How ratings are made"},
            "content": {"html": '<p class="govuk-body">Likelihood and impact give a rank from 1 to 25.</p>'},
        },
        {
            "heading": {"text": "Who may change them"},
            "content": {"html": '<p class="govuk-body">The owner of the risk.</p>'},
        },
    ],
}
