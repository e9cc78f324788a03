"""Charts of the strategy paper, drawn from the numbers in the block, the same on a page and in a PDF."""

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from portal.design import charts


def stacked_bars(data: dict, caption: str, alt: str) -> SafeString:
    return _figure("stacked_bars", data, caption, alt)


def waterfall(data: dict, caption: str, alt: str) -> SafeString:
    return _figure("waterfall", data, caption, alt)


def _figure(kind: str, data: dict, caption: str, alt: str) -> SafeString:
    """The drawing with its table beneath."""
    chart = charts.draw(kind, {**data, "caption": caption, "title": alt})
    head = format_html_join("", '<th scope="col">{}</th>', ((text,) for text in chart.header))
    body = format_html_join(
        "",
        "<tr>{}</tr>",
        (
            (
                format_html(
                    '<th scope="row">{}</th>{}',
                    row[0],
                    format_html_join("", '<td class="num">{}</td>', ((c,) for c in row[1:])),
                ),
            )
            for row in chart.rows
        ),
    )
    return format_html(
        '<div class="chart chart--{}">{}<table class="chart-table"><caption>{}</caption>'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>",
        kind.replace("_", "-"),
        chart.svg(),
        f"{escape(caption)}: the figures",
        head,
        body,
    )
