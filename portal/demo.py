"""The demonstration office. Each app registers what it loads and after what; loading twice adds nothing."""

from collections.abc import Callable

_loaders: dict[str, tuple[Callable[[], None], tuple[str, ...]]] = {}

PASSWORD = "board-papers-demonstration"  # noqa: S105 (printed for everybody; no server of record is started with it)


def register(name: str, load: Callable[[], None], *, after: tuple[str, ...] | list[str] = ()) -> None:
    """Register `load` under a name, to run once those named in `after` have run. It must be safe to run twice."""
    _loaders[name] = (load, tuple(after))


def in_order() -> list[tuple[str, Callable[[], None]]]:
    """All loaders, each after those it needs."""
    done: list[str] = []

    def visit(name: str, path: tuple[str, ...] = ()) -> None:
        if name in done or name not in _loaders:
            return
        if name in path:
            raise ValueError(f"The demonstration data of {name} waits for itself.")
        for needed in _loaders[name][1]:
            visit(needed, (*path, name))
        done.append(name)

    for name in _loaders:
        visit(name)
    return [(name, _loaders[name][0]) for name in done]
