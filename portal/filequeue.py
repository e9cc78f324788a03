"""The queue of a machine without a broker: one small file a message, under `var/broker`.

Celery's own `filesystem://` transport writes a message where workers already look, so a worker can take one that is
half written, and takes it by way of the system's temporary folder, which on many machines is another disk and then not
one step. Here a message appears and is taken by a rename inside one folder: each is taken once, and whole.

A message that was taken is gone if its worker is killed. That loses nothing: what is under way is a row in the
database, and the periodic sweep queues it again.
"""

import os
import time
import uuid
from pathlib import Path
from queue import Empty

import kombu.transport
from kombu.transport import filesystem
from kombu.utils.encoding import bytes_to_str, str_to_bytes
from kombu.utils.json import dumps, loads


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: dict, **kwargs) -> None:
        folder = Path(self.data_folder_out)
        # Names sort in the order of sending, also across a restart of the machine.
        name = f"{time.time_ns():020d}_{uuid.uuid4()}.{queue}.msg"
        unfinished = folder / f".{name}"
        unfinished.write_bytes(str_to_bytes(dumps(payload)))
        unfinished.rename(folder / name)

    def _get(self, queue: str) -> dict:
        for name in sorted(os.listdir(self.data_folder_in)):
            if name.startswith(".") or name.partition(".")[2] != f"{queue}.msg":
                continue
            taken = Path(self.processed_folder) / name
            try:
                Path(self.data_folder_in, name).rename(taken)
            except FileNotFoundError:
                continue  # another worker was first
            payload = taken.read_bytes()
            taken.unlink()
            return loads(bytes_to_str(payload))
        raise Empty


class Transport(filesystem.Transport):
    Channel = Channel
    polling_interval = 0.1  # seconds between looks; one look lists one folder

    def drain_events(self, connection, timeout: float | None = None) -> None:
        """Wait for a message, and never so long that a worker is slow to hear that it should end."""
        super().drain_events(connection, timeout=None if timeout is None else min(timeout, 0.5))


def install() -> None:
    """Let `filesystem://` mean this transport."""
    kombu.transport.TRANSPORT_ALIASES["filesystem"] = "portal.filequeue:Transport"
