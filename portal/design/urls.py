from django.urls import path

from portal.design import views

urlpatterns = [path("", views.gallery, name="gallery")]
