"""The titles of register rows, as the findings ask for them: to exist, and to be told from one another."""

from django.db import DatabaseError

from boards import reports


class RegisterTitles(dict):
    """`{"risks:SR3.1": title}` of what the registers list; any other reference is asked for when it is needed, once."""

    def __init__(self, *titles, asked: dict | None = None):
        super().__init__(*titles)
        self.asked = {} if asked is None else asked

    def copy(self) -> "RegisterTitles":
        """The same titles for another paper, which remembers with this one what was asked for."""
        return RegisterTitles(self, asked=self.asked)

    def get(self, key, default=None):
        if key in self.keys():
            return super().get(key)
        if key not in self.asked:
            found = reports.resolve(key)
            self.asked[key] = found.title if found is not None else None
        title = self.asked[key]
        return default if title is None else title

    def __contains__(self, key):
        return self.get(key) is not None


def known_titles() -> RegisterTitles | None:
    """Titles of all registers, or None where none holds anything yet: then no reference can be judged."""
    titles = RegisterTitles()
    for register in reports.registers():
        try:
            titles.update({f"{register.key}:{ref}": title for ref, title in _listed(register).items()})
        except (DatabaseError, AttributeError, NotImplementedError):
            continue
    return titles if titles.keys() else None


def _listed(register: reports.Register) -> dict[str, str]:
    if isinstance(register, reports.ListsTitles):
        return register.titles()
    return {target.ref: target.title for target in register.search("")}
