"""The sheets of live formulas: balances from movements, the budget gap, and council tax bands from band D.

They hold no figure of their own. An accountant can follow each total back to typed cells, and change a typed cell to
see the rest follow; the import reads none of them.
"""

from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from finance import council_tax, figures, reserves, years

FIRST = 5
MONEY = '#,##0;(#,##0);"–"'
_HEAD = PatternFill("solid", fgColor="1D3557")
_TOTAL = PatternFill("solid", fgColor="E8EDF2")


def add(book, plan: figures.Plan) -> None:
    """Add the derived sheets to a workbook whose typed sheets are already there."""
    _balances(book.create_sheet("Balances"), plan)
    _budget(book.create_sheet("Budget"), plan)
    _council_tax(book.create_sheet("Council tax"), plan)


def _start(page, title: str, words: str, headings: list[str]) -> None:
    page["A1"], page["A2"] = title, words
    page["A1"].font = Font(bold=True, size=14)
    for column, heading in enumerate(headings, start=1):
        cell = page.cell(FIRST - 1, column, heading)
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), _HEAD
        page.column_dimensions[get_column_letter(column)].width = 46 if column == 1 else 18
    page.freeze_panes = page.cell(FIRST, 2)


def _balances(page, plan: figures.Plan) -> None:
    headings = ["Reserve", "Group", "Category", *(_date(plan, year) for year in plan.dates)]
    _start(
        page, "Balances at 31 March", "Worked out from the sheets Reserves and Movements, in thousand pounds.", headings
    )
    for index, _reserve in enumerate(plan.reserves):
        row = FIRST + index
        page.cell(row, 1, f"=Reserves!B{row}")
        page.cell(row, 2, f"=Reserves!C{row}")
        page.cell(row, 3, f"=Reserves!D{row}")
        page.cell(row, 4, f"=Reserves!E{row}")
        for offset, year in enumerate(plan.period):
            before = f"{get_column_letter(4 + offset)}{row}"
            page.cell(row, 5 + offset, _closing(before, f"Reserves!$A{row}", years.label(year)))
    last = FIRST + len(plan.reserves) - 1
    for index, (key, title) in enumerate(reserves.TOTALS.items()):
        row = last + 2 + index
        page.cell(row, 1, title)
        for offset in range(len(plan.dates)):
            column = get_column_letter(4 + offset)
            area = f"{column}${FIRST}:{column}${max(last, FIRST)}"
            page.cell(row, 4 + offset, _total(key, area, f"$B${FIRST}:$B${max(last, FIRST)}"))
        for cell in page[row]:
            cell.font, cell.fill = Font(bold=True), _TOTAL
    for row in page.iter_rows(min_row=FIRST, min_col=4):
        for cell in row:
            cell.number_format = MONEY


def _date(plan: figures.Plan, year: int) -> str:
    label = years.closing_label(year)
    return label if year in plan.stated else f"{label} (to be confirmed: carried forward)"


def _closing(before: str, ref: str, label: str) -> str:
    def moved(column: str, kind: str) -> str:
        return f'SUMIFS(Movements!$F:$F,Movements!${column}:${column},{ref},Movements!$B:$B,"{kind}",Movements!$E:$E,"{label}")'

    return (
        f"={before}+{moved('C', 'Contribution')}-{moved('C', 'Use')}-{moved('C', 'Transfer')}+{moved('D', 'Transfer')}"
    )


def _total(key: str, area: str, groups: str) -> str:
    if key == "usable":
        return f"=SUM({area})"
    if key == "held":
        return f'=SUM({area})-SUMIF({groups},"General",{area})'
    return f'=SUMIF({groups},"{figures.GROUPS[key]}",{area})'


def _budget(page, plan: figures.Plan) -> None:
    _start(
        page,
        "Budget gap",
        "Worked out from the sheets Years, Savings and Movements, in thousand pounds.",
        ["", *(years.label(y) for y in plan.dates)],
    )
    lines = [
        "Net budget requirement",
        "Grant",
        "Precept (band D × tax base)",
        "Other funding",
        "Savings",
        "Budget gap",
        "Use of reserves to balance",
        "Still to be met",
    ]
    row_of = {year.year: FIRST + index for index, year in enumerate(plan.years)}
    for index, title in enumerate(lines):
        page.cell(FIRST + index, 1, title)
    start = 9
    for offset, year in enumerate(plan.dates):
        column, source, label = 2 + offset, row_of.get(year), years.label(year)
        letter, amounts = get_column_letter(column), get_column_letter(start + offset)
        if source:
            for index, typed in ((0, "B"), (1, "C"), (3, "D")):
                page.cell(FIRST + index, column, f"=Years!{typed}{source}")
            page.cell(FIRST + 2, column, f"=ROUND(ROUND(Years!E{source}*Years!F{source},2)/1000,0)")
        page.cell(
            FIRST + 4,
            column,
            f'=SUM(Savings!{amounts}:{amounts})-SUMIFS(Savings!{amounts}:{amounts},Savings!D:D,"not_achievable")',
        )
        page.cell(FIRST + 5, column, f"={letter}{FIRST}-SUM({letter}{FIRST + 1}:{letter}{FIRST + 4})")
        used = f'SUMIFS(Movements!$F:$F,Movements!$B:$B,"{{}}",Movements!$H:$H,"yes",Movements!$E:$E,"{label}")'
        page.cell(FIRST + 6, column, f"={used.format('Use')}-{used.format('Contribution')}")
        page.cell(FIRST + 7, column, f"={letter}{FIRST + 5}-{letter}{FIRST + 6}")
        for index in range(len(lines)):
            page.cell(FIRST + index, column).number_format = MONEY


def _council_tax(page, plan: figures.Plan) -> None:
    _start(
        page,
        "Council tax",
        "Every band is a number of ninths of band D, in pounds.",
        ["Band", "Ninths", *(years.label(y) for y in plan.dates)],
    )
    row_of = {year.year: FIRST + index for index, year in enumerate(plan.years)}
    for index, (band, ninths) in enumerate(council_tax.NINTHS.items()):
        page.cell(FIRST + index, 1, band)
        page.cell(FIRST + index, 2, ninths)
        for offset, year in enumerate(plan.dates):
            if year in row_of:
                cell = page.cell(FIRST + index, 3 + offset, f"=ROUND(Years!E{row_of[year]}*$B{FIRST + index}/9,2)")
                cell.number_format = "#,##0.00"
