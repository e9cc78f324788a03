"""Pictures are known by their content, made anew from their pixels, and carry nothing else along."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, ImageFile, PngImagePlugin

from boards.actions import images
from boards.models import Paper
from portal.policy import Refusal

pytestmark = pytest.mark.django_db
SECRET = b"Taken at the home of the officer"


def drawn(kind: str, size=(40, 30), **more) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#0b6569").save(out, kind, **more)
    return out.getvalue()


def with_metadata(kind: str) -> bytes:
    """A picture that says where it was taken, by whom and why, in every place that its format has for it."""
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825)[2] = (52.0, 34.0, 12.0)
    if kind == "JPEG":
        return drawn(kind, exif=exif, comment=SECRET, xmp=b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>", icc_profile=SECRET)
    if kind == "PNG":
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Comment", SECRET.decode())
        notes.add_itxt("XML:com.adobe.xmp", SECRET.decode())
        return drawn(kind, exif=exif, pnginfo=notes, icc_profile=SECRET)
    return drawn(kind, exif=exif) if kind == "WEBP" else drawn(kind, comment=SECRET)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_nothing_but_the_picture_is_kept(kind):
    given = with_metadata(kind)
    made, content_type, width, height = images.encode(given)
    assert SECRET in given or kind == "PNG"  # where it is compressed
    assert (width, height) == (40, 30) and content_type == ("image/jpeg" if kind == "JPEG" else "image/png")
    with Image.open(io.BytesIO(made)) as kept:
        kept.load()
        assert not kept.getexif()
        assert set(kept.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi"}
    assert SECRET not in made


def test_half_a_picture_is_refused_where_the_renderer_is_loaded_too(monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as loading WeasyPrint leaves it
    with pytest.raises(Refusal, match="not a picture"):
        images.encode(drawn("PNG")[:60])


def test_a_transparent_picture_stays_transparent():
    out = io.BytesIO()
    Image.new("RGBA", (4, 4), (11, 101, 105, 0)).save(out, "PNG")
    with Image.open(io.BytesIO(images.encode(out.getvalue())[0])) as kept:
        assert kept.getpixel((0, 0))[3] == 0


def test_a_wide_picture_is_made_as_wide_as_print_needs():
    assert images.encode(drawn("PNG", size=(4800, 12)))[2:] == (images.WIDEST, 6)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"%PDF-1.7 not a picture", "not a picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "not a picture"),
        (drawn("BMP"), "Only JPEG, PNG, WebP and GIF"),
        (drawn("PNG")[:60], "not a picture"),
        (b"\x89PNG" + b"0" * (images.MOST_BYTES + 1), "larger than 10 MB"),
        (drawn("PNG", size=(9000, 5000)), "too many pixels"),
    ],
    ids=["a document", "a drawing with a script", "a kind that browsers do not share", "half a picture", "a heavy file", "a bomb"],
)  # fmt: skip
def test_what_is_no_picture_is_refused_with_a_sentence(data, sentence):
    with pytest.raises(Refusal, match=sentence):
        images.encode(data)


def test_the_name_of_a_file_is_not_believed(client, world):
    Paper.objects.filter(pk=world.paper.pk).update(state=Paper.State.DRAFT)
    client.force_login(world.author)
    address = reverse("paper_images", args=[world.paper.pk])
    refused = client.post(address, {"image": SimpleUploadedFile("site.png", b"<html>", content_type="image/png")})
    assert refused.status_code == 422 and "not a picture" in refused.json()["error"]
    taken = client.post(address, {"image": SimpleUploadedFile("site.exe", drawn("JPEG"), content_type="text/plain")})
    assert taken.status_code == 201
    shown = client.get(reverse("paper_image", args=[world.paper.pk, taken.json()["src"].removeprefix("asset:")]))
    assert shown.headers["Content-Type"] == "image/jpeg" and shown.headers["X-Content-Type-Options"] == "nosniff"
    b"".join(shown.streaming_content)
    client.force_login(world.member)
    assert client.post(address, {"image": SimpleUploadedFile("site.png", drawn("PNG"))}).status_code == 404
