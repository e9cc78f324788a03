from tests.access import ABSENT, OPEN, REFUSED, SIGN_IN, WRONG_METHOD, Row

EVERYBODY = (OPEN,) * 5
SIGNED_IN = (SIGN_IN, OPEN, OPEN, OPEN, OPEN)
#: Readers' pages of the published meeting.
READERS = EVERYBODY
#: Members and governance only: what is restricted in the sealed edition is not there for others.
RESTRICTED = (ABSENT, OPEN, ABSENT, OPEN, ABSENT)
GOVERNANCE = (SIGN_IN, REFUSED, REFUSED, OPEN, REFUSED)
ORGANISERS = (SIGN_IN, REFUSED, REFUSED, OPEN, OPEN)
POST_ONLY = (SIGN_IN, *(WRONG_METHOD,) * 4)
#: A live paper: its author and governance; a stranger does not find it.
PAPER = (SIGN_IN, ABSENT, OPEN, OPEN, ABSENT)


def place(world):
    return [world.board.slug, world.meeting.date]


def edition(world):
    return [*place(world), 1]


def paper(world):
    return [world.draft.pk]


def meeting(world):
    return [world.meeting.pk]


def item(world):
    return [world.open_item.pk]


def annex(world):
    return [world.draft.annexes.get().pk]


def handed_in(world):
    return [world.draft.pk, world.draft.conversions.get().pk]


def part(world):
    return world.draft.document["content"][0]["attrs"]["id"]


ROWS = {
    "search": Row(EVERYBODY, query="?q=work"),
    "go_to_page": Row((SIGN_IN,) * 5, place, query="?number=1"),  # everybody is sent to the place in their own copy
    "sealed_changes": Row((ABSENT,) * 5, lambda world: [*edition(world), "2.0"]),  # nothing changed yet
    "home": Row(EVERYBODY),
    "meetings": Row(EVERYBODY),
    "meeting_feed": Row(EVERYBODY),
    "board": Row(EVERYBODY, lambda world: [world.board.slug]),
    "meeting": Row(READERS, place),
    "current_pack": Row((302,) * 5, place),
    "current_paper": Row((302,) * 5, lambda world: [*place(world), "2.0"]),
    "edition": Row(READERS, edition),
    "pack": Row(READERS, edition),
    "sealed_paper": Row(RESTRICTED, lambda world: [*edition(world), "3.0"]),
    "paper_pdf": Row(RESTRICTED, lambda world: [*edition(world), "3.0"]),
    "sealed_annex": Row(RESTRICTED, lambda world: [*edition(world), world.restricted_paper.annexes.get().pk]),
    "sealed_image": Row((ABSENT,) * 5, lambda world: [*edition(world), "0" * 64]),
    "organisation": Row(ORGANISERS),
    "office": Row(ORGANISERS),
    "board_add": Row(ORGANISERS),
    "board_change": Row(ORGANISERS, lambda world: [world.board.slug]),
    "seat_add": Row(ORGANISERS, lambda world: [world.board.slug]),
    "seat_end": Row(POST_ONLY, lambda world: [world.board.memberships.first().pk]),
    "workers": Row(ORGANISERS),
    "prepare": Row(GOVERNANCE),
    "meeting_add": Row(GOVERNANCE),
    "prepare_meeting": Row(GOVERNANCE, meeting),
    "meeting_change": Row(GOVERNANCE, meeting),
    "meeting_notice": Row(POST_ONLY, meeting),
    "meeting_cancel": Row(GOVERNANCE, meeting),
    "item_add": Row(GOVERNANCE, meeting),
    "item_order": Row(POST_ONLY, meeting),
    "close_gaps": Row(POST_ONLY, meeting),
    "seal": Row(GOVERNANCE, meeting),
    "preview": Row(POST_ONLY, meeting),
    "edition_record": Row(GOVERNANCE, lambda world: [world.meeting.pk, 1]),
    "publish": Row(POST_ONLY, lambda world: [world.meeting.pk, 1]),
    "item": Row(GOVERNANCE, item),
    "item_move": Row(POST_ONLY, item),
    "item_remove": Row(GOVERNANCE, item),
    "paper_add": Row(GOVERNANCE, item),
    "report_add": Row(POST_ONLY, item),
    "build": Row(GOVERNANCE, lambda world: [world.build.pk]),
    "build_file": Row(GOVERNANCE, lambda world: [world.build.pk]),
    "build_cancel": Row(POST_ONLY, lambda world: [world.build.pk]),
    "build_retry": Row(POST_ONLY, lambda world: [world.build.pk]),
    "restrict": Row(GOVERNANCE, lambda world: ["item", world.open_item.pk]),
    "restriction_confirm": Row(POST_ONLY, lambda world: ["item", world.open_item.pk]),
    "restriction_release": Row(GOVERNANCE, lambda world: ["item", world.restricted_item.pk]),
    "papers": Row(SIGNED_IN),
    "paper": Row(PAPER, paper),
    "paper_authors": Row(GOVERNANCE, paper),
    "paper_move": Row(POST_ONLY, paper),
    "paper_reissue": Row(PAPER, paper),
    "paper_refresh": Row(POST_ONLY, paper),
    "paper_take_over": Row(POST_ONLY, paper),
    "paper_edit": Row(PAPER, paper),
    "paper_write": Row(PAPER, paper),
    "paper_history": Row(PAPER, paper),
    "paper_version": Row(PAPER, lambda world: [world.draft.pk, 1]),
    "paper_restore": Row(POST_ONLY, lambda world: [world.draft.pk, 1]),
    "paper_part": Row(PAPER, lambda world: [world.draft.pk, part(world)]),
    "paper_part_restore": Row(POST_ONLY, lambda world: [world.draft.pk, 1, part(world)]),
    "paper_compare": Row(PAPER, paper),
    "paper_compare_pdf": Row(PAPER, paper),
    "paper_import": Row(PAPER, paper),
    "paper_export": Row(PAPER, paper),
    "paper_original": Row((SIGN_IN, *(ABSENT,) * 4), paper),
    "annex_add": Row(PAPER, paper),
    "conversion_retry": Row(POST_ONLY, handed_in),
    "conversion_remove": Row(POST_ONLY, handed_in),
    "annex": Row(PAPER, annex),
    "annex_file": Row(PAPER, annex),
    "annex_move": Row(POST_ONLY, annex),
    "annex_remove": Row(POST_ONLY, annex),
    "paper_comments": Row(PAPER, paper),
    "comment_reply": Row(POST_ONLY, lambda world: [world.comment.pk]),
    "comment_resolve": Row(POST_ONLY, lambda world: [world.comment.pk]),
    "paper_document": Row(PAPER, paper),
    "paper_findings": Row(PAPER, paper),
    "paper_targets": Row(PAPER, paper),
    "paper_locks": Row(PAPER, paper),
    "paper_images": Row(POST_ONLY, paper),
    "paper_image": Row((SIGN_IN, *(ABSENT,) * 4), lambda world: [world.draft.pk, "0" * 64]),
}
