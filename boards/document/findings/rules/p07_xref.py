"""P7: every live reference leads somewhere."""

from collections.abc import Mapping

from ... import schema
from ..base import BLOCKS, Hit, rule


@rule("P7.xref", BLOCKS, "Every live reference leads somewhere")
def live_references_lead_somewhere(paper, facts):
    """A reference whose block was removed, or whose row left its register, would print as nothing."""
    there = {node["attrs"]["id"] for node in schema.walk(paper.document) if (node.get("attrs") or {}).get("id")}
    for passage in paper.passages:
        for node in passage.nodes:
            if node["type"] == "xref" and not _exists(node["attrs"].get("target") or "", there, facts.known_targets):
                yield Hit(
                    f"The reference “{node['attrs'].get('text') or node['attrs'].get('target')}” leads nowhere.",
                    "Choose again what it refers to.",
                    passage.block_id,
                    passage.number,
                )


def _exists(target, there, known):
    kind, _, ref = target.partition(":")
    if kind == "block":
        return ref in there
    if kind in ("item", "annex") or not known:
        return True
    if isinstance(known, Mapping):
        return target in known or not any(key.startswith(kind + ":") for key in known)
    return known(target) is not None
