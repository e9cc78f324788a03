"""A member's own copy of something restricted: name and time across every page, as an artifact."""

import io

import pikepdf
from pikepdf import Array

from . import stamps


def watermarked(data, words):
    """A PDF with `words` ("Copy of the Chair, 14:02 on 6 February 2017") across each page, over whatever is on it."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        named = stamps.resources(pdf, veil=True)
        for page in pdf.pages:
            box, turned = page.cropbox, int(page.obj.get("/Rotate", 0))
            stamps.provide(page.resources, named)
            body = page.obj.get("/Contents", Array())
            own = list(body) if isinstance(body, Array) else [body]
            # What the page leaves behind of its graphics state must not move or colour the mark.
            mark = pdf.make_stream(b"\nQ\n" + stamps.watermark(words, box, turned))
            page.obj.Contents = Array([pdf.make_stream(b"q\n"), *own, mark])
        buffer = io.BytesIO()
        pdf.save(buffer, linearize=True, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return buffer.getvalue()
