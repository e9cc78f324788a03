from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "boards"
    verbose_name = "Boards"

    def ready(self) -> None:
        from boards import demo, menu, tasks  # noqa: F401 - registers the tasks by name

        menu.register()
        demo.register()
