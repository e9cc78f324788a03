"""What stands before and after the register's pages: summary, map, and the keys to read them by."""

from boards.document import build, ids
from risks import heatmap
from risks.matrix import from_data
from risks.report.facts import Facts
from risks.report.nodes import Cells
from risks.report.pages import risk_section
from risks.scales import CATEGORIES, DESCRIPTORS, ECONOMIC_EDGE_RULE, SCOPES, STAGE_MEANINGS, STAGES


def sections(facts: Facts, seed: str) -> list[dict]:
    """Summary, map, a page for each risk, then the keys to read them by."""
    pages = [
        risk_section(
            risk,
            facts.before.get(risk["id"]),
            baseline=facts.baseline is not None,
            objectives=facts.objectives,
            seed=seed,
        )
        for risk in facts.paged
    ]
    return [_summary(facts, seed), _map(facts, seed), *pages, _keys(facts, seed)]


def _id(seed: str, *key: str) -> str:
    return ids.from_key(seed, "appendix", *key)


def _summary(facts: Facts, seed: str) -> dict:
    """One line for each risk, with its page: the table that goes with the map."""
    said = f"{_pages(facts)} {_marked(facts)}"
    headings = ["Risk and its page", "Inherent", "Current", "Band now", "Future", "Movement"]
    table = Cells(headings, header_id=_id(seed, "summary-header"))
    for risk in facts.shown:
        table.add(_id(seed, "summary", risk["ref"]), _summary_row(facts, risk))
    figure = table.figure("Strategic risks in summary", [38, 10, 10, 22, 10, 10], _id(seed, "summary-table"))
    note = f"Scores are written rating (likelihood, impact). {said}"
    figure["content"].append({"type": "tableNote", "content": [{"type": "text", "text": note}]})
    figure["attrs"]["numbered"] = True
    plain = [
        [risk["ref"], risk["title"], risk["closed"], *(risk[stage] for stage in STAGES), facts.movement(risk)]
        for risk in facts.shown
    ]
    return build.section(
        "Strategic risk register: summary",
        figure,
        role="appendix",
        orientation="landscape",
        id=_id(seed, "summary"),
        gen=build.gen("risks:summary", [said, plain]),
    )


def _pages(facts: Facts) -> str:
    if len(facts.paged) == len(facts.shown):
        return "Each risk has a page of its own, after the map."
    return (
        f"The register holds {len(facts.shown):,} risks, more than a paper prints whole. {len(facts.paged):,} of them, those that "
        "changed and those that stand highest, have a page of their own, after the map; the others stand in this table, and whole "
        "in the register as sealed for the board."
    )


def _marked(facts: Facts) -> str:
    if facts.baseline:
        return f"Changes are marked against the register of {facts.baseline_day}."
    return "This is the first report, so no change is marked."


def _summary_row(facts: Facts, risk: dict) -> list[list]:
    now = risk["current"]
    stands: list = ["Closed"] if risk["closed"] else [build.tag(now["band"], now["tone"])]
    if not risk["closed"] and now["above_tolerance"]:
        stands.append(" above tolerance")
    elif risk["ref"] in facts.level_refs:
        stands.append(" at tolerance")
    return [
        [build.strong(facts.reference(risk["ref"])), f" {risk['title']}"],
        [_triple(risk["inherent"])],
        [_triple(now)],
        stands,
        [_triple(risk["future"])],
        [facts.movement(risk)],
    ]


def _triple(score: dict | None) -> str:
    """14 (2, 4): rating, likelihood and impact."""
    return f"{score['rating']} ({score['likelihood']}, {score['impact']})" if score else "Not set"


def _map(facts: Facts, seed: str) -> dict:
    """Where every risk stands, and the way of those above tolerance."""
    data = heatmap.data({**facts.now, "risks": facts.open})
    said = heatmap.sentence(data)
    blocks = [build.chart("risks.heatmap", data, "Current ratings of all strategic risks", said, id=_id(seed, "map"))]
    ways = heatmap.data({**facts.now, "risks": facts.above[: heatmap.MOST_PATHS]})
    ways["paths"] = [risk["ref"] for risk in ways["risks"]]
    if ways["paths"]:
        caption = "Risks above tolerance: from inherent through current to future"
        blocks.append(build.chart("risks.heatmap", ways, caption, heatmap.sentence(ways), id=_id(seed, "ways")))
    return build.section(
        "Map of current ratings",
        *blocks,
        role="appendix",
        id=_id(seed, "map-section"),
        gen=build.gen("risks:map", [data, ways]),
    )


