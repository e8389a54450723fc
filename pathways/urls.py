"""Addresses of pathways."""

from django.urls import path

from pathways import views

app_name = "pathways"

urlpatterns = [
    path("pathways/", views.pathway_list, name="pathway_list"),
    path("pathways/<slug:slug>/", views.pathway_detail, name="pathway_detail"),
    path("pathways/<slug:slug>/<int:n>/", views.step_detail, name="step_detail"),
]
