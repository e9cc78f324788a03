"""What changed about a risk, in words: the sentences of a covering paper and of a history page."""

from datetime import date

from risks.matrix import from_data
from risks.scales import ASSURANCE_LINES, CATEGORIES, CONTROL_EFFECTS, LISTS, STATUSES, TYPES

QUOTE_WORDS = 16
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

LABELS = {
    "ref": "reference",
    "objective": "objective",
    "title": "title",
    "description": "description",
    "type": "type of risk",
    "exec_lead": "executive lead",
    "senior_lead": "senior lead",
    "status": "status",
    "review": "review date",
    "closed": "closure",
    "acceptance": "acceptance above tolerance",
    "inherent": "inherent score",
    "current": "current score",
    "future": "future score",
    **{name: heading.lower() for name, (heading, _) in LISTS.items()},
    "matrix": "rating matrix",
    "matrices": "rating matrices in use",
    "objectives": "objectives",
}


def number(count: int, noun: str, plural: str | None = None) -> str:
    """Two causes, one effect, 12 controls."""
    name = NUMBERS[count] if count < len(NUMBERS) else str(count)
    return f"{name} {noun if count == 1 else plural or noun + 's'}"


def listed(parts: list[str]) -> str:
    """One, two and three; parts that hold a comma of their own are kept apart by semicolons."""
    if len(parts) < 2:
        return "".join(parts)
    mark = "; " if any("," in part for part in parts) else ", "
    return f"{mark.join(parts[:-1])}{';' if mark == '; ' else ''} and {parts[-1]}"


def capital(text: str) -> str:
    """The same words as the start of a sentence."""
    return text[:1].upper() + text[1:]


def quoted(text: str, words: int = QUOTE_WORDS) -> str:
    """The text in quotation marks, shortened at a word when it is long."""
    parts = text.split()
    short = " ".join(parts[:words]).rstrip(".,;:") + "…" if len(parts) > words else " ".join(parts).rstrip(".")
    return f"“{short}”"


def day(iso: str | None) -> str:
    """6 February 2017."""
    if not iso:
        return "no date"
    value = date.fromisoformat(iso[:10])
    return f"{value.day} {value:%B %Y}"


def score(assessment: dict | None) -> str:
    """18 (likelihood 3, impact 4, Medium-high)."""
    if assessment is None:
        return "blank"
    return f"{assessment['rating']} (likelihood {assessment['likelihood']}, impact {assessment['impact']}, {assessment['band']})"


def accepted(acceptance: dict | None) -> str:
    """Who accepted a risk above tolerance, when, until when and why; empty when nobody did."""
    if not acceptance:
        return ""
    until = f", until {day(acceptance['until'])}" if acceptance["until"] else ""
    who = f"Accepted above tolerance by the {acceptance['by']} on {day(acceptance['on'])}{until}"
    return f"{who}: {acceptance['reason'].rstrip('.')}."


def sentences(changes: list) -> list[str]:
    """Sentences for the changes of one risk, in the order of the register page."""
    whole = [change for change in changes if not change.field]
    if whole:
        return [_whole(whole[0])]
    said = []
    fields = list(dict.fromkeys(change.field for change in changes))
    for name in fields:
        group = [change for change in changes if change.field == name]
        said.extend(_rows(name, group) if name in LISTS else [_single(change) for change in group])
    return [sentence for sentence in said if sentence]


def paragraph(changes: list) -> str:
    """The same, run together as the text of one paragraph."""
    return " ".join(sentences(changes))


def _whole(change) -> str:
    if change.kind == "added":
        risk = change.new
        return f"This is a new risk. Its current rating is {score(risk['current'])}."
    return "This risk is no longer in the register."


def _single(change) -> str:
    name, old, new = change.field, change.old, change.new
    label = LABELS[name]
    match name:
        case "inherent" | "current" | "future":
            return _score_moved(change)
        case "ref":
            return f"It was {old} before."
        case "title":
            return f"Its title was {quoted(old)} before."
        case "description":
            return (
                f"The description has been reworded; it read {quoted(old)}." if old else "A description has been added."
            )
        case "type":
            return f"The risk is now {TYPES.get(new, new).lower()} (it was {TYPES.get(old, old).lower()})."
        case "objective":
            return f"It now stands under objective {new} (it stood under objective {old})."
        case "exec_lead" | "senior_lead":
            return f"The {label} is now the {new} (it was the {old})." if old else f"The {label} is now the {new}."
        case "closed":
            if new is None:
                return "The risk has been opened again."
            return f"The risk was closed on {day(new['on'])}: {new['reason'].rstrip('.')}."
        case "acceptance":
            return _accepted(change)
        case "status":
            return f"The status is {STATUSES.get(new['kind'], new['kind'])}, {day(new['date'])}."
        case "review":
            return (
                f"The next review is due on {day(new['next'])}."
                if new.get("next")
                else "The review date has been removed."
            )
        case "matrix":
            return f"Scores are now read from matrix {new['version']} (before: {old['version']})."
    return ""


