"""The sheets of the plan's workbook, as a table: one list of columns serves the template, the export and the import."""

from dataclasses import dataclass

from finance import figures


@dataclass(frozen=True)
class Column:
    """`kind`: text, thousands, pounds, percent, number, year, date, yesno or choice."""

    key: str
    heading: str
    kind: str = "text"
    options: dict[str, str] | None = None
    optional: bool = False
    width: int = 14


@dataclass(frozen=True)
class Sheet:
    """`part` is the collection of `figures.Plan` it holds; `by_year` adds a column of amounts for each year."""

    title: str
    part: str
    help: str
    columns: tuple[Column, ...]
    by_year: bool = False


_LINE_TEXT = (
    Column("ref", "Reference", width=22),
    Column("heading", "Heading", optional=True, width=22),
    Column("title", "Title", width=40),
    Column("status", "Status", optional=True),
    Column("owner", "Owner (a role)", optional=True, width=24),
    Column("note", "Note", optional=True, width=30),
    Column("total", "Is a printed total", "yesno"),
    Column("order", "Order", "number"),
)

PLAN_FIELDS = (
    Column("title", "Title", width=40),
    Column("base_year", "Base year", "year"),
    Column("year_count", "Number of years", "number"),
    Column("floor_pct", "Floor of the general reserve (%)", "percent"),
    Column("national_pct", "Level to be justified (%)", "percent"),
    Column("balancing_reserve", "Balancing reserve (reference)", optional=True),
    Column("unstated", "Dates without figures", optional=True),
    Column("general_reason", "Reason for the level of the general reserve", optional=True),
    Column("robustness", "Robustness of the estimates", optional=True),
    Column("adequacy", "Adequacy of the reserves", optional=True),
    Column("note", "Note", optional=True),
)

SHEETS = (
    Sheet(
        "Years",
        "years",
        "One line for each year, the base year first. Amounts in thousand pounds. Leave a "
        "cell empty for “to be confirmed”.",
        (
            Column("year", "Year", "year"),
            Column("requirement_k", "Net budget requirement", "thousands", optional=True),
            Column("grant_k", "Grant", "thousands", optional=True),
            Column("other_k", "Other funding", "thousands", optional=True),
            Column("band_d", "Band D (£)", "pounds", optional=True),
            Column("tax_base", "Tax base", "pounds", optional=True),
            Column("pay_bill_k", "Pay bill", "thousands", optional=True),
            Column("non_pay_k", "Non-pay spending", "thousands", optional=True),
            Column("pay_pct", "Pay assumption (%)", "percent", optional=True),
            Column("price_pct", "Price assumption (%)", "percent", optional=True),
            Column("note", "Note", optional=True, width=40),
        ),
    ),
    Sheet(
        "Reserves",
        "reserves",
        "One line for each reserve. The opening balance is at 31 March of the base year, in thousand pounds.",
        (
            Column("ref", "Reference", width=26),
            Column("name", "Reserve", width=38),
            Column("group", "Group", "choice", figures.GROUPS),
            Column("categories", "Home Office category"),
            Column("opening_k", "Opening balance", "thousands"),
            Column("opening_basis", "Opening balance is", "choice", figures.BASES),
            Column("purpose", "What it is for", optional=True, width=50),
            Column("intention", "How it will be used", optional=True, width=50),
            Column("restricted", "Restricted", "yesno"),
            Column("controller", "Who controls it (a role)", optional=True, width=24),
            Column("review_date", "Next reviewed on", "date", optional=True),
            Column("funding_plan", "Plan to fund an overdraft", optional=True, width=30),
            Column("order", "Order", "number"),
        ),
    ),
    Sheet(
        "Movements",
        "movements",
        "One line for each contribution, use or transfer in a year. Amounts are above nil, in thousand pounds.",
        (
            Column("ref", "Reference", width=34),
            Column("kind", "Kind", "choice", figures.KINDS),
            Column("reserve", "Reserve (reference)", width=30),
            Column("to_reserve", "To reserve (reference)", optional=True, width=30),
            Column("year", "Year", "year"),
            Column("amount_k", "Amount", "thousands"),
            Column("what_for", "What for", optional=True, width=40),
            Column("to_balance", "Balances the budget", "yesno"),
            Column("order", "Order", "number"),
        ),
    ),
    Sheet(
        "Categories",
        "splits",
        "For reserves in more than one Home Office category: the amount in each, at each 31 March.",
        (
            Column("reserve", "Reserve (reference)", width=30),
            Column("year", "Balance at", "date"),
            Column("category", "Category", "choice", {key: key for key in figures.CATEGORIES}),
            Column("amount_k", "Amount", "thousands"),
        ),
    ),
    Sheet(
        "Actuals",
        "actuals",
        "Balances at 31 March as the accounts closed them.",
        (
            Column("reserve", "Reserve (reference)", width=30),
            Column("year", "Balance at", "date"),
            Column("amount_k", "Amount", "thousands"),
        ),
    ),
    Sheet(
        "Savings",
        "savings",
        "Savings in each year's budget, in thousand pounds. TBC means to be confirmed.",
        _LINE_TEXT,
        by_year=True,
    ),
    Sheet("Workforce", "workforce", "Posts in each year. TBC means to be confirmed.", _LINE_TEXT, by_year=True),
    Sheet(
        "Capital",
        "capital",
        "Capital spending in thousand pounds. TBC means to be confirmed.",
        _LINE_TEXT,
        by_year=True,
    ),
    Sheet(
        "Capital funding",
        "capital_funding",
        "Where the capital comes from, in thousand pounds. TBC means to be confirmed.",
        _LINE_TEXT,
        by_year=True,
    ),
)
