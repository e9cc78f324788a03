"""How fast packs are made, as ratios to one call over the same papers in one run on one machine.

A made-up pack of about 300 pages: 25 papers, a third of them with wide tables, two annexes of 20 pages. ``run()`` gives a
row a measure; as a script it prints them. Each part runs in a process of its own, so that its memory can be read.
"""

import copy
import dataclasses
import functools
import hashlib
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

PAPERS, PAGES = 25, 9
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"


def content(papers=PAPERS):
    from tests.boards.packs import sample

    return sample.meeting(papers, PAGES, annexes=2)


def changed(made, place=10, attempt=0):
    """The same meeting after somebody added a sentence to one paper."""
    after = copy.deepcopy(made)
    block = after["items"][place]["papers"][0]["document"]["content"][0]["content"][1]
    block["content"][0]["text"] = f"Sentence {attempt} was added here. " + block["content"][0]["text"]
    return after


def whole_html(made):
    """All papers as one document, as a portal without fragments would print it."""
    from boards.packs import fragments, references, typesetting

    bodies = []
    for spec in fragments.plan(made, "members"):
        if spec.html:
            html = fragments.job(spec, references.References()).html
            bodies.append(html.partition("<body")[2].partition(">")[2].partition("</body>")[0])
    faces = "".join(
        f"@font-face{{font-family:'Source Sans 3';font-weight:{weight};font-style:{style};src:url('{file.as_uri()}')}}"
        for weight, style, file in (
            (400, "normal", typesetting.ASSETS / "fonts" / "SourceSans3-Regular.ttf"),
            (400, "italic", typesetting.ASSETS / "fonts" / "SourceSans3-It.ttf"),
            (600, "normal", typesetting.ASSETS / "fonts" / "SourceSans3-Semibold.ttf"),
        )
    )
    css = typesetting.stylesheet_text()
    pages = "".join(f'<div style="break-before: page" class="paper">{body}</div>' for body in bodies)
    return f"<!doctype html><html lang=en-GB><head><title>Pack</title><style>{faces}{css}</style></head><body>{pages}</body></html>"


# Each of these runs in a process of its own and prints JSON.


def part_one_call(folder):
    """One WeasyPrint call over everything, with WeasyPrint's own tags."""
    import weasyprint

    html = (folder / "whole.html").read_text()
    started = time.perf_counter()
    document = weasyprint.HTML(string=html).render(pdf_variant="pdf/ua-1")
    document.write_pdf(folder / "one.pdf", pdf_variant="pdf/ua-1")
    return {"seconds": time.perf_counter() - started, "pages": len(document.pages)}


def part_worker(folder, papers):
    """One worker makes the whole pack alone."""
    from boards.packs import pack

    made, load_file = content(int(papers))
    cache = _store(folder / f"alone{papers}")
    settling = pack.Settling(made, "members", cache)
    while missing := settling.advance():
        for work in missing:
            cache.save(work.key, *pack.render_job(work, load_file))
    rendering = _peak()
    with tempfile.TemporaryFile() as file:
        table = pack.assemble_settled(settling, made, "members", "", file)
    return {"pages": table.pages, "rendering": rendering}


def part_two_workers(folder, attempt):
    """Nothing is stored; two workers take what is missing, the largest first. `attempt` counts the runs."""
    from boards.packs import pack

    made, _load_file = content()
    shutil.rmtree(folder / "two", ignore_errors=True)
    cache = _store(folder / "two")
    with ProcessPoolExecutor(2, initializer=_warm, initargs=(str(folder / "two"),)) as pool:
        list(pool.map(_nothing, range(8)))  # both processes are up, as workers are
        started = time.perf_counter()
        settling = pack.Settling(made, "members", cache)
        while missing := settling.advance():
            missing.sort(key=lambda work: -len(work.html))
            list(pool.map(_render, [dataclasses.asdict(work) for work in missing]))
        with tempfile.TemporaryFile() as file:
            pack.assemble_settled(settling, made, "members", "", file)
            seconds = time.perf_counter() - started
            file.seek(0)
            return {"seconds": seconds, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}


def part_change(folder):
    """One paper changed: from save to the new complete pack, in a worker that has made packs before."""
    from boards.packs import pack

    made, load_file = content()
    cache = _store(folder / "two")
    before = pack.build_pack_bytes(made, audience="members", load_file=load_file, cache=cache)
    again = pack.build_pack_bytes(made, audience="members", load_file=load_file, cache=cache)
    times = []
    for place in (10, 11, 12):
        tries = []
        for attempt in range(3):  # the best of three: other work on the machine is not what is measured
            after = changed(made, place, attempt)
            started = time.perf_counter()
            pack.build_pack_bytes(after, audience="members", load_file=load_file, cache=cache, guess=before.ledger)
            tries.append(time.perf_counter() - started)
        times.append(min(tries))
    return {
        "seconds": max(times), "same": before.bytes == again.bytes, "sha256": hashlib.sha256(before.bytes).hexdigest(),
        "assemble": again.stages["assemble"],
    }  # fmt: skip


