from django.apps import AppConfig
from django.db.models.signals import post_migrate


class BoardsConfig(AppConfig):
    name = "boards"
    verbose_name = "Boards"

    def ready(self) -> None:
        from boards import demo, menu, preparing, surfaces, tasks, workers  # noqa: F401 - registers the tasks by name
        from boards.search import index, surface

        menu.register()
        demo.register()
        preparing.watch()
        workers.register()
        surfaces.register_surface(surface.places)
        post_migrate.connect(index.fill, sender=self)
