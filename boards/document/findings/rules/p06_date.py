"""P6: the paper's date against the meeting's."""

from ..base import ACKNOWLEDGE, ADVICE, Hit, rule
from ..dates import spoken

LONGEST = 14  # days before the meeting
WORTH_SAYING = 10


@rule("P6.date", ACKNOWLEDGE, "The paper's date suits the meeting")
def date_suits_the_meeting(paper, facts):
    """A paper dated after its meeting, or more than 14 days before it, may be the wrong version (validation rule P6).

    From 11 days before it is only mentioned: figures may have moved since.
    """
    if not facts.paper_date or not facts.meeting_date:
        return
    early = (facts.meeting_date - facts.paper_date).days
    if -1 < early <= WORTH_SAYING:
        return
    days = "1 day" if abs(early) == 1 else f"{abs(early)} days"
    when = f"{days} before" if early > 0 else f"{days} after"
    yield Hit(
        f"The paper is dated {spoken(facts.paper_date)}, {when} the meeting of {spoken(facts.meeting_date)}.",
        "Check that this is the final version, and give it the date on which it was finished.",
        severity=ADVICE if WORTH_SAYING < early <= LONGEST else None,
    )
