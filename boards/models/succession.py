"""Which editions of a meeting are in force."""


def in_force(editions: list) -> list:
    """Those of the editions that no other of them corrects: the agenda first, then its supplements. A correction stands where what
    it corrects stood, so that the pack of the agenda stays the first."""
    corrected = {edition.supersedes_id for edition in editions}
    return sorted((each for each in editions if each.pk not in corrected), key=lambda each: each.root.number)
