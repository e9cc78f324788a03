"""Figures as cells of a page: brackets for the eye, words for the ear, “overdrawn” and “to be confirmed” written out."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from finance import money

TO_BE_CONFIRMED = mark_safe('<abbr title="to be confirmed">TBC</abbr>')


def amount(value: int | None, *, overdrawn: bool = False) -> SafeString | str:
    """An amount in thousands. A negative and nil are spoken; an overdrawn reserve says so in words as well."""
    if value is None:
        return TO_BE_CONFIRMED
    if value > 0:
        return f"{value:,}"
    said = format_html(
        '<span aria-hidden="true">{}</span><span class="govuk-visually-hidden">{}</span>',
        money.brackets(value),
        money.spoken(value),
    )
    if value < 0:
        note = mark_safe('<span class="fin-note">overdrawn</span>') if overdrawn else ""
        return format_html('<span class="fin-negative">{}</span>{}', said, note)
    return said


def percent(value) -> SafeString | str:
    return TO_BE_CONFIRMED if value is None else money.percent(value)


def pounds(value) -> SafeString | str:
    return TO_BE_CONFIRMED if value is None else money.pounds(value)