def _keys(facts: Facts, seed: str) -> dict:
    """The matrix, the words of its scales, the PESTELO scale and what tolerance means."""
    data = facts.now["matrix"]
    matrix = from_data(data)
    blocks = [
        _matrix_table(matrix, seed),
        _band_table(matrix, seed),
        build.para(
            f"Tolerance is a rating of {matrix.tolerance}. A risk is above tolerance only when its rating is higher than that. "
            "Every such risk is reported to the executive board that answers for it; controls and actions are meant to bring it "
            "back inside. Where that is not realistic or not affordable, it may be accepted above tolerance: who accepted it, why "
            "and until when is recorded.",
            numbered=False,
            id=_id(seed, "tolerance-words"),
        ),
        build.sub("Likelihood and scores", id=_id(seed, "likelihood-heading")),
        build.bullets(
            *(f"{n} {label}" for n, label in enumerate(matrix.likelihood_labels, 1)), id=_id(seed, "likelihood")
        ),
        build.bullets(
            *(f"{STAGES[stage]}: {words}." for stage, words in STAGE_MEANINGS.items()), id=_id(seed, "stages")
        ),
        _scale_table(matrix, seed),
    ]
    return build.section(
        "How to read the register",
        *_fixed(blocks, seed),
        role="appendix",
        orientation="landscape",
        id=_id(seed, "keys"),
        gen=build.gen("risks:keys", data),
    )


def _fixed(blocks: list[dict], seed: str) -> list[dict]:
    """Give list items ids that are the same in every draft."""
    for block in blocks:
        if block["type"] == "bulletList":
            for place, item in enumerate(block["content"]):
                item["attrs"]["id"] = ids.from_key(block["attrs"]["id"], place)
    return blocks


def _matrix_table(matrix, seed: str) -> dict:
    header = ["Impact", *(f"{n} {label}" for n, label in enumerate(matrix.likelihood_labels, 1))]
    table = Cells([header[0], *(f"Likelihood {text}" for text in header[1:])], header_id=_id(seed, "matrix-header"))
    for row in matrix.rows():
        cells = [[f"{row[0].impact} {row[0].impact_label}"]]
        for cell in row:
            said: list = [f"{cell.rating} ", build.tag(cell.band.name, cell.band.tone)]
            if cell.at_tolerance:
                said.append(" tolerance")
            cells.append(said)
        table.add(_id(seed, "matrix", str(row[0].impact)), cells)
    figure = table.figure(
        f"Ratings by likelihood and impact ({matrix.title})", [20, 16, 16, 16, 16, 16], _id(seed, "matrix")
    )
    return {**figure, "attrs": {**figure["attrs"], "numbered": True}}


def _band_table(matrix, seed: str) -> dict:
    table = Cells(["Band", "Ratings", "What it means"], header_id=_id(seed, "band-header"))
    for band in reversed(matrix.bands):
        table.add(
            _id(seed, "band", band.name),
            [[build.tag(band.name, band.tone)], [f"{band.lowest} to {band.highest}"], [band.meaning]],
        )
    caption = "Bands of rating" if matrix.bands_confirmed else "Bands of rating (cut-offs to be confirmed)"
    figure = table.figure(caption, [20, 14, 66], _id(seed, "bands"))
    return {**figure, "attrs": {**figure["attrs"], "numbered": True}}


def _scale_table(matrix, seed: str) -> dict:
    """PESTELO: what each impact score means in each category."""
    headings = ["Category", *(f"{n} {label}" for n, label in enumerate(matrix.impact_labels, 1))]
    table = Cells(headings, header_id=_id(seed, "scale-header"))
    for category, name in CATEGORIES.items():
        table.add(
            _id(seed, "scale", category),
            [[build.strong(name), f" {SCOPES[category]}"], *([text] for text in DESCRIPTORS[category])],
        )
    figure = table.figure("What each impact score means", [20, 16, 16, 16, 16, 16], _id(seed, "scale"))
    note = {"type": "tableNote", "content": [{"type": "text", "text": ECONOMIC_EDGE_RULE}]}
    return {**figure, "attrs": {**figure["attrs"], "numbered": True}, "content": [*figure["content"], note]}