def part_assembly(folder, times):
    """Assembly alone, of the fragments of the pack taken several times over."""
    from boards.packs import assembly, binding, ledger, pack, stamps

    made, _load_file = content()
    cache = _store(folder / "two")
    settling = pack.Settling(made, "members", cache)
    while settling.advance():
        raise SystemExit("The fragments are not stored.")
    stamps.faces()  # a worker has read its fonts
    binding.of_every_page()
    many = int(times)
    specs, infos = settling.specs * many, settling.infos * many
    pieces = [
        assembly.Piece(functools.partial(_load, cache, work.key), info, spec.title, spec.stamp)
        for spec, info, work in zip(specs, infos, settling.jobs * many, strict=True)
    ]
    started = time.perf_counter()
    table = ledger.make(specs, infos)
    with tempfile.TemporaryFile() as file:
        assembly.write(pieces, table, pack.facts_of(made, "members", ""), file)
    return {"seconds": time.perf_counter() - started, "pages": table.pages}


def _load(cache, key):
    return cache.load(key)[0]


def _store(folder):
    from boards.packs import store

    return store.FolderStore(folder)


_worker = {}  # what a pool process keeps


def _warm(folder):
    _worker["cache"], _worker["load_file"] = _store(Path(folder)), content(2)[1]
    from boards.packs import typesetting

    typesetting._shared()


def _nothing(_):
    threading.Event().wait(0.05)


def _render(work):
    from boards.packs import fragments, pack

    job = fragments.Job(**work)
    _worker["cache"].save(job.key, *pack.render_job(job, _worker["load_file"]))


def _part(name, folder, *args):
    """Run a part in a fresh process; its answer with its peak memory in MB."""
    command = [sys.executable, __file__, name, str(folder), *map(str, args)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    return json.loads(done.stdout.strip().splitlines()[-1])


def _chromium(folder):
    """Seconds that Chromium takes to print the same HTML, or None where it is not installed."""
    if not Path(CHROMIUM).exists():
        return None
    command = [
        CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-pdf-header-footer",
        f"--user-data-dir={folder / 'chromium'}", f"--print-to-pdf={folder / 'chromium.pdf'}", (folder / "whole.html").as_uri(),
    ]  # fmt: skip
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return time.perf_counter() - started


def run():
    """(what, value, unit[, limit]) of every measure."""
    with tempfile.TemporaryDirectory(prefix="bench-packs-") as name:
        folder = Path(name)
        made, _ = content()
        (folder / "whole.html").write_text(whole_html(made))
        os.sync()
        one = _part("one_call", folder)
        yield "one WeasyPrint call over all papers", round(one["seconds"], 1), "s"
        yield "its pages (annexes are not in it)", one["pages"], "pages"
        yield "its peak memory", one["memory"], "MB"
        chromium = _chromium(folder)
        if chromium is not None:
            yield "Chromium prints the same HTML", round(chromium, 1), "s"
        two = min((_part("two_workers", folder, attempt) for attempt in (1, 2)), key=lambda part: part["seconds"])
        yield "nothing stored, two workers", round(two["seconds"], 2), "s"
        yield "… as a share of the one call", round(two["seconds"] / one["seconds"], 3), "×", 0.6
        change = _part("change", folder)
        yield "one paper changed, to the complete pack", round(change["seconds"], 2), "s"
        yield "… as a share of the one call", round(change["seconds"] / one["seconds"], 4), "×", round(1 / 12, 4)
        if chromium is not None:
            yield "… as a share of Chromium's print", round(change["seconds"] / chromium, 3), "×", 0.5
        yield "a second build differs from the first", int(not change["same"]), "builds", 0
        yield "two workers and one worker differ", int(change["sha256"] != two["sha256"]), "packs", 0
        sizes = [_part("assembly", folder, times) for times in (1, 2, 5)]
        for size, limit in zip(sizes, (1.5, None, None), strict=True):
            row = (f"assembly of {size['pages']} pages", round(size["seconds"], 2), "s")
            yield (*row, limit) if limit else row
        slope = (sizes[2]["seconds"] / sizes[2]["pages"]) / (sizes[0]["seconds"] / sizes[0]["pages"])
        yield "cost of a page at five times the size", round(slope, 2), "×", 1.5
        alone = {papers: _part("worker", folder, papers) for papers in (12, PAPERS, 50)}
        for papers, part in alone.items():
            yield f"peak memory of rendering, {papers} papers", part["rendering"], "MB"
            yield f"peak memory with assembly, {papers} papers ({part['pages']} pages)", part["memory"], "MB"
        yield "… as a share of the one call's", round(alone[PAPERS]["memory"] / one["memory"], 2), "×", 0.5
        yield (
            "memory of rendering, 50 papers against 12",
            round(alone[50]["rendering"] / alone[12]["rendering"], 2),
            "×",
            1.25,
        )
        yield from _service(one, chromium)


def _service(one, chromium):
    """The same with the portal's own workers, where there is a database for it (`make bench`)."""
    if "DATABASE_URL" in os.environ:
        from tests.benchmarks import _service

        yield from _service.rows(one, chromium)


def _peak():
    """Most memory this process has held, in MB."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def main():
    if len(sys.argv) > 2:
        answer = globals()[f"part_{sys.argv[1]}"](Path(sys.argv[2]), *sys.argv[3:])
        answer["memory"] = _peak()
        print(json.dumps(answer))
        return
    for row in run():
        limit = f"   (at most {row[3]})" if len(row) > 3 else ""
        print(f"{row[0]:<62} {row[1]:>9} {row[2]}{limit}", flush=True)


if __name__ == "__main__":
    main()
