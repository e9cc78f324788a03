"""The tags a page is written with: `{% load gov %}`. portal/design/README.md lists them with examples."""

import datetime as dt
import itertools

from django import template
from django.forms import BaseForm
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from portal.design import words
from portal.design.components import component

register = template.Library()
_numbers = itertools.count(1)

# A heading cell without words is announced as nothing at all.
NAMELESS = mark_safe('<span class="govuk-visually-hidden">Row</span>')
KINDS = {"primary": "", "secondary": "govuk-button--secondary", "warning": "govuk-button--warning", "link": ""}


def _fresh_id(stem: str) -> str:
    """An id for `aria-describedby`: unique in a page because it is unique in this process."""
    return f"{stem}-{next(_numbers)}"


@register.simple_tag
def gov(name: str, **options) -> SafeString:
    """Any GOV.UK component: `{% gov "inset-text" text="…" %}`."""
    return component(name, options)


# Forms


@register.filter
def shown_fields(form: BaseForm) -> list:
    """The visible fields, less those that stand under a choice of another field."""
    nested = {name for field in form for name in field.field.widget.attrs.get("conditional", {}).values()}
    return [field for field in form.visible_fields() if field.name not in nested]


def _forms(given) -> list[BaseForm]:
    return [form for item in given if item for form in (getattr(item, "forms", None) or [item])]


def _has_errors(given) -> bool:
    formsets = [item for item in given if hasattr(item, "non_form_errors")]
    return any(form.is_bound and form.errors for form in _forms(given)) or any(
        formset.is_bound and formset.non_form_errors() for formset in formsets
    )


@register.simple_tag
def gov_errors(*forms) -> SafeString | str:
    """The error summary of one or more forms or formsets; nothing when all is well."""
    if not _has_errors(forms):
        return ""
    items = [
        {"text": str(error)} for item in forms if hasattr(item, "non_form_errors") for error in item.non_form_errors()
    ]
    for form in _forms(forms):
        items += [{"text": str(error)} for error in form.non_field_errors()]
        for field in form.hidden_fields():
            items += [{"text": str(error)} for error in field.errors]
        for field in form.visible_fields():
            items += [{"text": sentence, "href": f"#{field.first_id()}"} for sentence in field.sentences()]
    return component("error-summary", {"titleText": "There is a problem", "errorList": items})


@register.simple_tag
def gov_error_prefix(*forms) -> str:
    """ "Error: " for the title of a page whose form was refused."""
    return "Error: " if _has_errors(forms) else ""


@register.simple_tag
def gov_button(text: str, kind: str = "primary", refusal: str = "", href: str = "", **options) -> SafeString:
    """A button, or a link that looks like one. With a `refusal` it cannot be pressed and says why.

    The refused button stays in the tab order (aria-disabled, and no submit), so that its reason is read out.
    """
    attributes = {
        key.replace("_", "-"): value for key, value in options.items() if key.startswith(("data_", "hx_", "aria_"))
    }
    name, value = options.get("name") or None, options.get("value")
    small = " govuk-button--small" if options.get("small") else ""
    if refusal:
        why = _fresh_id("why")
        classes = "app-button-link" if kind == "link" else f"govuk-button {KINDS[kind]}{small}".strip()
        return format_html(
            '<div class="app-refused">'
            '<button type="button" class="{}" aria-disabled="true" aria-describedby="{}">{}</button>'
            '<p class="app-refused__why" id="{}">{}</p></div>',
            classes,
            why,
            text,
            why,
            refusal,
        )
    if kind == "link" and not href:
        extra = format_html_join("", ' {}="{}"', attributes.items())
        named = format_html(' name="{}" value="{}"', name, "" if value is None else value) if name else ""
        hidden = (
            format_html(' <span class="govuk-visually-hidden">{}</span>', options["of"]) if options.get("of") else ""
        )
        return format_html(
            '<button type="submit" class="app-button-link"{}{}>{}{}</button>', named, extra, text, hidden
        )
    if kind == "link":
        return format_html('<a class="govuk-link" href="{}">{}</a>', href, text)
    settings = {"classes": f"{KINDS[kind]}{small}".strip(), "attributes": attributes, "name": name, "value": value}
    if of := options.get("of"):
        settings["html"] = format_html('{} <span class="govuk-visually-hidden">{}</span>', text, of)
    else:
        settings["text"] = text
    if href:
        settings["href"] = href
    elif kind == "primary" or options.get("once"):
        settings["preventDoubleClick"] = True
    return component("button", settings)


