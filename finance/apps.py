from django.apps import AppConfig


class FinanceConfig(AppConfig):
    name = "finance"
    verbose_name = "Medium term financial strategy"

    def ready(self) -> None:
        from boards import reports
        from finance import demo, menu
        from finance.report import FinanceRegister, charts

        reports.register(FinanceRegister())
        reports.register_chart("finance.stacked_bars", charts.stacked_bars)
        reports.register_chart("finance.waterfall", charts.waterfall)
        menu.register()
        demo.register()
