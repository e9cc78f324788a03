from django.urls import include, path

from portal.views import health, people, standing

handler400 = "portal.views.errors.bad_request"
handler403 = "portal.views.errors.refused"
handler404 = "portal.views.errors.not_found"
handler500 = "portal.views.errors.failed"

urlpatterns = [
    path("health/", health.health, name="health"),
    path("accessibility/", standing.accessibility, name="accessibility"),
    path("privacy/", standing.privacy, name="privacy"),
    path("contact/", standing.contact, name="contact"),
    path(".well-known/security.txt", standing.security_txt, name="security_txt"),
    path("people/", people.people_list, name="people"),
    path("people/add/", people.person_add, name="person_add"),
    path("people/<int:pk>/", people.person_page, name="person"),
    path("people/<int:pk>/appointments/add/", people.appointment_add, name="appointment_add"),
    path("people/<int:pk>/appointments/<int:appointment>/end/", people.appointment_end, name="appointment_end"),
    path("people/<int:pk>/active/", people.person_active, name="person_active"),
    path("audit/", people.audit, name="audit"),
    path("accounts/", include("portal.account_urls")),
    path("design/", include("portal.design.urls")),
    path("risks/", include("risks.urls")),
    path("plans/", include("plans.urls")),
    path("finance/", include("finance.urls")),
    path("", include("boards.urls")),
]
