"""The whole way from content to pack: plan, render what is not stored, settle the page numbers, assemble."""

import contextlib
import time
from dataclasses import dataclass, field, replace

from . import annexes, assembly, ledger, papers, store, typesetting
from .context import Directory
from .faults import STORE_DAMAGED, FragmentError, FragmentLost, StoreError, TookTooLong, naming
from .fragments import job, plan
from .references import References
from .typesetting import RenderError

MOST_PASSES = 6


@dataclass
class Pack:
    """A finished pack: its bytes, its ledger, seconds by stage, and notes for staff (annexes without tags)."""

    bytes: bytes
    ledger: ledger.Ledger
    stages: dict = field(default_factory=dict)
    notes: list = field(default_factory=list)
    rendered: int = 0


def render_job(work, load_file):
    """Make one fragment: (PDF bytes, Info). Raises FragmentError with a sentence that names the paper, or StoreError."""
    away = []

    def load(digest):
        try:
            return load_file(digest)
        except StoreError as error:
            away.append(error)  # WeasyPrint would tell it as a picture that is missing
            raise

    try:
        with naming(work.name, work.key, is_file=bool(work.file)):
            if work.file:
                return annexes.render(_annex(work, load), work.title)
            if work.measure:
                return b"", typesetting.measure(work.html, load)
            return typesetting.typeset(work.html, load)
    except FragmentError:
        if away:
            raise away[0] from None
        raise


def _annex(work, load):
    try:
        return load(work.file)
    except LookupError as error:
        raise RenderError("Its file is missing from the file store.") from error


class Settling:
    """Brings the page numbers to rest: fragments are counted, references filled, and what changed is made again.

    `advance()` returns the jobs that are not stored yet; when they are, call it again. It returns an empty list when every
    fragment is stored under references that the ledger confirms. A part whose HTML cannot be made is left until all others are
    stored; then FragmentError names it. It holds no state that cannot be worked out again.
    """

    def __init__(self, content, audience, cache, *, series="", watermark="", digest="", guess=None):
        directory = Directory(content)
        self.specs = plan(content, audience, directory=directory, series=series, watermark=watermark, digest=digest)
        self.cache, self.series = cache, series
        self.targets = directory.names
        self.infos = [None] * len(self.specs)
        self.jobs = [None] * len(self.specs)
        self.asked = [None] * len(self.specs)
        self.known = {}
        self.guess = guess
        self.passes = 0

    @property
    def notes(self):
        """A sentence for each annex whose pages carry no tags of their own."""
        found = []
        for spec, info in zip(self.specs, self.infos, strict=True):
            if spec.kind == "annex" and info is not None and not info.tagged:
                found.append(f"{spec.stamp.right.replace('Agenda Item: ', 'Item ')}: {spec.title}")
        return found

    def info_of(self, key):
        return self.known.get(key)

    def _look_up(self, keys):
        """Ask the store once for all that is not known yet."""
        if wanted := {key for key in keys if key not in self.known}:
            self.known |= self.cache.infos(wanted)

    def ledger(self):
        return ledger.make(self.specs, self.infos, series=self.series, targets=self.targets)

    def advance(self):
        for _ in range(MOST_PASSES):
            counted = self._papers_are_counted()
            table = self.ledger() if counted else self.guess
            notes = self.notes
            faults = self._make_jobs(table, notes)
            self._look_up(work.key for work in self.jobs if work is not None)
            missing, changed = [], False
            for place, (spec, work) in enumerate(zip(self.specs, self.jobs, strict=True)):
                if work is None:
                    continue
                if counted and self.infos[place] is None:
                    with naming(spec.name, work.key):
                        self.infos[place] = typesetting.measure(work.html)  # front sheet and contents: how many pages
                    changed = True
                info = self.info_of(work.key)
                if info is None:
                    missing.append((place, work))
                    continue
                changed = changed or info != self.infos[place]
                self.infos[place] = info
                # A stored fragment is never asked for its HTML again, and a worker's memory stays flat as papers are added.
                self.jobs[place] = replace(work, html="")
            if changed and self._papers_are_counted():
                continue
            if missing := self._worth_rendering(missing):
                return missing
            if faults:
                raise FragmentError(" ".join(faults))
            if not changed:
                return []
        raise RenderError("The page numbers do not come to rest. Take page references out of the longest paper.")

    def _make_jobs(self, table, notes):
        """Bring every job up to this ledger. A sentence for each part whose HTML cannot be made."""
        faults = []
        for place, spec in enumerate(self.specs):
            try:
                with naming(spec.name):
                    self._job(place, spec, table, notes)
            except TookTooLong:
                raise  # there is no time left for the others
            except FragmentError as error:
                self.jobs[place] = self.asked[place] = None
                faults.append(str(error))
        return faults

    def is_front(self, work):
        """Whether this is the front sheet, which prints how the edition was sealed."""
        return any(each is work for spec, each in zip(self.specs, self.jobs, strict=True) if spec.kind == "front")

    def _papers_are_counted(self):
        """Whether all but front sheet and contents are counted; those are measured as soon as their notes are known."""
        return all(
            info is not None or spec.kind in ("front", "contents")
            for spec, info in zip(self.specs, self.infos, strict=True)
        )

    def _job(self, place, spec, table, notes):
        references = References(table, notes=notes if spec.kind == "contents" else ())
        if self.jobs[place] is not None and self.asked[place] is not None:
            before, had_notes = self.asked[place]
            again = {target: references.page(target) for target in before}
            if again == before and had_notes == references.notes:
                return self.jobs[place]
        references.asked.clear()
        self.jobs[place] = job(spec, references)
        self.asked[place] = (dict(references.asked), references.notes)
        return self.jobs[place]

    def _worth_rendering(self, missing):
        """Front sheet and contents wait until all papers are counted, for they ask for every page."""
        if not self._papers_are_counted():
            missing = [(place, work) for place, work in missing if self.specs[place].kind in ("paper", "annex")]
        return [work for _, work in missing]


