"""The side door of what is sealed, closed: the model refuses every change, and so does the database."""

from django.db import models


class SealedError(RuntimeError):
    """Somebody tried to change or remove what was sealed."""


class SealedQuerySet(models.QuerySet):
    """Reads and single inserts only."""

    def _refuse(self, *args, **kwargs):
        raise SealedError("What was sealed cannot be changed or removed.")

    update = delete = bulk_update = bulk_create = _refuse


class SealedModel(models.Model):
    """A row that is written once. A trigger says the same in the database (see the migration that makes it)."""

    objects = SealedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise SealedError(f"{self._meta.verbose_name.capitalize()} {self.pk} is sealed and cannot be changed.")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args, **kwargs):
        raise SealedError(f"{self._meta.verbose_name.capitalize()} {self.pk} is sealed and cannot be removed.")
