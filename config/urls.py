"""Every address of the site; docs/addresses.md tells what each promises."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from catalogue.going import go
from config import information, machines, probes, sitemap, views
from config.api import api
from config.style import style
from curators.entrance import enter
from curators.invitations.views import invitation
from pathways.upkeep.asking import still_happy

urlpatterns = [
    # Enter once: the link that `make run` prints.
    path("admin/enter/<str:token>/", enter, name="enter"),
    path("admin/", admin.site.urls),
    # The link of the yearly mail to those who look after a pathway.
    path("still-happy/<str:token>/", still_happy, name="still_happy"),
    path("api/v1/", RedirectView.as_view(pattern_name="api:openapi-view")),
    path("api/v1/", api.urls),
    path("id/<uuid:uid>/", views.permanent, name="permanent"),
    path("go/<uuid:uid>/", go, name="go"),
    # Answered before they get here, by config.middleware.ProbesMiddleware.
    path("healthz", probes.healthz, name="healthz"),
    path("readyz", probes.readyz, name="readyz"),
    path("favicon.ico", machines.favicon),
    path("robots.txt", machines.robots),
    path("opensearch.xml", machines.opensearch, name="opensearch"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("sitemap-<slug:kind>-<int:number>.xml", sitemap.sitemap_file, name="sitemap_file"),
    # English at the root, Welsh under /cy/.
    *i18n_patterns(
        path("", views.home, name="home"),
        # What people look for in a footer.
        path("about/", information.about, name="about"),
        path("about/selection/", information.selection, name="selection"),
        path("contact/", information.contact, name="contact"),
        path("accessibility/", information.accessibility, name="accessibility"),
        path("privacy/", information.privacy, name="privacy"),
        path("licence/", information.licence, name="licence"),
        path("style/", style, name="style"),
        path("account/", include("curators.accounts.urls")),
        path("invitation/<str:token>/", invitation, name="invitation"),
        path("", include("catalogue.urls")),
        path("", include("pathways.urls")),
        path("", include("curators.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "config.views.bad_request"
handler403 = "config.views.forbidden"
handler404 = "config.views.not_found"
handler500 = "config.views.server_error"
