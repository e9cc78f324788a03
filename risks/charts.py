"""Charts of the register in documents, for a page and for a PDF alike. The tables that say the same stand beside them in the document."""

import hashlib

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from risks import heatmap, trend


def heatmap_figure(data: dict, caption: str, alt: str) -> SafeString:
    """The five by five map. Its table is the summary of the register, which every report has."""
    drawn = heatmap.chart(data, caption=caption, id=_identity("map", data["risks"], data.get("paths")))
    return drawn.svg()


def trend_figure(data: dict, caption: str, alt: str) -> SafeString:
    """A sparkline with its table. `data` is {"points": [{"on", "rating", "band", "matrix", "tolerance"}]}."""
    drawn = trend.draw([trend.Point(**point) for point in data["points"]], id=_identity("trend", data["points"]))
    return mark_safe(render_to_string("risks/charts/figure.html", {"chart": drawn}))  # noqa: S308


def _identity(stem: str, *parts) -> str:
    """An id for the drawing's title: unique in a page, and the same whenever the same is drawn."""
    return f"{stem}-{hashlib.sha256(repr(parts).encode()).hexdigest()[:8]}"
