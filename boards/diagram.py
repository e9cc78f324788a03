"""The workflow of a paper drawn from its table (Mermaid, which Markdown readers show as a picture)."""

from boards.models import Paper
from boards.states import TRANSITIONS


def workflow() -> str:
    names = dict(Paper.State.choices)
    lines = ["stateDiagram-v2", f"    [*] --> {Paper.State.COMMISSIONED}"]
    lines += [f"    {key}: {name}" for key, name in names.items()]
    for move in TRANSITIONS:
        lines += [f"    {source} --> {move.target}: {move.label} ({' or '.join(move.by)})" for source in move.sources]
    return "\n".join(lines)
