"""Pictures, text boxes and charts anchored in a line."""

from .lines import Picture
from .numbers import q
from .package import OFFICE_REL

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
VML = "urn:schemas-microsoft-com:vml"
TEXT_WIDTH = 5_731_200  # English Metric Units between A4 margins of one inch


class Drawings:
    """Reads what is drawn. The walk brings `package`, `part` and `dropped`."""

    def _drawing(self, element, line, boxes):
        found = False
        alt = next((p.get("descr") or "" for p in element.iter(f"{{{WP}}}docPr")), "")
        width = next((e.get("cx") for e in element.iter(f"{{{WP}}}extent")), None)
        share = max(10, min(100, round(int(width) * 100 / TEXT_WIDTH))) if width and width.isdigit() else None
        for blip in element.iter(f"{{{A}}}blip"):
            found |= self._picture(blip.get(f"{{{OFFICE_REL}}}embed"), alt, line, share)
        for image in element.iter(f"{{{VML}}}imagedata"):
            shape = image.getparent()
            words = (shape.get("alt") if shape is not None else "") or image.get("title") or ""
            found |= self._picture(image.get(f"{{{OFFICE_REL}}}id"), words, line, None)
        texts = list(element.iter(q("txbxContent")))
        boxes.extend(texts)
        if not found and not texts:
            kind = "chart" if b"chart" in _uris(element) else "drawing"
            self.dropped[kind] += 1

    def _picture(self, relation_id, alt, line, width):
        relation = self.package.relations(self.part).get(relation_id)
        if relation is None:
            return False
        if relation.external:
            self.dropped["linked picture"] += 1
            return True
        line.pictures.append(Picture(relation.target, alt.strip(), len(line.nodes), width))
        return True

    def _choice(self, element):
        for name in ("Choice", "Fallback"):
            found = element.find(f"{{{MC}}}{name}")
            if found is not None and len(found):
                return found
        return None


def _uris(element):
    return " ".join(e.get("uri", "") for e in element.iter(f"{{{A}}}graphicData")).encode()
