"""`make backup`: the database and the files of this checkout in one dated folder, and back again.

    python -m portal.launcher.backup [--restore FOLDER]

The dump is taken in one transaction, and files are only ever added under new names, so a running portal may go on.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tarfile
import time
from pathlib import Path

from portal.launcher import place as places
from portal.launcher.database import BASE_DIR, Lease
from portal.launcher.errors import LauncherError
from portal.launcher.server import wheel_folder


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Save the database and the files, or restore them.")
    parser.add_argument("--restore", type=Path, metavar="FOLDER", help="a folder that an earlier backup made")
    options = parser.parse_args(arguments)
    if os.environ.get("DATABASE_URL", "").strip():
        print("DATABASE_URL names a server: save it with its own pg_dump (docs/operations.md).")
        return 1
    var = places.var_folder(BASE_DIR, os.environ)
    try:
        with Lease.take(var):
            if options.restore:
                restore(var, options.restore)
            else:
                print(f"Saved in {save(var)}")
    except LauncherError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def save(var: Path) -> Path:
    """Write a backup and return its folder. A folder of that name appears only when all of it is there."""
    folder = var / "backups" / time.strftime("%Y-%m-%d-%H%M%S")
    unfinished = folder.with_name(f".{folder.name}")
    unfinished.mkdir(parents=True, mode=0o700)
    _run(var, "pg_dump", "--format=custom", f"--file={unfinished / 'portal.dump'}", places.NAME)
    with tarfile.open(unfinished / "files.tar", "w") as archive:
        if files_folder(var).is_dir():
            archive.add(files_folder(var), arcname="files")
    unfinished.rename(folder)
    return folder


def restore(var: Path, folder: Path) -> None:
    """Put back what a backup holds, in place of what is there."""
    if not (folder / "portal.dump").is_file() or not (folder / "files.tar").is_file():
        raise LauncherError(f"{folder} is not a backup: portal.dump or files.tar is missing.")
    _run(var, "pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error",
         f"--dbname={places.NAME}", str(folder / "portal.dump"))  # fmt: skip
    with tarfile.open(folder / "files.tar") as archive:
        for member in archive:
            _restore_file(archive, member, files_folder(var))
    print("Restored.")


def _restore_file(archive: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> None:
    """Write one file. Links and the like are passed over, and a name that leads out of the folder ends the work."""
    path = Path(*Path(member.name).parts[1:])  # the archive's own top is “files”, wherever the files are kept here
    if path.is_absolute() or ".." in path.parts:
        raise LauncherError(f"The backup holds a file that does not belong to it: {member.name}.")
    if member.isfile():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        with archive.extractfile(member) as source, (target / path).open("wb") as copy:
            shutil.copyfileobj(source, copy)


def files_folder(var: Path) -> Path:
    return Path(os.environ.get("FILES_ROOT", "").strip() or var / "files")


def _run(var: Path, program: str, *arguments: str) -> None:
    place = places.find(var)
    command = [str(wheel_folder() / "pginstall" / "bin" / program)]
    command += [f"--host={place.sockets}", f"--port={places.SOCKET_PORT}", f"--username={places.NAME}", "--no-password"]
    done = subprocess.run([*command, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise LauncherError(f"{program} failed: {done.stderr.strip()}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
