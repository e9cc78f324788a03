"""What changed in a run of words: the pieces kept, added, removed and formatted anew."""

import difflib
import json
import re
from typing import NamedTuple

_TOKENS = re.compile(r"\w+(?:[.,'’]\w+)*|\s+|[^\w\s]")
_LIKE = 0.35  # below this likeness the old and the new are shown whole, not woven into each other
_MOST = 1_500_000  # token pairs beyond which a paragraph is replaced as a whole


class Segment(NamedTuple):
    """``op`` is same, added, removed or formatted; ``old`` and ``new`` are inline nodes (same fills only old)."""

    op: str
    old: list
    new: list


class Token(NamedTuple):
    key: str
    marks: str
    node: dict


def tokens(inline: list[dict]) -> list[Token]:
    answer = []
    for node in inline:
        marks = node.get("marks")
        written = json.dumps(marks, sort_keys=True) if marks else ""
        if node["type"] == "text":
            for piece in _TOKENS.findall(node["text"]):
                answer.append(Token(piece, written, {**node, "text": piece}))
        else:
            bare = {key: value for key, value in node.items() if key != "marks"}
            answer.append(Token(json.dumps(bare, sort_keys=True), written, node))
    return answer


def joined(nodes: list[dict]) -> list[dict]:
    """Neighbouring text with equal marks is one text, as ``normalise`` has it."""
    answer: list[dict] = []
    for node in nodes:
        last = answer[-1] if answer else None
        if node["type"] == "text" and last and last["type"] == "text" and last.get("marks") == node.get("marks"):
            answer[-1] = {**last, "text": last["text"] + node["text"]}
        else:
            answer.append(node)
    return answer


def _nodes(run: list[Token]) -> list[dict]:
    return joined([token.node for token in run])


def likeness(one: list[str], two: list[str]) -> float:
    """0 to 1: how much of the words of both is common, in order."""
    if not one and not two:
        return 1.0
    matcher = difflib.SequenceMatcher(None, one, two, autojunk=False)
    return 0.0 if matcher.quick_ratio() < _LIKE else matcher.ratio()


def difference(old: list[dict], new: list[dict]) -> list[Segment]:
    """The segments that lead from the old words to the new ones. Equal content is one ``same`` segment or none."""
    if old == new:
        return [Segment("same", old, [])] if old else []
    before, after = tokens(old), tokens(new)
    start = 0
    while start < min(len(before), len(after)) and before[start].key == after[start].key:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end].key == after[-1 - end].key:
        end += 1
    head, tail = (before[:start], after[:start]), (before[len(before) - end :], after[len(after) - end :])
    middle = before[start : len(before) - end], after[start : len(after) - end]
    segments = _kept(*head)
    segments += _middle(*middle, whole=not start and not end)
    segments += _kept(*tail)
    return segments


def _kept(old: list[Token], new: list[Token]) -> list[Segment]:
    """Words that stay, in runs whose formatting stays or changes."""
    answer, index = [], 0
    while index < len(old):
        same, end = old[index].marks == new[index].marks, index
        while end < len(old) and (old[end].marks == new[end].marks) == same:
            end += 1
        if same:
            answer.append(Segment("same", _nodes(old[index:end]), []))
        else:
            answer.append(Segment("formatted", _nodes(old[index:end]), _nodes(new[index:end])))
        index = end
    return answer


def _replaced(old: list[Token], new: list[Token]) -> list[Segment]:
    answer = [Segment("removed", _nodes(old), [])] if old else []
    return answer + ([Segment("added", [], _nodes(new))] if new else [])


def _middle(old: list[Token], new: list[Token], *, whole: bool) -> list[Segment]:
    if not old or not new or len(old) * len(new) > _MOST:
        return _replaced(old, new)
    keys = [token.key for token in old], [token.key for token in new]
    if whole and likeness(*([key for key in side if key.strip()] for side in keys)) < _LIKE:
        return _replaced(old, new)
    operations = difflib.SequenceMatcher(None, *keys, autojunk=False).get_opcodes()
    answer: list[Segment] = []
    held: tuple[list[Token], list[Token]] = ([], [])  # a change still growing
    for position, (op, a, b, c, d) in enumerate(operations):
        blank = op == "equal" and not "".join(keys[0][a:b]).strip()
        if op != "equal" or (blank and (held[0] or held[1]) and position < len(operations) - 1):
            held = (held[0] + old[a:b], held[1] + new[c:d])  # a lone space between two changes joins them
            continue
        answer += _replaced(*held)
        held = ([], [])
        answer += _kept(old[a:b], new[c:d])
    return answer + _replaced(*held)


def before(segments: list[Segment]) -> list[dict]:
    """The old words."""
    return joined([node for segment in segments for node in segment.old])


def after(segments: list[Segment]) -> list[dict]:
    """The new words."""
    return joined([node for segment in segments for node in (segment.old if segment.op == "same" else segment.new)])


def ops(segments: list[Segment]) -> set[str]:
    return {segment.op for segment in segments} - {"same"}
