"""A member's own copy of a finished pack: name and time across every page, as an artifact."""

import io

import pikepdf
from pikepdf import Array

from . import stamps


def watermarked(data, words):
    """The pack with `words` ("Copy of the Chair, 14:02 on 6 February 2017") across each page, behind its text."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            box, turned = page.obj.get("/CropBox", page.obj.MediaBox), int(page.obj.get("/Rotate", 0))
            body = page.obj.get("/Contents", Array())
            behind = list(body) if isinstance(body, Array) else [body]
            page.obj.Contents = Array([pdf.make_stream(stamps.watermark(words, box, turned)), *behind])
        buffer = io.BytesIO()
        pdf.save(buffer, linearize=True, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return buffer.getvalue()
