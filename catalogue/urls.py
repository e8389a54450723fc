"""Addresses of what there is to learn. A slug's keyword is always `slug` (see catalogue.identity)."""

from django.urls import path

from catalogue import views

app_name = "catalogue"

urlpatterns = [
    # /search/: pieces of pages, for scripts
    path("search/suggestions/", views.suggestion_list, name="suggestion_list"),
    path("search/facets/<slug:name>/", views.facet_values, name="facet_values"),
    # /resources/
    path("resources/", views.resource_list, name="resource_list"),
    path("resources/<slug:slug>/", views.resource_detail, name="resource_detail"),
    # /skills/
    path("skills/", views.skill_list, name="skill_list"),
    path("skills/<slug:slug>/", views.skill_detail, name="skill_detail"),
    # /frameworks/; their slugs have dots
    path("frameworks/", views.framework_list, name="framework_list"),
    path("frameworks/<str:slug>/", views.framework_detail, name="framework_detail"),
    path("frameworks/<str:slug>/coverage/", views.coverage, name="coverage"),
    path("frameworks/<str:slug>/<str:code>/", views.competence_detail, name="competence_detail"),
    # /roles/
    path("roles/", views.role_list, name="role_list"),
    path("roles/<slug:slug>/", views.role_detail, name="role_detail"),
    # /questions/
    path("questions/", views.question_list, name="question_list"),
    path("questions/<slug:slug>/", views.question_detail, name="question_detail"),
    # /organisations/
    path("organisations/", views.organisation_list, name="organisation_list"),
    path("organisations/<slug:slug>/", views.organisation_detail, name="organisation_detail"),
    # /tags/
    path("tags/", views.tag_list, name="tag_list"),
    path("tags/<slug:slug>/", views.tag_detail, name="tag_detail"),
]
