"""Addresses of the people."""

from django.urls import path

from curators import views
from curators.suggestions.views import offer, suggestion

app_name = "curators"

urlpatterns = [
    path("curators/", views.curator_list, name="curator_list"),
    path("curators/<slug:slug>/", views.curator_detail, name="curator_detail"),
    # /suggest/: a form of each kind, and what became of what was sent
    path("suggest/", offer, {"kind": "resource"}, name="suggest"),
    path("suggest/problem/", offer, {"kind": "problem"}, name="report"),
    path("suggest/curator/", offer, {"kind": "curator"}, name="offer_to_curate"),
    path("suggest/message/", offer, {"kind": "message"}, name="write"),
    path("suggest/<str:token>/", suggestion, name="suggestion"),
]
