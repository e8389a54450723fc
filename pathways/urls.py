"""Addresses of pathways."""

from django.urls import path

from pathways import preview_views, views

app_name = "pathways"

urlpatterns = [
    path("pathways/", views.pathway_list, name="pathway_list"),
    path("pathways/<slug:slug>/", views.pathway_detail, name="pathway_detail"),
    path("pathways/<slug:slug>/<int:n>/", views.step_detail, name="step_detail"),
    path("pathways/preview/<str:token>/", preview_views.preview, name="preview"),
    path("pathways/preview/<str:token>/<int:n>/", preview_views.preview, name="preview_step"),
    path(
        "pathways/preview/<str:token>/resource/<uuid:uid>/",
        preview_views.preview,
        name="preview_resource",
    ),
]
