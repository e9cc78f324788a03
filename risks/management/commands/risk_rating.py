"""Look a rating up in the matrix in force."""

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from risks import matrix as core
from risks.models import RiskMatrix


class Command(BaseCommand):
    help = "Print the rating of a likelihood and an impact, and its band."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--likelihood", required=True, help="1 (unlikely) to 5 (probable)")
        parser.add_argument("--impact", required=True, help="1 (insignificant) to 5 (catastrophic)")
        parser.add_argument("--matrix", help="a version other than the one in force")

    def handle(self, *args, likelihood, impact, matrix: str | None, **options) -> None:
        plain = self.matrix(matrix)
        try:
            cell = plain.cell(_number("Likelihood", likelihood), _number("Impact", impact))
        except core.MatrixError as problem:
            raise CommandError(str(problem)) from problem
        place = (
            "above tolerance" if cell.above_tolerance else "at tolerance" if cell.at_tolerance else "inside tolerance"
        )
        self.stdout.write(f"{cell.rating} {cell.band.name} ({place}, matrix {plain.version})")

    def matrix(self, version: str | None) -> core.Matrix:
        """The version asked for, else the one in force, else the one the register starts with."""
        try:
            found = RiskMatrix.objects.filter(version=version).first() if version else RiskMatrix.objects.in_force()
        except DatabaseError as problem:
            if version:
                raise CommandError("The database cannot be read, so only the first matrix is known.") from problem
            return core.default()
        if found is None and version and version != core.default().version:
            raise CommandError(f"There is no rating matrix {version}.")
        return found.matrix if found else core.default()


def _number(name: str, given) -> int:
    try:
        return int(given)
    except ValueError:
        raise CommandError(f"{name} must be a whole number from 1 to 5, not “{given}”.") from None
