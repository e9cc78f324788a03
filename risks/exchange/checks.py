"""From rows to risks: every problem with its row and column, and the risks that are whole.

Nothing here changes the register. A risk with a problem in any of its rows is not offered, so it can never be half saved.
"""

import uuid
from dataclasses import asdict, dataclass, field

from risks import refs, scales
from risks.exchange.cells import BadCell, read_date, read_number, read_text
from risks.exchange.columns import DATES, LONGEST, NUMBERS, PARTS, USED
from risks.matrix import Matrix, MatrixError
from risks.scales import CATEGORIES, STAGES


@dataclass(frozen=True)
class Problem:
    """What is wrong, where. `row` is the row of the file, counted with its heading."""

    row: int
    column: str
    ref: str
    sentence: str

    def as_dict(self) -> dict:
        return asdict(self)


@dataclass
class Known:
    """What the register knows already, and the file may refer to."""

    leads: set[str]
    objectives: set[int]
    matrices: dict[str, Matrix]
    in_force: str
    risks: dict[str, str] = field(default_factory=dict)
    """Ids of risks, by reference."""
    rows: dict[str, str] = field(default_factory=dict)
    """References that rows belong to, by row id."""


@dataclass
class Outcome:
    """Problems in the order of the file, and the risks without any, in snapshot form."""

    problems: list[Problem]
    risks: list[dict]

    @property
    def spoiled(self) -> list[str]:
        return sorted({problem.ref for problem in self.problems if problem.ref}, key=refs.sort_key)


