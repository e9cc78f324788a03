"""The account that the embedded database runs under.

PostgreSQL refuses to run as root. Started as root, the launcher uses a system account of its own, which owns nothing
but the database's folders; where no account can be made, `nobody` does.
"""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass

SYSTEM_ACCOUNT = "board-papers"
SYSTEM = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin"]


@dataclass(frozen=True)
class Account:
    name: str
    uid: int
    gid: int


def we_are_root() -> bool:
    return os.geteuid() == 0


def current_user_name() -> str:
    """The name of the person or account running this, as PostgreSQL's peer authentication will see it."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return ""


def server_account() -> Account:
    """The account for the server when we are root: ours, made on first use, or else `nobody`."""
    account = _lookup(SYSTEM_ACCOUNT)
    if account is None:
        _make_system_account()
        account = _lookup(SYSTEM_ACCOUNT) or _lookup("nobody")
    if account is None or account.uid == 0:
        from portal.launcher.errors import LauncherError

        raise LauncherError(
            "PostgreSQL does not run as root and no other account was found. Run this as an ordinary user, or set "
            "DATABASE_URL to a PostgreSQL server."
        )
    return account


def _lookup(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _make_system_account() -> None:
    command = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if command is None:
        return
    # A failure is not an error: another launcher may have made the account at the same moment, and `nobody` remains.
    subprocess.run(
        [command, *SYSTEM, "--comment", "Board papers portal database", SYSTEM_ACCOUNT],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
