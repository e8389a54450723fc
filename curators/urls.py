"""Addresses of the people."""

from django.urls import path

from curators import views

app_name = "curators"

urlpatterns = [
    path("curators/", views.curator_list, name="curator_list"),
    path("curators/<slug:slug>/", views.curator_detail, name="curator_detail"),
]