# Words with colours


@register.simple_tag
def status(text: str, tone: str = "blue") -> SafeString:
    """Where a thing stands in its workflow. Tones: grey, blue, teal, green, amber, red, purple, navy."""
    return component("tag", {"text": text, "classes": f"govuk-tag--{tone}"})


@register.simple_tag
def tone(name: str, text: str) -> SafeString:
    """A chip in one of the tones of the block tree (critical … neutral)."""
    return format_html('<span class="app-chip app-chip--{}">{}</span>', words.css_name(name), text)


@register.simple_tag
def rag(value: str) -> SafeString:
    """Red, Yellow, Green or White, in words and colour. Nothing known is "Not rated"."""
    word = words.RAG.get(str(value or "").lower())
    return tone(word.lower(), word) if word else tone("neutral", "Not rated")


@register.simple_tag
def band(value: str, rating: int | None = None) -> SafeString:
    """A risk band by its name ("Medium-high", "mediumHigh", "medium_high"), with the rating before it if given."""
    name = words.css_name(value)
    word = words.BANDS.get(name, str(value))
    return tone(name, f"{rating} {word}" if rating is not None else word)


@register.simple_tag
def direction(value: str, text: str = "") -> SafeString | str:
    """An arrow with its words: improved, worsened, same. Anything else (nothing to compare with) shows no arrow."""
    known = words.DIRECTIONS.get(str(value or "").lower())
    if known is None:
        return format_html('<span class="app-direction">{}</span>', text) if text else ""
    name, said, path = known
    return format_html(
        '<span class="app-direction app-direction--{}">'
        '<svg class="app-direction__arrow" viewBox="0 0 16 16" aria-hidden="true" focusable="false">'
        '<path d="{}"/></svg>{}</span>',
        name,
        path,
        text or said,
    )


@register.simple_tag
def marking(value: str) -> SafeString:
    sensitive = " app-marking--sensitive" if "SENSITIVE" in str(value).upper() else ""
    return format_html('<span class="app-marking{}">{}</span>', sensitive, str(value).upper())


@register.simple_tag
def leaf(day: dt.date) -> SafeString:
    """A date as a calendar leaf. It is decoration: the same date stands in words beside it."""
    return format_html(
        '<span class="app-leaf" aria-hidden="true"><span class="app-leaf__month">{}</span>'
        '<span class="app-leaf__day">{}</span><span class="app-leaf__year">{}</span></span>',
        f"{day:%b}",
        day.day,
        day.year,
    )


# Finding the way


@register.simple_tag
def gov_back(url: str, text: str = "Back") -> SafeString:
    link = component("back-link", {"href": str(url), "text": str(text)})
    return format_html('<nav class="app-back" aria-label="One level up">{}</nav>', link)


@register.simple_tag
def gov_crumbs(*pairs) -> SafeString:
    """`{% gov_crumbs "Boards" boards_url "Business Coordination Board" board_url %}`; a lone last text is this page."""
    items = [{"text": str(text), "href": str(url)} for text, url in zip(pairs[::2], pairs[1::2], strict=False)]
    if len(pairs) % 2:
        items.append({"text": str(pairs[-1])})
    return component("breadcrumbs", {"items": items, "collapseOnMobile": True})


@register.simple_tag
def subnav(items, label: str = "Sections of this record") -> SafeString:
    return mark_safe(render_to_string("components/subnav.html", {"items": items, "label": label}))  # noqa: S308


@register.simple_tag
def gov_pages(page, parameter: str = "page", query: str = "") -> SafeString | str:
    """Pagination of a Django Page. `query` is the rest of the query string ("q=budget") to keep."""
    if page.paginator.num_pages < 2:
        return ""

    def url(number: int) -> str:
        return f"?{query + '&' if query else ''}{parameter}={number}"

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    items = [
        {"ellipsis": True}
        if not isinstance(n, int)
        else {"number": str(n), "href": url(n), "current": n == page.number}
        for n in numbers
    ]
    options = {"items": items, "landmarkLabel": "Pages"}
    if page.has_previous():
        options["previous"] = {"href": url(page.previous_page_number()), "text": "Previous"}
    if page.has_next():
        options["next"] = {"href": url(page.next_page_number()), "text": "Next"}
    return component("pagination", options)


