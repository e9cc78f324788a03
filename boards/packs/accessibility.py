"""What the accessibility checks found in a pack, told to staff: rule U1.

A fault of our own pages is to be explained before the pack is published. A fault that an annex brought with it is reported with
what to do: it stands in somebody else's file, and the pack lists it for its readers.
"""

from . import checks

ASK_FOR_FONTS = "Ask for the file to be saved again with its fonts embedded, and upload that."
ASK_FOR_TAGS = (
    "Ask for the file it was made from to be saved again with “Document structure tags for accessibility” ticked, or put "
    "what matters into the paper itself."
)
ASK_US = "Tell whoever looks after the portal, with the number of this paper: the fault is in how its page is made."


def of_pack(specs, infos, file):
    """[{"part", "sentence", "mend", "ours"}] of a finished pack; `file` is its bytes, or open."""
    found = [_fault("the pack", sentence, ASK_US, ours=True) for sentence in checks.of_document(file)]
    for spec, info in zip(specs, infos, strict=True):
        brought = spec.kind == "annex"
        part = spec.name if not brought else f"{spec.stamp.right.replace('Agenda Item: ', 'item ')}, “{spec.title}”"
        for sentence in info.faults:
            mend = ASK_US if not brought else ASK_FOR_FONTS if "font" in sentence else ASK_FOR_TAGS
            found.append(_fault(part, sentence, mend, ours=not brought))
    return found


def _fault(part, sentence, mend, *, ours):
    return {"part": part, "sentence": sentence, "mend": mend, "ours": ours}
