"""P12: no personal contact details in an open paper."""

import re

from ..base import ADVICE, BLOCKS, Hit, rule

MAIL = re.compile(r"(?<![A-Za-z0-9._%+’'-])[A-Za-z0-9._%+’'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
PHONE = re.compile(r"(?<![\d.,£/])(?:\+44[\s()]*(?:0\)?[\s]*)?|\(?0)(?:\d[\s()-]*){8,10}\d(?!\d|[.,/]\d|%)")
MAYBE_PHONE = re.compile(r"0\d{2}|\(0\d|\+44")
PUBLIC_LINES = re.compile(r"^(?:0800|0808|0300|0303|0345|0845|0333)")
ROLE_WORDS = re.compile(
    r"(enquir|inquir|info|contact|office|admin|opcc|pcc|commissioner|committee|democratic|clerk|secretar|governance|board|panel|team|press"
    r"|media|comms|communications|finance|legal|audit|complain|foi|freedom|dpo|dataprotection|support|help|service|hello|mail|post|hr"
    r"|recruit|procure|estates|policy|performance|engagement|police|constab|chief|executive|officer|meetings|volunteer|consult)",
    re.I,
)


@rule("P12.contact", BLOCKS, "No personal contact details in an open paper")
def no_personal_contact_details(paper, facts):
    """An open paper carries at most a role mailbox (validation rule P12). The detail itself is not repeated here."""
    if facts.part != "open":
        return
    allowed = {address.lower() for address in facts.role_mailboxes}
    for passage in paper.passages:
        for text in (passage.text, *(words for holder, words in paper.footnotes if holder is passage)):
            for what in _details(text, allowed):
                yield Hit(
                    f"An open paper gives {what}.",
                    "Give the role and a role mailbox instead.",
                    passage.block_id,
                    passage.number,
                )
    for what in _details((paper.imported.header or {}).get("contact") or "", allowed):
        said = f"The header of the Word file gives {what}."
        yield Hit(said, "It was not brought in. Give the role and a role mailbox instead.", severity=ADVICE)


def _details(text, allowed):
    """What personal contact details a text gives, in words."""
    if "@" not in text and not ("0" in text and MAYBE_PHONE.search(text)):
        return
    if any(_is_personal(m.group(), allowed) for m in MAIL.finditer(text)):
        yield "a personal e-mail address"
    numbers = [re.sub(r"\D", "", m.group()) for m in PHONE.finditer(text) if _is_phone(m, text)]
    if any(not PUBLIC_LINES.match(number) for number in numbers):
        yield "a telephone number"


def _is_personal(address, allowed):
    """A name with a first and a last part, or a word that is neither a role nor short enough to be its initials."""
    name = address.split("@")[0]
    if address.lower() in allowed or ROLE_WORDS.search(name):
        return False
    return bool(re.search(r"[A-Za-z][._][A-Za-z]", name)) or len(name) > 4


def _is_phone(match, text):
    digits = re.sub(r"\D", "", match.group())
    if not 10 <= len(digits) <= 13:
        return False
    grouped = re.search(r"[\s()-]", match.group().strip()) or digits.startswith(("07", "447"))
    labelled = re.search(r"(?:tel|telephone|phone|mobile|call|ring|ext|fax)\w*[\s.:)-]*$", text[: match.start()], re.I)
    return bool(grouped or labelled)
