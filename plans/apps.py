from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "plans"
    verbose_name = "Police and Crime Plan"

    def ready(self) -> None:
        from boards import reports
        from plans import charts, demo, menu
        from plans.links import linked_from
        from plans.register import PlanRegister

        reports.register(PlanRegister())
        reports.register_links("plans", linked_from)
        charts.register()
        menu.register()
        demo.register()
