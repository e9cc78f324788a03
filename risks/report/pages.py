"""The register itself as pages: one landscape section for each risk, under the anchor that other papers refer to.

Everything stands in plain tables with one row of headings and none of their cells merged, which read in order on a phone and are tagged in
a pack. The heading that is printed again on a page which a risk spills on to restates its reference.
"""

from boards.document import build
from risks import words
from risks.report import redline
from risks.report.nodes import Cells, identity
from risks.scales import CATEGORIES, LISTS, STAGES, STATUSES, TYPES
from risks.words import day

TAGS = {"new": ("New", "new"), "changed": ("Changed", "changed"), "removed": ("Removed", "removed")}


def risk_section(risk: dict, before: dict | None, *, baseline: bool, objectives: dict, seed: str) -> dict:
    """The page of one risk. `before` is the risk as the board last saw it; `baseline` says whether there was a report before."""
    ref = risk["ref"]
    known = before is not None
    facts = [risk, before if baseline else None]
    whole = [
        build.para(
            build.tag("New risk", "new"), " This risk is new to the board.", numbered=False, id=_id(seed, ref, "new")
        )
    ]
    return build.section(
        f"{ref} {risk['title']}",
        *(whole if baseline and not known else []),
        _particulars(risk, before, objectives, seed),
        build.para(*redline.field(risk["description"], known and before["description"], known=known), numbered=False,
                   id=_id(seed, ref, "description")),
        _scores(risk, before, known, seed),
        *_acceptance(risk, before, known, seed),
        *_rows(risk, before, seed),
        role="appendix",
        orientation="landscape",
        numbered=False,
        anchor=f"risks:{ref}",
        id=_id(seed, ref),
        gen=build.gen(f"risks:register:{ref}", facts),
    )  # fmt: skip


def _id(seed: str, *key: str) -> str:
    return identity(seed, *key)


def _particulars(risk: dict, before: dict | None, objectives: dict, seed: str) -> dict:
    """Objective, type, leads and status, in one line."""
    known = before is not None
    old = before or risk
    if risk["closed"]:
        status: list = [f"Closed on {day(risk['closed']['on'])}: {risk['closed']['reason']}"]
    else:
        status = [f"{STATUSES[risk['status']['kind']]}, {day(risk['status']['date'])}"]
    if known and risk["closed"] != old["closed"]:
        status += [" ", build.tag("Changed", "changed")]
    parts: list = []
    for label, shown in (
        ("Objective: ", redline.field(_objective(risk, objectives), _objective(old, objectives), known=known)),
        ("Type: ", redline.field(TYPES[risk["type"]], TYPES[old["type"]], known=known)),
        ("Executive lead: ", redline.field(risk["exec_lead"], old["exec_lead"], known=known)),
        ("Senior lead: ", redline.field(risk["senior_lead"], old["senior_lead"], known=known)),
        ("Status: ", status),
    ):
        parts += [*(["; "] if parts else []), build.strong(label), *shown]
    return build.para(*parts, ".", numbered=False, id=_id(seed, risk["ref"], "particulars"))


def _objective(risk: dict, objectives: dict) -> str:
    return f"{risk['objective']} {objectives.get(risk['objective'], '')}".strip()


def _scores(risk: dict, before: dict | None, known: bool, seed: str) -> dict:
    """The three scores as a grid; a score that moved shows where from."""
    ref = risk["ref"]
    headings = ["Score", "Likelihood", "Impact", "Rating", "Band", "Impact categories"]
    table = Cells(headings, header_id=_id(seed, ref, "scores-header"))
    for stage, label in STAGES.items():
        now, old = risk[stage], (before or risk)[stage]
        blank = [["Blank"], ["Blank"], ["Blank"], ["No target set"], []]
        cells = _score_cells(now, old, known) if now or old else blank
        table.add(_id(seed, ref, "scores", stage), [[label], *cells], headed=True)
    return table.figure(f"{ref}: scores", [14, 12, 12, 12, 22, 28], _id(seed, ref, "scores"))


def _score_cells(now: dict | None, old: dict | None, known: bool) -> list:
    cells = []
    for name in ("likelihood", "impact", "rating"):
        was, stands = old and str(old[name]), now and str(now[name])
        cells.append(redline.words(was, stands) if known else [stands])
    if now is None:
        return [*cells, [build.dele(old["band"]), " ", build.tag("Removed", "removed")], build.dele(_categories(old))]
    moved = known and (old is None or _triple(old) != _triple(now))
    band = [build.tag(now["band"], now["tone"])]
    if now["above_tolerance"]:
        band.append(" above tolerance")
    if moved:
        band.extend([" ", build.tag(*TAGS["new" if old is None else "changed"])])
    told = redline.words(_categories(old) if old else None, _categories(now)) if known else [_categories(now)]
    return [*cells, band, told]


def _triple(score: dict) -> tuple:
    return score["likelihood"], score["impact"], score["rating"], score["matrix"]


def _categories(score: dict) -> str:
    # In the order of PESTELO: a sealed snapshot keeps its keys in the order of the alphabet.
    scored = score["impacts"]
    return ", ".join(f"{label} {scored[name]}" for name, label in CATEGORIES.items() if name in scored)


def _acceptance(risk: dict, before: dict | None, known: bool, seed: str) -> list:
    now, old = risk["acceptance"], (before or risk)["acceptance"]
    if not now and not (known and old):
        return []
    said, was = words.accepted(now), words.accepted(old)
    return [build.para(*redline.field(said, was, known=known), numbered=False, id=_id(seed, risk["ref"], "acceptance"))]


def _rows(risk: dict, before: dict | None, seed: str) -> list:
    """Every bullet of the risk as one plain table: what it is and says, and who and when. Its heading restates the reference."""
    ref = risk["ref"]
    table = Cells([f"{ref}: what is recorded", "Owner, kind and dates"], header_id=_id(seed, ref, "rows-header"))
    for name, (_, noun) in LISTS.items():
        if name == "links":
            continue
        label = build.strong(f"{words.capital(noun)}: ")
        for state, row, old in redline.rows(risk[name], before[name] if before else None):
            shown = [*label, *_text(state, row, old)]
            table.add(_id(seed, ref, row["id"]), [shown, _details(state, row, old)])
    if len(table.rows) == 1:
        return []
    caption = f"{ref}: causes, effects, controls, assurance and actions"
    return [table.figure(caption, [72, 28], _id(seed, ref, "rows"))]


def _text(state: str, row: dict, old: dict | None) -> list:
    """The text of a row with its marks and its word."""
    text = row["text"]
    if state == "same":
        return [text]
    label, tone = TAGS[state]
    marks = {"new": build.ins, "removed": build.dele}
    shown = redline.words(old["text"], text) if state == "changed" else marks[state](text)
    return [*shown, " ", build.tag(label, tone)]


def _details(state: str, row: dict, old: dict | None) -> list:
    """Owner, kind and dates of a row, with what changed in them."""
    now = words.row_details(row)
    if state == "changed":
        return redline.words(words.row_details(old), now)
    if not now:
        return []
    return build.ins(now) if state == "new" else build.dele(now) if state == "removed" else [now]
