"""Where the embedded database lives.

An ordinary user has it under `var/database`. Root cannot: the server runs under an account that may not be able to
reach the checkout, and no permission of a folder that is not ours is ever changed. Root's data, sockets and a copy of
the programs are therefore in folders made by us under /var/lib, and `var/database/location.json` says which.
"""

import hashlib
import json
import os
import pwd
import re
import secrets
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from portal.launcher.account import Account, server_account, we_are_root
from portal.launcher.errors import LauncherError

ROOT_BASE = Path("/var/lib/board-papers-portal")
SOCKET_PORT = 5432  # only part of the socket's file name: nothing listens on a network port
SOCKET_PATH_LIMIT = 100  # the kernel takes 107 bytes, less the ending of the lock file
NAME = "portal"  # of the database and of the role that owns it


@dataclass(frozen=True)
class Place:
    """The folders of one checkout's database. `account` is None when the server runs as ourselves."""

    var: Path
    home: Path
    sockets: Path
    account: Account | None = None

    @property
    def desk(self) -> Path:
        """Our own notes beside the data: locks, state and location."""
        return self.var / "database"

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def settings(self) -> Path:
        """Access rules, kept out of the data folder so that the server's account cannot rewrite them."""
        return self.home / "access"

    @property
    def log(self) -> Path:
        return self.var / "log" / "database.log"


def var_folder(base_dir: Path, environ) -> Path:
    """The folder for data of this checkout: PORTAL_VAR, or `var` beside manage.py."""
    return Path(os.path.realpath(environ.get("PORTAL_VAR", "").strip() or base_dir / "var"))


def find(var: Path) -> Place | None:
    """The place of the database of `var` if one was made here; creates nothing."""
    note = _read_note(var)
    if note is None or note["var"] != str(var):
        return None
    return Place(var, Path(note["home"]), Path(note["sockets"]))


def desk_folder(var: Path) -> Path:
    """`var/database`, made where missing and checked to be ours."""
    desk = var / "database"
    try:
        desk.mkdir(parents=True, exist_ok=True)
        (var / "log").mkdir(exist_ok=True)
    except PermissionError:
        raise LauncherError(
            f"{_user(os.geteuid())} may not write in {var}. Run this as {_user(_nearest(var).stat().st_uid)}, or set "
            "PORTAL_VAR to a folder of your own."
        ) from None
    owner = desk.stat().st_uid
    if owner != os.geteuid():
        raise LauncherError(
            f"The database under {desk} belongs to {_user(owner)} and you are {_user(os.geteuid())}. Run this as "
            f"{_user(owner)}, or set PORTAL_VAR to a folder of your own."
        )
    return desk


def make(var: Path) -> Place:
    """The place of the database of `var`, its folders made where missing. Only the keeper calls this."""
    desk = desk_folder(var)
    account = server_account() if we_are_root() else None
    note = _read_note(var)
    if account is None:
        home = desk
    elif note and Path(note["home"]).is_dir() and (note["var"] == str(var) or not _still_at(note)):
        home = Path(note["home"])  # ours, or of a checkout that was since moved here
    else:
        home = _new_root_home()
    sockets = _sockets(home, var, account)
    place = Place(var, home, sockets, account)
    if account is not None:
        (home / "checkout.txt").write_text(f"The database of {var}\n")  # for whoever tidies up later
    _own_folder(place.settings, None, 0o755)
    _write_note(place)
    return place


def _still_at(note: dict) -> bool:
    """Whether the checkout that wrote this note is still where it was, so that this one is a copy of it."""
    there = _read_note(Path(note["var"]))
    return there is not None and there["home"] == note["home"]


def _new_root_home() -> Path:
    _own_folder(ROOT_BASE, None, 0o755)
    home = ROOT_BASE / secrets.token_hex(6)
    _own_folder(home, None, 0o755)
    return home


def _sockets(home: Path, var: Path, account: Account | None) -> Path:
    folder = home / "sockets"
    name = str(folder / f".s.PGSQL.{SOCKET_PORT}")
    if len(os.fsencode(name)) > SOCKET_PATH_LIMIT or not re.fullmatch(r"[\w/.+@~-]+", name, re.ASCII):
        mark = hashlib.sha256(os.fsencode(var)).hexdigest()[:10]
        folder = Path(tempfile.gettempdir()) / f"board-papers-{os.geteuid()}-{mark}"
    _own_folder(folder, account, 0o700)
    return folder


def _own_folder(folder: Path, account: Account | None, mode: int) -> None:
    """Make a folder for the account, or check that the one found is a real folder of that account's."""
    uid = account.uid if account else os.geteuid()
    try:
        folder.mkdir(mode=mode)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != uid:
            raise LauncherError(f"{folder} is in the way: it is not a folder of {_user(uid)}. Move it away.") from None
        return
    folder.chmod(mode)
    if account:
        os.chown(folder, account.uid, account.gid)


def data_folder(place: Place, name: str) -> Path:
    """A new, empty folder beside the data for the server's account to fill."""
    folder = place.home / name
    folder.mkdir(mode=0o700)
    if place.account:
        os.chown(folder, place.account.uid, place.account.gid)
    return folder


def _nearest(path: Path) -> Path:
    """The path itself or its nearest parent that exists."""
    return path if path.exists() else _nearest(path.parent)


def _read_note(var: Path) -> dict | None:
    try:
        note = json.loads((var / "database" / "location.json").read_text())
    except (OSError, ValueError):
        return None
    return note if isinstance(note, dict) and {"var", "home", "sockets"} <= set(note) else None


def _write_note(place: Place) -> None:
    note = {"var": str(place.var), "home": str(place.home), "sockets": str(place.sockets)}
    if _read_note(place.var) == note:
        return
    path = place.desk / "location.json"
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.write_text(json.dumps(note, indent=1) + "\n")
    fresh.replace(path)


def _user(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"
