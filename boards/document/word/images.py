"""Pictures of a Word file: made anew from their pixels, so that nothing but the picture comes in.

Type by content, never by name. Metadata (place, camera, author) is left behind, the longest side is cut to 2,400
pixels and a picture of more than 40 million pixels is refused. Photographs become JPEG, everything else PNG.
"""

import hashlib
import io
import warnings

from PIL import Image, ImageOps

MAX_PIXELS = 40_000_000
MAX_SIDE = 2_400
KINDS = {"PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"}


class PictureError(ValueError):
    """The picture cannot be brought in; the text says why."""


def clean(data):
    """(bytes, content type) of a re-encoded picture. Raises `PictureError`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data))
            if image.format not in KINDS:
                raise PictureError("it is in a format that browsers do not show")
            if image.width * image.height > MAX_PIXELS:
                raise PictureError("it has too many pixels")
            photograph = image.format == "JPEG"
            image = ImageOps.exif_transpose(image)
            image.load()
    except PictureError:
        raise
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureError("it is damaged or in a format that browsers do not show") from None
    image.thumbnail((MAX_SIDE, MAX_SIDE))
    if photograph:
        image = image.convert("RGB")
    elif image.mode not in ("1", "L", "LA", "P", "RGB", "RGBA"):
        image = image.convert("RGBA" if "A" in image.mode else "RGB")
    bare = Image.new(image.mode, image.size)
    if image.mode == "P":
        image = image.convert("RGBA")
        bare = Image.new("RGBA", image.size)
    bare.paste(image)
    out = io.BytesIO()
    if photograph:
        bare.save(out, "JPEG", quality=88, optimize=True)
        return out.getvalue(), "image/jpeg"
    bare.save(out, "PNG", optimize=True)
    return out.getvalue(), "image/png"


def source_of(data):
    """The address of a stored picture: `asset:` and the SHA-256 of its bytes."""
    return "asset:" + hashlib.sha256(data).hexdigest()
