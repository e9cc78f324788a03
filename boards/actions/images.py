"""Pictures in papers: known by their content, re-encoded, metadata left behind, named by the hash of their bytes."""

import hashlib
import io

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from boards import policy
from boards.models import Asset, Paper
from portal.policy import Refusal

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
WIDEST = 2400  # pixels: 300 dots an inch over a page's width
KINDS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/png", "GIF": "image/png"}


def encode(data: bytes) -> tuple[bytes, str, int, int]:
    """(bytes, content type, width, height) of a picture made anew from its pixels. Refuses what is not a picture."""
    if len(data) > min(MOST_BYTES, settings.UPLOAD_MAX_BYTES):
        raise Refusal("This picture is larger than 10 MB. Make it smaller and try again; nothing was changed.")
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # loading WeasyPrint lets half pictures through in the whole process
    try:
        with Image.open(io.BytesIO(data)) as picture:
            if picture.format not in KINDS:
                raise Refusal("Only JPEG, PNG, WebP and GIF pictures can be used. Nothing was changed.")
            if picture.width * picture.height > MOST_PIXELS:
                raise Refusal("This picture has too many pixels. Make it smaller and try again; nothing was changed.")
            kind = KINDS[picture.format]
            made = ImageOps.exif_transpose(picture)
            clear = kind != "image/jpeg" and made.has_transparency_data
            made = made.convert("RGBA" if clear else "RGB")
            made.info = {}  # a comment or a colour profile would be written out again
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise Refusal("This file is not a picture that can be read. Nothing was changed.") from error
    if made.width > WIDEST:
        made = made.resize((WIDEST, round(made.height * WIDEST / made.width)), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    made.save(
        out,
        "JPEG" if kind == "image/jpeg" else "PNG",
        optimize=True,
        **({"quality": 88} if kind == "image/jpeg" else {}),
    )
    return out.getvalue(), kind, made.width, made.height


@transaction.atomic
def keep(*, paper: Paper, data: bytes) -> Asset:
    """Store a picture once, however often it is used, and let this paper use it."""
    encoded, kind, width, height = encode(data)
    name = hashlib.sha256(encoded).hexdigest()
    asset = Asset.objects.filter(pk=name).first()
    if asset is None:
        asset = Asset(sha256=name, content_type=kind, width=width, height=height)
        asset.file.save(f"{name}.{'jpg' if kind == 'image/jpeg' else 'png'}", ContentFile(encoded), save=False)
        asset.save(force_insert=True)
    asset.papers.add(paper)
    return asset


def add(*, paper: Paper, file, by) -> Asset:
    policy.check_edit_paper(by, paper)
    if file.size > MOST_BYTES:
        raise Refusal("This picture is larger than 10 MB. Make it smaller and try again; nothing was changed.")
    return keep(paper=paper, data=file.read())