class Checker:
    """One reading of a table."""

    def __init__(self, known: Known):
        self.known = known
        self.problems: list[Problem] = []
        self.told: set[tuple[int, str]] = set()
        self.seen_ids: dict[str, int] = {}

    def run(self, rows: list[dict]) -> Outcome:
        groups: dict[str, list] = {}
        for row in rows:
            values = self._values(row)
            ref = values["ref"]
            if not refs.parse(ref):
                self._say(
                    row["row"],
                    "ref",
                    ref,
                    f"“{ref}” is not a risk reference such as SR3.1." if ref else "The reference is missing.",
                )
                continue
            if values["part"] not in PARTS:
                self._say(
                    row["row"],
                    "part",
                    ref,
                    f"“{values['part']}” is not a part of a risk. The parts are {', '.join(PARTS)}.",
                )
                continue
            self._unused(row["row"], ref, values)
            self._too_long(row["row"], ref, values)
            groups.setdefault(ref, []).append((row["row"], values))
        risks = [self._risk(ref, group) for ref, group in groups.items()]
        spoiled = {problem.ref for problem in self.problems}
        whole = [risk for risk in risks if risk and risk["ref"] not in spoiled]
        self.problems.sort(key=lambda problem: problem.row)
        return Outcome(self.problems, sorted(whole, key=lambda risk: refs.sort_key(risk["ref"])))

    def _say(self, row: int, column: str, ref: str, sentence: str) -> None:
        """Keep a problem. A cell is told of once: what could not be read is not also missing."""
        if (row, column) not in self.told:
            self.told.add((row, column))
            self.problems.append(Problem(row, column, ref, sentence))

    def _values(self, row: dict) -> dict:
        """The cells as values: dates and numbers read, text trimmed."""
        ref = str(row["cells"].get("ref") or "").strip()
        values: dict = {}
        for column, cell in row["cells"].items():
            try:
                if column in DATES:
                    values[column] = read_date(cell)
                elif column in NUMBERS:
                    values[column] = read_number(cell)
                else:
                    values[column] = read_text(cell).strip()
            except BadCell as problem:
                self._say(row["row"], column, ref, str(problem))
                values[column] = None if column in (*DATES, *NUMBERS) else ""
        values["ref"], values["part"] = ref, (values.get("part") or "").lower()
        return values

    def _unused(self, row: int, ref: str, values: dict) -> None:
        """A value in a column that this part does not have is a slip, most often of one column."""
        for column, value in values.items():
            if value not in (None, "") and column not in ("ref", "part", "id", "position", *USED[values["part"]]):
                self._say(row, column, ref, f"A row of part “{values['part']}” has nothing in this column.")

    def _too_long(self, row: int, ref: str, values: dict) -> None:
        for (part, column), most in LONGEST.items():
            length = len(values.get(column) or "") if part in ("", values["part"]) else 0
            if length > most:
                self._say(row, column, ref, f"This has {length} characters, and may have {most}.")

    def _risk(self, ref: str, group: list) -> dict | None:
        heads = [(row, values) for row, values in group if values["part"] == "risk"]
        if not heads:
            self._say(group[0][0], "part", ref, f"{ref} has no row of part “risk”.")
            return None
        for row, _ in heads[1:]:
            self._say(row, "ref", ref, f"{ref} stands twice: its first row is row {heads[0][0]}.")
        row, values = heads[0]
        risk = self._head(ref, row, values)
        for stage in STAGES:
            risk[stage] = self._score(ref, stage, row, group)
        risk["acceptance"] = self._acceptance(ref, group)
        for part, name in PARTS.items():
            if name:
                risk[name] = self._bullets(ref, part, [(r, v) for r, v in group if v["part"] == part])
        return risk

    def _head(self, ref: str, row: int, values: dict) -> dict:
        objective = refs.objective_of(ref)
        if objective not in self.known.objectives:
            self._say(row, "ref", ref, f"There is no objective {objective}.")
        for column in ("title", "text", "exec lead", "senior lead", "status date"):
            if not values.get(column):
                self._say(row, column, ref, f"The {'description' if column == 'text' else column} of {ref} is missing.")
        for column in ("exec lead", "senior lead"):
            if values.get(column) and values[column].lower() not in self.known.leads:
                self._say(
                    row, column, ref, f"“{values[column]}” is not a lead that the register knows. Add the lead first."
                )
        kind = self._choice(row, ref, "type", values, scales.TYPES, "theoretical")
        status = self._choice(row, ref, "status", values, scales.STATUSES, "update")
        closed = None
        if status == "closed" or values.get("closed on"):
            if status != "closed" or not values.get("closed on") or not values.get("reason"):
                self._say(
                    row, "closed on", ref, "A closed risk has the status closed, the day it was closed, and the reason."
                )
            closed = {"on": values.get("closed on"), "reason": values.get("reason")}
        elif values.get("reason"):
            self._say(row, "reason", ref, "Only a closed risk has a reason here.")
        identity = self._identity(row, ref, values, owner=None)
        existing = self.known.risks.get(ref)
        if existing and identity and identity != existing:
            self._say(row, "id", ref, f"{ref} is in the register already, as another risk.")
        if not existing and identity in self.known.risks.values():
            other = next(key for key, value in self.known.risks.items() if value == identity)
            self._say(
                row, "id", ref, f"This risk is {other} in the register. Change a reference on its page, not here."
            )
        return {
            "id": existing or identity or str(uuid.uuid4()),
            "ref": ref,
            "objective": objective,
            "title": values.get("title") or "",
            "description": values.get("text") or "",
            "type": kind,
            "exec_lead": values.get("exec lead") or "",
            "senior_lead": values.get("senior lead") or "",
            "status": {"kind": status, "date": values.get("status date")},
            "review": {
                "last": values.get("last review"),
                "next": values.get("next review"),
                "by": values.get("reviewed by") or "",
            },
            "closed": closed,
        }

    def _choice(self, row: int, ref: str, column: str, values: dict, choices: dict, default: str) -> str:
        value = (values.get(column) or default).lower()
        if value not in choices:
            self._say(row, column, ref, f"“{value}” is not known here. Use one of: {', '.join(choices)}.")
        return value

    def _score(self, ref: str, stage: str, head: int, group: list) -> dict | None:
        """All or nothing: likelihood and at least one category, or no row at all (only for the future score)."""
        found = [(row, values) for row, values in group if values["part"] == stage]
        if not found:
            if stage != "future":
                self._say(head, "part", ref, f"{ref} has no {stage} score. Only the future score may be blank.")
            return None
        for row, _ in found[1:]:
            self._say(row, "part", ref, f"{ref} has a second {stage} score.")
        row, values = found[0]
        likelihood = self._one_to_five(
            row, ref, "likelihood", values, missing=f"The likelihood of the {stage} score is missing."
        )
        impacts = {name: self._one_to_five(row, ref, name, values) for name in CATEGORIES}
        impacts = {name: value for name, value in impacts.items() if value is not None}
        if not any(values.get(name) for name in CATEGORIES):
            self._say(
                row, "impact", ref,
                f"The {stage} score has no impact category. Score at least one of {', '.join(CATEGORIES)}.",
            )  # fmt: skip
        if likelihood is None or not impacts:
            return None
        version = values.get("matrix") or self.known.in_force
        matrix = self.known.matrices.get(version)
        if matrix is None:
            self._say(row, "matrix", ref, f"There is no rating matrix {version}.")
            return None
        try:
            cell = matrix.cell(likelihood, max(impacts.values()))
        except MatrixError as problem:
            self._say(row, "likelihood", ref, str(problem))
            return None
        for column, right in (("impact", cell.impact), ("rating", cell.rating), ("band", cell.band.name)):
            given = values.get(column)
            if given not in (None, "", right):
                self._say(
                    row,
                    column,
                    ref,
                    f"The {column} is {right} by matrix {version}, not {given}. It is looked up, never typed.",
                )
        if not values.get("on"):
            self._say(row, "on", ref, f"The day of the {stage} score is missing.")
        if not values.get("by"):
            self._say(row, "by", ref, f"Who made the {stage} score is missing.")
        return {
            "likelihood": likelihood,
            "impacts": impacts,
            "impact": cell.impact,
            "rating": cell.rating,
            "band": cell.band.name,
            "tone": cell.band.tone,
            "above_tolerance": cell.above_tolerance,
            "matrix": version,
            "assessed_on": values.get("on"),
            "assessed_by": values.get("by"),
            "rationale": values.get("reason") or "",
        }

    def _one_to_five(self, row: int, ref: str, column: str, values: dict, missing: str = "") -> int | None:
        value = values.get(column)
        if value is None:
            if missing and not any(p.row == row and p.column == column for p in self.problems):
                self._say(row, column, ref, missing)
            return None
        if not 1 <= value <= 5:
            self._say(row, column, ref, f"{column.capitalize()} must be 1 to 5, not {value}.")
            return None
        return value

    def _acceptance(self, ref: str, group: list) -> dict | None:
        found = [(row, values) for row, values in group if values["part"] == "acceptance"]
        if not found:
            return None
        row, values = found[0]
        for second, _ in found[1:]:
            self._say(second, "part", ref, f"{ref} has a second acceptance.")
        for column in ("by", "on", "reason"):
            if not values.get(column):
                self._say(row, column, ref, f"An acceptance says who, when and why: “{column}” is missing.")
        if values.get("until") and values.get("on") and values["until"] < values["on"]:
            self._say(row, "until", ref, "An acceptance cannot end before the day it was given.")
        return {key: values.get(key) for key in ("by", "on", "reason", "until")}

    def _bullets(self, ref: str, part: str, found: list) -> list[dict]:
        """The rows of one list in the order of their positions; those without one follow in the order of the file."""
        found.sort(key=lambda pair: (pair[1].get("position") is None, pair[1].get("position") or 0))
        rows = []
        for row, values in found:
            text = values.get("text") or ""
            if not text and part != "link":
                self._say(row, "text", ref, f"The text of this {part} is missing.")
            bullet: dict = {"id": self._identity(row, ref, values, owner=ref), "text": text}
            for column in USED[part][2:]:
                bullet[column.replace(" ", "_")] = values.get(column) or None
            if bullet.get("effect"):
                bullet["effect"] = self._choice(row, ref, "effect", bullet, scales.CONTROL_EFFECTS, "")
            if bullet.get("line"):
                bullet["line"] = self._choice(row, ref, "line", bullet, scales.ASSURANCE_LINES, "")
            if part == "link" and not bullet["target"]:
                self._say(row, "target", ref, "A link says what it points to, such as plans:V1.")
            if part == "link" and bullet["target"] in [other["target"] for other in rows]:
                self._say(row, "target", ref, f"{ref} has a link to {bullet['target']} already.")
            rows.append(bullet)
        return rows

    def _identity(self, row: int, ref: str, values: dict, owner: str | None) -> str | None:
        """The id given in a row: well formed, used once, and not that of another risk's row."""
        given = values.get("id") or ""
        if not given:
            return None
        try:
            identity = str(uuid.UUID(given))
        except ValueError:
            self._say(row, "id", ref, "The id is not one that an export gives. Leave it empty for something new.")
            return None
        if identity in self.seen_ids:
            self._say(row, "id", ref, f"This id stands in row {self.seen_ids[identity]} already.")
        self.seen_ids.setdefault(identity, row)
        if owner and self.known.rows.get(identity, owner) != owner:
            self._say(row, "id", ref, f"This id belongs to {self.known.rows[identity]}.")
        return identity
