"""Word, Excel and PowerPoint files turned into PDF by LibreOffice, on workers where it is installed.

The file is believed for nothing: it must be what its name says, it may fetch nothing (neither from the network nor from this
machine), it may run nothing, and it has a profile, a folder and a limited time of its own.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
import zipfile
from io import BytesIO
from pathlib import Path

SECONDS = 45
KINDS = {
    "writer": (".docx", ".doc", ".odt", ".rtf"),
    "calc": (".xlsx", ".xls", ".ods"),
    "impress": (".pptx", ".ppt", ".odp"),
}
TYPES = tuple(ending for endings in KINDS.values() for ending in endings)
_LIBRARIES = {"writer": "libswlo.so", "calc": "libsclo.so", "impress": "libsdlo.so"}
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of .doc, .xls and .ppt
_PARTS = {
    ".docx": "word/",
    ".xlsx": "xl/",
    ".pptx": "ppt/",
    ".odt": "content.xml",
    ".ods": "content.xml",
    ".odp": "content.xml",
}
_FOLDER = "portal-annex-"
_REGISTRY = "http://openoffice.org/2001/registry"
_SECURITY, _UPDATE = "/org.openoffice.Office.Common/Security/Scripting", "/org.openoffice.Office.{}/Content/Update"
_SETTINGS = {
    (_SECURITY, "BlockUntrustedRefererLinks"): "true",
    (_SECURITY, "DisableMacrosExecution"): "true",
    (_SECURITY, "MacroSecurityLevel"): "3",
    (_UPDATE.format("Writer"), "Link"): "0",
    (_UPDATE.format("Calc"), "Link"): "2",
}


class NotConverted(Exception):
    """The file is not turned into PDF; the message is a sentence."""


class TookTooLong(NotConverted):
    """It was given up for the time it took: another time the machine may be less busy."""


def available():
    """Path of LibreOffice on this machine, or None: then a worker here takes no office files."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def formats():
    """Endings that LibreOffice can turn here: its parts for text, sheets and slides are installed one by one."""
    program = available()
    if program is None:
        return ()
    parts = Path(os.path.realpath(program)).parent
    found = [kind for kind, library in _LIBRARIES.items() if (parts / library).exists()]
    return tuple(ending for kind in found or KINDS for ending in KINDS[kind])


def ending_of(name):
    """`.docx` of “Report.DOCX”; empty when the name is not that of an office file."""
    ending = Path(name).suffix.lower()
    return ending if ending in TYPES else ""


def kind_of(ending):
    """The part of LibreOffice that opens files with this ending: writer, calc or impress."""
    return next(kind for kind, endings in KINDS.items() if ending in endings)


def check(data, ending):
    """Raises NotConverted when the bytes are not what the ending says. Costs next to nothing: LibreOffice is not needed for it."""
    if ending in _PARTS and data.startswith(_OLD):
        raise NotConverted(
            f"This {ending} file is locked with a password, or was saved in an older format under a new name. Save a copy without "
            "a password, or as PDF, and upload that."
        )
    if not _is_what_it_says(data, ending):
        raise NotConverted(
            f"This is not a {ending} file, whatever its name says, or it is damaged. Save it as PDF and upload that."
        )


def to_pdf(data, name):
    """The file as bytes of a tagged PDF. Raises NotConverted with a sentence."""
    program, ending = available(), Path(name).suffix.lower()
    if program is None:
        raise NotConverted("This worker has no LibreOffice to turn the file into PDF. Save it as PDF and upload that.")
    if ending not in formats():
        raise NotConverted(f"A {ending} file cannot be turned into PDF here. Save it as PDF and upload that.")
    check(data, ending)
    kind = kind_of(ending)
    _clear_up()
    with tempfile.TemporaryDirectory(prefix=_FOLDER, ignore_cleanup_errors=True) as name_of_folder:
        folder = Path(name_of_folder)
        source, out, user = folder / f"annex{ending}", folder / "out", folder / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_registry())
        source.write_bytes(data)
        command = [
            program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore", "--nolockcheck", "--convert-to",
            f'pdf:{kind}_pdf_Export:{{"UseTaggedPDF":{{"type":"boolean","value":"true"}}}}', "--outdir", str(out), str(source),
        ]  # fmt: skip
        _run(command, {"HOME": str(folder), "PATH": "/usr/bin:/bin", "LANG": "en_GB.UTF-8"})
        try:
            return (out / "annex.pdf").read_bytes()
        except OSError:
            raise NotConverted(
                "This file could not be turned into PDF. Save it as PDF yourself and upload that."
            ) from None


def _clear_up():
    """Remove what workers that were killed left behind: nobody else's business may lie about on a worker."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_FOLDER}*"):
        with contextlib.suppress(OSError):  # another worker clears up too
            if folder.stat().st_mtime < time.time() - 20 * SECONDS:
                shutil.rmtree(folder, ignore_errors=True)


def _registry():
    """LibreOffice's own settings file with ours: nothing is fetched, nothing is run."""
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for (path, name), value in _SETTINGS.items()
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="{_REGISTRY}">{items}</oor:items>'


def _is_what_it_says(data, ending):
    """LibreOffice takes anything it does not know for text, and would print its bytes."""
    if ending == ".rtf":
        return data.lstrip().startswith(b"{\\rtf")
    if ending in (".doc", ".xls", ".ppt"):
        return data.startswith(_OLD)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return any(name.startswith(_PARTS[ending]) for name in archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def _run(command, environment):
    """Run LibreOffice and everything it starts; end all of it when it takes too long, or when this worker is killed."""
    # A killed worker leaves no LibreOffice behind: the kernel tells `timeout`, which leads the group and passes it on.
    for keeper in (["timeout", "--kill-after=5", str(SECONDS + 5)], ["setpriv", "--pdeathsig", "TERM"]):
        if shutil.which(keeper[0], path=environment["PATH"]):
            command = [*keeper, *command]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, start_new_session=True
    ) as process:  # fmt: skip
        try:
            process.wait(SECONDS)
        except BaseException as stopped:  # also the task's own time limit
            os.killpg(process.pid, signal.SIGKILL)
            if not isinstance(stopped, subprocess.TimeoutExpired):
                raise
            raise TookTooLong(
                f"This file took more than {SECONDS} seconds to turn into PDF. Save it as PDF yourself and upload that."
            ) from None
