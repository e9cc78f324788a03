"""The whole way from content to pack: plan, render what is not stored, settle the page numbers, assemble."""

import contextlib
import datetime as dt
import functools
import io
import time
from dataclasses import dataclass, field, replace

from . import annexes, assembly, binding, ledger, papers, store, typesetting
from .context import Directory
from .faults import STORE_DAMAGED, FragmentError, FragmentLost, StoreError, TookTooLong, naming
from .fragments import WAITING, job, plan
from .info import Info, RenderError
from .references import References

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
    """Make one fragment: (bytes ready to be bound, Info). Raises FragmentError with a sentence that names the paper, or StoreError."""
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
                return binding.bind(*annexes.render(_annex(work, load), work.title))
            if work.measure:
                return b"", typesetting.measure(work.html, load)
            return binding.bind(*typesetting.typeset(work.html, load))
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
                        self.infos[place] = self._pages_of(spec, work)
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

    def _pages_of(self, spec, work):
        """How many pages front sheet and contents will have; a divider nearly always has one, and is believed until it is made."""
        return Info(1) if spec.kind == "divider" else typesetting.measure(work.html)

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
        """Whether all but front sheet, contents and dividers are counted; those are as soon as pages and notes are known."""
        return all(info is not None or spec.kind in WAITING for spec, info in zip(self.specs, self.infos, strict=True))

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
        """Front sheet, contents and dividers wait until all papers are counted, for they ask for every page."""
        if not self._papers_are_counted():
            missing = [(place, work) for place, work in missing if self.specs[place].kind not in WAITING]
        return [work for _, work in missing]


def facts_of(content, audience, digest):
    """Document properties of the pack, all from the content."""
    date = papers.long_date(content["meeting"]["date"])
    label = papers.edition_label(content)
    what = "agenda and papers" if not label else label.lower()
    edition = content.get("edition") or {}
    sealed = _moment(str(edition.get("sealed_at") or f"{content['meeting']['date']}T00:00:00"))
    office = content.get("office") or {}
    kind = "Papers for the public" if audience == "public" else "Papers for members"
    return assembly.Facts(
        title=f"{content['board']['name']}, {date}: {what}", author=office.get("name", ""),
        subject=kind, date=sealed, identifier=f"urn:sha256:{digest}" if digest else "",
    )  # fmt: skip


def _moment(text):
    """An ISO 8601 moment in universal time; one that says no offset is taken for universal time already."""
    moment = dt.datetime.fromisoformat(text)
    moment = moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def assemble_settled(settling, content, audience, digest, out):
    """Write a pack whose fragments are all stored to the file `out`, and give its ledger.

    Raises FragmentLost when a stored fragment turns out damaged; what is in `out` by then is no pack.
    """
    table = settling.ledger()
    pieces = [
        assembly.Piece(
            functools.partial(_load, settling, place), info, f"{spec.number} {spec.title}".strip(), spec.stamp
        )
        for place, (spec, info) in enumerate(zip(settling.specs, settling.infos, strict=True))
    ]
    try:
        assembly.write(pieces, table, facts_of(content, audience, digest), out)
    except FragmentLost:
        for work in settling.jobs:  # whatever else is damaged is found out now, not one by one
            settling.cache.load(work.key)
        raise
    return table


def _load(settling, place):
    found = settling.cache.load(settling.jobs[place].key)
    if found is None:
        raise FragmentLost(settling.specs[place].name)
    return found[0]


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
                buffer = io.BytesIO()
                table = assemble_settled(settling, content, audience, digest, buffer)
        except FragmentLost:
            continue
        spent = {name: round(seconds, 3) for name, seconds in stages.items()}
        return Pack(buffer.getvalue(), table, spent, settling.notes, rendered)
    raise RenderError(STORE_DAMAGED)


@contextlib.contextmanager
def timed(stages, name):
    """Add the seconds a stage takes to its sum."""
    started = time.perf_counter()
    try:
        yield
    finally:
        stages[name] = stages.get(name, 0.0) + time.perf_counter() - started