# Records


def _said(value) -> dict:
    if isinstance(value, SafeString):
        return {"html": value}
    return {"text": "" if value is None else str(value)}


@register.simple_tag
def gov_summary(rows, classes: str = "") -> SafeString:
    """A summary list. Rows are (key, value) or {"key", "value", "actions": [{"text", "href", "of"}]}."""
    drawn = []
    for row in rows:
        if not row:
            continue
        given = row if isinstance(row, dict) else {"key": row[0], "value": row[1]}
        actions = [
            {"text": action["text"], "href": str(action["href"]), "visuallyHiddenText": action.get("of", given["key"])}
            for action in given.get("actions", [])
        ]
        drawn.append({"key": _said(given["key"]), "value": _said(given["value"]), "actions": {"items": actions}})
    return component("summary-list", {"rows": drawn, "classes": classes})


@register.simple_tag
def gov_table(
    caption: str,
    header,
    rows,
    numeric: str = "",
    classes: str = "",
    caption_size: str = "s",
    row_header: bool = True,
    label: str = "",
):
    """A table in a region of its own that scrolls sideways on a phone.

    `header` is a list of texts; `rows` lists of cells (text, SafeString, or a dict of the component's cell options);
    `numeric` names the number columns, counted from 1: "2 3". The first cell of a row is its header.
    `label` names the region where the caption is used elsewhere on the page.
    """
    right = {int(number) - 1 for number in str(numeric).replace(",", " ").split()}

    def cell(value, column: int) -> dict:
        options = dict(value) if isinstance(value, dict) else _said(value)
        return {**options, "format": "numeric"} if column in right else options

    options = {
        "caption": caption,
        "captionClasses": f"govuk-table__caption--{caption_size}"
        if caption_size != "hidden"
        else "govuk-visually-hidden",
        "firstCellIsHeader": row_header,
        "head": [cell(value or NAMELESS, column) for column, value in enumerate(header)],
        "rows": [[cell(value, column) for column, value in enumerate(row)] for row in rows],
        "classes": classes,
    }
    region = '<div class="app-scroll" role="region" aria-label="{}" tabindex="0">{}</div>'
    return format_html(region, label or caption, component("table", options))


@register.simple_tag
def timeline(events, label: str = "") -> SafeString:
    """Events, newest first, each with `title` and `when`, and perhaps `by` and `text`."""
    return mark_safe(render_to_string("components/timeline.html", {"events": events, "label": label}))  # noqa: S308


@register.simple_tag
def progress(value: int, total: int, text: str = "", label: str = "Progress") -> SafeString:
    """How far a piece of background work has come; the words say it too."""
    context = {"value": value, "total": total or 1, "text": text, "label": label, "id": _fresh_id("progress")}
    return mark_safe(render_to_string("components/progress.html", context))  # noqa: S308


@register.simple_tag
def empty(title: str, text: str = "", action: str = "", href: str = "") -> SafeString:
    context = {"title": title, "text": text, "action": action, "href": href}
    return mark_safe(render_to_string("components/empty.html", context))  # noqa: S308


@register.simple_tag(takes_context=True)
def gov_messages(context) -> SafeString:
    """Django's messages as notification banners: what was done, or what went wrong."""
    banners = []
    for message in context.get("messages") or []:
        kind = {"success": "success", "error": "error", "warning": "warning"}.get(message.level_tag, "")
        title = {"success": "Done", "error": "There is a problem", "warning": "Please note"}.get(kind, "Please note")
        options = {
            "titleText": title,
            "html": format_html('<p class="govuk-notification-banner__heading">{}</p>', message),
        }
        options["titleId"] = _fresh_id("message")
        options |= (
            {"type": "success"}
            if kind == "success"
            else {"classes": f"govuk-notification-banner--{kind}" if kind else ""}
        )
        options |= {"role": "alert"} if kind == "error" else {}
        banners.append(component("notification-banner", options))
    return mark_safe("".join(banners))  # noqa: S308


@register.simple_tag
def chart(drawing, table: bool = True, level: str = "") -> SafeString:
    """A chart of portal.design.charts as a figure: caption, drawing, and its numbers in a table."""
    context = {"chart": drawing, "table": table, "level": level}
    return mark_safe(render_to_string("components/chart.html", context))  # noqa: S308
