"""Which items of an agenda are late or changed since what was circulated."""

from typing import Any


def holders(editions: list) -> dict[str, Any]:
    """Item id → the edition in force in which the board finds it."""
    return {item["id"]: edition for edition in editions for item in edition.content["items"]}


def circulated(editions: list) -> dict[str, dict[str, Any]]:
    """Item id → its sealed content, as the board holds it now: the agenda, then each supplement over it."""
    found: dict[str, dict[str, Any]] = {}
    for edition in editions:
        for item in edition.content["items"]:
            found[item["id"]] = item
    return found


def changed_items(now: list[dict[str, Any]], before: dict[str, dict[str, Any]]) -> list[str]:
    """Ids of items that are new, or differ in anything the board would read."""
    return [item["id"] for item in now if item["id"] not in before or before[item["id"]] != item]


def removed_items(now: list[dict[str, Any]], before: dict[str, dict[str, Any]]) -> list[str]:
    present = {item["id"] for item in now}
    return [item_id for item_id in before if item_id not in present]