def facts_of(content, audience, digest):
    """Document properties of the pack, all from the content."""
    date = papers.long_date(content["meeting"]["date"])
    label = papers.edition_label(content)
    what = "agenda and papers" if not label else label.lower()
    edition = content.get("edition") or {}
    sealed = str(edition.get("sealed_at") or f"{content['meeting']['date']}T00:00:00")[:19]
    office = content.get("office") or {}
    kind = "Papers for the public" if audience == "public" else "Papers for members"
    return assembly.Facts(
        title=f"{content['board']['name']}, {date}: {what}", author=office.get("name", ""),
        subject=kind, date=f"{sealed}Z", identifier=f"urn:sha256:{digest}" if digest else "",
    )  # fmt: skip


def assemble_settled(settling, content, audience, digest=""):
    """Assemble a pack whose fragments are all stored. Raises FragmentLost when a stored one turns out damaged."""
    table = settling.ledger()
    pieces, lost = [], []
    for spec, work in zip(settling.specs, settling.jobs, strict=True):
        found = settling.cache.load(work.key)
        if found is None:
            lost.append(spec.name)
        elif not lost:
            pieces.append(assembly.Piece(found[0], found[1], f"{spec.number} {spec.title}".strip(), spec.stamp))
    if lost:
        raise FragmentLost(", ".join(lost))
    return assembly.assemble(pieces, table, facts_of(content, audience, digest)), table


def build_pack_bytes(content, *, audience, load_file, cache=None, series="", watermark="", digest="", guess=None):
    """The pack of this content for this audience, in this process.

    `content` is what the audience may see (pass `public(content)` for the public). `load_file(sha256)` gives the bytes of an
    annex or picture. `cache` keeps fragments between calls. Raises FragmentError with a sentence naming the paper at fault.
    """
    cache = store.MemoryStore() if cache is None else cache
    stages, rendered = {"plan": 0.0, "render": 0.0, "assemble": 0.0}, 0
    for _ in range(MOST_PASSES):
        settling = Settling(content, audience, cache, series=series, watermark=watermark, digest=digest, guess=guess)
        while True:
            with timed(stages, "plan"):
                missing = settling.advance()
            if not missing:
                break
            with timed(stages, "render"):
                for work in missing:
                    cache.save(work.key, *render_job(work, load_file))
                    rendered += 1
        try:
            with timed(stages, "assemble"):
                data, table = assemble_settled(settling, content, audience, digest)
        except FragmentLost:
            continue
        return Pack(data, table, {name: round(spent, 3) for name, spent in stages.items()}, settling.notes, rendered)
    raise RenderError(STORE_DAMAGED)


@contextlib.contextmanager
def timed(stages, name):
    """Add the seconds a stage takes to its sum."""
    started = time.perf_counter()
    try:
        yield
    finally:
        stages[name] = stages.get(name, 0.0) + time.perf_counter() - started
