from django.urls import path

from plans.views import aims, assessment, editing, exchange, measures, overview, rounds, updates

app_name = "plans"

urlpatterns = [
    path("", overview.start, name="start"),
    path("add/", editing.add_plan, name="add_plan"),
    path("<slug:plan>/", overview.overview, name="overview"),
    path("<slug:plan>/edit/", editing.edit_plan, name="edit_plan"),
    path("<slug:plan>/themes/<str:code>/", overview.theme, name="theme"),
    path("<slug:plan>/themes/<str:code>/edit/", editing.edit_theme, name="edit_theme"),
    path("<slug:plan>/themes/<str:code>/actions/add/", editing.add_action, name="add_action"),
    path("<slug:plan>/actions/<str:ref>/", overview.action, name="action"),
    path("<slug:plan>/actions/<str:ref>/edit/", editing.edit_action, name="edit_action"),
    path("<slug:plan>/actions/<str:ref>/activities/add/", editing.add_activity, name="add_activity"),
    path("<slug:plan>/actions/<str:ref>/links/add/", editing.add_link, name="add_link"),
    path("<slug:plan>/actions/<str:ref>/links/<int:pk>/remove/", editing.remove_link, name="remove_link"),
    path("<slug:plan>/activities/<str:ref>/edit/", editing.edit_activity, name="edit_activity"),
    path("<slug:plan>/activities/<str:ref>/report/", updates.report, name="report"),
    path("<slug:plan>/activities/<str:ref>/no-change/", updates.no_change, name="no_change"),
    path("<slug:plan>/activities/<str:ref>/news/", updates.add_update, name="add_update"),
    path("<slug:plan>/activities/<str:ref>/direction/", updates.override, name="override"),
    path("<slug:plan>/my-updates/", updates.my_updates, name="my_updates"),
    path("<slug:plan>/rounds/", rounds.round_list, name="rounds"),
    path("<slug:plan>/rounds/<int:pk>/", rounds.round_page, name="round"),
    path("<slug:plan>/rounds/<int:pk>/remind/", rounds.remind, name="remind"),
    path("<slug:plan>/rounds/<int:pk>/close/", rounds.close, name="close_round"),
    path("<slug:plan>/measures/", measures.measure_list, name="measures"),
    path("<slug:plan>/measures/add/", measures.measure_form, name="add_measure"),
    path("<slug:plan>/measures/<int:pk>/", measures.measure, name="measure"),
    path("<slug:plan>/measures/<int:pk>/edit/", measures.measure_form, name="edit_measure"),
    path("<slug:plan>/aims/", aims.aims, name="aims"),
    path("<slug:plan>/aims/<int:pk>/", aims.map_aim, name="map_aim"),
    path("<slug:plan>/findings/", assessment.assessment_list, name="assessments"),
    path("<slug:plan>/findings/<int:pk>/", assessment.assessment, name="assessment"),
    path("<slug:plan>/findings/one/<int:pk>/", assessment.finding, name="finding"),
    path("<slug:plan>/exchange/", exchange.exchange, name="exchange"),
    path("<slug:plan>/exchange/imports/<int:pk>/", exchange.import_run, name="import_run"),
    path("<slug:plan>/exchange/imports/<int:pk>/bring-in/", exchange.bring_in, name="bring_in"),
    path("<slug:plan>/exchange/export.<str:kind>", exchange.export, name="export"),
    path("<slug:plan>/exchange/export-<str:table>.<str:kind>", exchange.export, name="export_table"),
]