def _score_moved(change) -> str:
    old, new, label = change.old, change.new, LABELS[change.field]
    if old is None:
        return f"{'An' if label[0] in 'aeiou' else 'A'} {label} has been set: {score(new)}."
    if new is None:
        return f"The {label} of {score(old)} has been removed."
    if old["matrix"] != new["matrix"] and old["likelihood"] == new["likelihood"] and old["impact"] == new["impact"]:
        return f"The {label} is read from matrix {new['matrix']}: {score(new)}, before {score(old)} from matrix {old['matrix']}."
    if (old["likelihood"], old["impact"], old["rating"]) != (new["likelihood"], new["impact"], new["rating"]):
        return f"The {label} has moved from {score(old)} to {score(new)}."
    if old["impacts"] != new["impacts"]:
        parts = [
            f"{CATEGORIES[name].lower()} from {old['impacts'].get(name) or 'blank'} to {new['impacts'].get(name) or 'blank'}"
            for name in CATEGORIES
            if old["impacts"].get(name) != new["impacts"].get(name)
        ]
        return f"The {label} is still {new['rating']}; its categories changed: {listed(parts)}."
    if old["rationale"] != new["rationale"]:
        return f"The {label} is still {new['rating']}; the reason given for it has been reworded."
    return f"The {label} was looked at again on {day(new['assessed_on'])} and is still {new['rating']}."


def _accepted(change) -> str:
    if change.new is None:
        return "It is no longer accepted above tolerance."
    new = change.new
    until = f" until {day(new['until'])}" if new["until"] else ""
    verb = (
        "The risk is accepted above tolerance by"
        if change.old is None
        else "The acceptance above tolerance has changed; it is now by"
    )
    return f"{verb} the {new['by']}{until}, because {_lower_first(new['reason']).rstrip('.')}."


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def _rows(name: str, changes: list) -> list[str]:
    """Added, removed, reworded, moved rows of one list; one sentence for each kind of change."""
    noun, said = LISTS[name][1], []
    for kind, verb in (("added", "added"), ("removed", "removed")):
        group = [change for change in changes if change.kind == kind]
        if group:
            rows = [change.new or change.old for change in group]
            quotes = listed([quoted(row["text"]) for row in rows])
            has = "has" if len(rows) == 1 else "have"
            said.append(f"{capital(number(len(rows), noun))} {has} been {verb}: {quotes}.")
    reworded = [c for c in changes if c.kind == "changed" and c.old["text"] != c.new["text"]]
    if reworded:
        has = "has" if len(reworded) == 1 else "have"
        quotes = listed([quoted(change.new["text"]) for change in reworded])
        now = "it now reads" if len(reworded) == 1 else "they now read"
        said.append(f"{capital(number(len(reworded), noun))} {has} been reworded; {now} {quotes}.")
    for change in changes:
        if change.kind == "changed":
            said.extend(_row_details(noun, change))
    moved = [change for change in changes if change.kind == "moved"]
    if moved:
        has = "has" if len(moved) == 1 else "have"
        said.append(f"{capital(number(len(moved), noun))} {has} a new place in the list.")
    return said


def _row_details(noun: str, change) -> list[str]:
    """Owner, dates and the like of one row, each in its own words."""
    old, new, said = change.old, change.new, []
    about = f"the {noun} {quoted(new['text'], 10)}"
    if old.get("owner") != new.get("owner"):
        said.append(f"The owner of {about} is now {_the(new.get('owner'))} (before: {_the(old.get('owner'))}).")
    if old.get("due") != new.get("due"):
        said.append(f"The date for {about} has moved from {day(old.get('due'))} to {day(new.get('due'))}.")
    if old.get("done_on") != new.get("done_on"):
        done = new.get("done_on")
        said.append(f"{capital(about)} was done on {day(done)}." if done else f"{capital(about)} is open again.")
    if old.get("effect") != new.get("effect"):
        said.append(
            f"{capital(about)} is now marked {CONTROL_EFFECTS.get(new.get('effect'), 'as of no stated kind').lower()}."
        )
    if old.get("line") != new.get("line"):
        said.append(
            f"{capital(about)} is now marked {ASSURANCE_LINES.get(new.get('line'), 'as of no stated line').lower()}."
        )
    if old.get("frequency") != new.get("frequency"):
        said.append(f"The frequency of {about} is now {(new.get('frequency') or 'not stated').lower()}.")
    if old.get("last_evidence") != new.get("last_evidence"):
        said.append(f"The last evidence for {about} is dated {day(new.get('last_evidence'))}.")
    if old.get("target") != new.get("target"):
        said.append(f"{capital(about)} now points to {new.get('target')}.")
    return said


def _the(owner: str | None) -> str:
    return f"the {owner}" if owner else "nobody"


def matrix_line(data: dict) -> str:
    """One sentence that names a matrix version and its tolerance."""
    matrix = from_data(data)
    dated = f", adopted on {day(matrix.adopted_on)}" if matrix.adopted_on else ""
    return f"{matrix.title}{dated}; tolerance {matrix.tolerance}."


def row_details(row: dict) -> str:
    """Owner, kind and dates of a row, as one line."""
    parts = []
    if row.get("owner"):
        parts.append(row["owner"])
    if row.get("effect"):
        parts.append(CONTROL_EFFECTS[row["effect"]].lower())
    if row.get("line"):
        parts.append(ASSURANCE_LINES[row["line"]].lower())
    if row.get("frequency"):
        parts.append(row["frequency"].lower())
    if row.get("last_evidence"):
        parts.append(f"last evidence {day(row['last_evidence'])}")
    if row.get("due"):
        parts.append(f"due {day(row['due'])}")
    if row.get("done_on"):
        parts.append(f"done {day(row['done_on'])}")
    return capital(", ".join(parts))
