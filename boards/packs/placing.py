"""Placing a page made elsewhere: upright, a little smaller, with room for running header and footer."""

from pikepdf import Array, Dictionary

from .info import RenderError
from .stamps import MILLIMETRE, upright

HEAD, FOOT, SIDE = 17 * MILLIMETRE, 19 * MILLIMETRE, 6 * MILLIMETRE
SMALLEST, LARGEST = 72, 14400  # points
LEAST_SCALE = 0.4


def visible_box(page):
    """The part of a page that is seen: its crop box within its media box."""
    media = [float(edge) for edge in page.mediabox]
    media = [min(media[0], media[2]), min(media[1], media[3]), max(media[0], media[2]), max(media[1], media[3])]
    crop = [float(edge) for edge in page.cropbox]
    crop = [min(crop[0], crop[2]), min(crop[1], crop[3]), max(crop[0], crop[2]), max(crop[1], crop[3])]
    box = [max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3])]
    return box if box[2] - box[0] > 1 and box[3] - box[1] > 1 else media


def rotation(page):
    """How far a page is turned when shown: 0, 90, 180 or 270; anything else counts as not turned."""
    try:
        turned = int(page.rotate) % 360
    except (TypeError, ValueError, AttributeError):
        turned = int(page.obj.get("/Rotate", 0)) % 360
    return turned if turned in (0, 90, 180, 270) else 0


def frame(width, height):
    """(scale, x, y) at which a page of this size is drawn on a page of the same size."""
    if not (SMALLEST <= width <= LARGEST and SMALLEST <= height <= LARGEST):
        raise RenderError("A page of it has an impossible size.")
    scale = max(min((height - HEAD - FOOT) / height, (width - 2 * SIDE) / width), LEAST_SCALE)
    return scale, (width - scale * width) / 2, FOOT + (height - HEAD - FOOT - scale * height) / 2


def transformation(page):
    """(matrix from the page's own coordinates to the placed ones, width, height) for a page that is turned upright."""
    box, turned = visible_box(page), rotation(page)
    (a, b, c, d, e, f), width, height = upright(box, turned)
    scale, x, y = frame(width, height)
    determinant = a * d - b * c
    inverse = (d / determinant, -b / determinant, -c / determinant, a / determinant)
    ia, ib, ic, id_ = (scale * part for part in inverse)
    return (ia, ib, ic, id_, x - ia * e - ic * f, y - ib * e - id_ * f), width, height


def move(matrix, edges):
    """A rectangle under a matrix, as (left, bottom, right, top)."""
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x, y in ((edges[0], edges[1]), (edges[2], edges[3]))]
    (x1, y1), (x2, y2) = corners
    return [round(edge, 2) for edge in (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))]


def place_page(pdf, page):
    """Change a page in place: its content keeps its marks, and its annotations move along."""
    matrix, width, height = transformation(page)
    left, bottom, right, top = visible_box(page)
    numbers = " ".join(f"{part:.6f}" for part in matrix)
    clip = f"{left:.3f} {bottom:.3f} {right - left:.3f} {top - bottom:.3f} re W n"
    body = page.obj.get("/Contents")
    middle = list(body) if isinstance(body, Array) else [] if body is None else [body]
    before, after = pdf.make_stream(f"q {numbers} cm {clip}\n".encode()), pdf.make_stream(b"\nQ")
    page.obj.Contents = Array([before, *middle, after])
    page.obj.MediaBox = Array([0, 0, round(width, 3), round(height, 3)])
    if "/Resources" not in page.obj:
        page.obj.Resources = page.resources if hasattr(page, "resources") else Dictionary()
    for key in ("/CropBox", "/TrimBox", "/BleedBox", "/ArtBox", "/UserUnit", "/AA", "/Thumb", "/B", "/Trans", "/Dur"):
        if key in page.obj:
            del page.obj[key]
    page.obj.Rotate = 0
    for note in page.obj.get("/Annots", ()):
        if "/Rect" in note:
            note.Rect = Array(move(matrix, [float(edge) for edge in note.Rect]))
