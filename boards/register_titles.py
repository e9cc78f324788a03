"""The titles of register rows, as the findings ask for them: to exist, and to be told from one another."""

from django.db import DatabaseError

from boards import reports


class RegisterTitles(dict):
    """`{"risks:SR3.1": title}` of what the registers list; any other reference is asked for when it is needed."""

    def get(self, key, default=None):
        if key not in self.keys():
            found = reports.resolve(key)
            if found is None:
                return default
            self[key] = found.title
        return super().get(key)

    def __contains__(self, key):
        return self.get(key) is not None


def known_titles() -> RegisterTitles | None:
    """Titles of all registers, or None where none holds anything yet: then no reference can be judged."""
    titles = RegisterTitles()
    for register in reports.registers():
        try:
            found = register.search("")
        except (DatabaseError, AttributeError, NotImplementedError):
            continue
        titles.update({f"{register.key}:{target.ref}": target.title for target in found})
    return titles if titles.keys() else None
