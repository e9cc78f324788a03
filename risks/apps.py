from django.apps import AppConfig


class RisksConfig(AppConfig):
    name = "risks"
    verbose_name = "Strategic risk register"

    def ready(self) -> None:
        from boards import reports
        from risks import charts, demo, menu
        from risks.report.register import RiskRegister

        reports.register(RiskRegister())
        reports.register_chart("risks.heatmap", charts.heatmap_figure)
        reports.register_chart("risks.trend", charts.trend_figure)
        reports.register_links("risks", RiskRegister().linked_from)
        menu.register()
        demo.register()
