"""Names of files people download: meeting date, board, item and title; lower case, no version words."""

from django.utils.text import slugify


def pack_file_name(content: dict, audience: str) -> str:
    kind = content["edition"]["kind"]
    what = "pack" if kind == "agenda" else f"{kind}-{content['edition']['number']}"
    copy = "-members" if audience == "members" else ""
    return f"{content['meeting']['date']}-{_board(content)}-{what}{copy}.pdf"


def paper_file_name(content: dict, number: str, title: str) -> str:
    return f"{content['meeting']['date']}-{_board(content)}-item-{number.replace('.', '-')}-{slugify(title)[:60].strip('-')}.pdf"


def annex_file_name(content: dict, annex: dict) -> str:
    title = slugify(annex["title"])[:60].strip("-")
    return f"{content['meeting']['date']}-{_board(content)}-annex-{annex['letter'].lower()}-{title}.pdf"


def _board(content: dict) -> str:
    return slugify(content["board"].get("short_name") or "") or content["board"]["slug"]
