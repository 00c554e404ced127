"""Every address of the installation."""

from allauth.account.urls import urlpatterns as account_urls
from django.urls import include, path

from fenghuo.gateway.api import api
from fenghuo.gateway.docs import docs

urlpatterns = [
    # Nobody resets a password by e-mail: accounts have none, an administrator gives a new one.
    path("accounts/", include([url for url in account_urls if "reset" not in str(url.name)])),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("map/", include("fenghuo.kernel.maps.covering.urls")),
    path("map/", include("fenghuo.kernel.maps.siting.urls")),
    path("map/", include("fenghuo.kernel.maps.urls")),
    path("files/", include("fenghuo.kernel.documents.urls")),
    path("destruction/", include("fenghuo.kernel.destruction.urls")),
    path("messages/", include("fenghuo.kernel.messaging.urls")),
    path("backups/", include("fenghuo.kernel.keeping.urls")),
    path("journal/", include("fenghuo.kernel.witnesses.urls")),
    path("clocks/", include("fenghuo.kernel.clocks.urls")),
    path("api/v1/docs", docs),
    path("api/v1/", api.urls),
    path("", include("fenghuo.kernel.assignments.urls")),
    path("", include("fenghuo.kernel.submissions.urls")),
    path("", include("fenghuo.kernel.assignments.link_urls")),
    path("", include("fenghuo.response.command.urls")),
    path("", include("fenghuo.response.incidents.urls")),
    path("registers/", include("fenghuo.kernel.registers.urls")),
    path("completeness/", include("fenghuo.kernel.registers.completeness.urls")),
    path("duplicates/", include("fenghuo.readiness.organisations.duplicates.urls")),
    path("organisations/", include("fenghuo.readiness.organisations.urls")),
    path("teams/", include("fenghuo.readiness.teams.urls")),
    path("plans/", include("fenghuo.readiness.plans.urls")),
    path("workplan/", include("fenghuo.oversight.workplan.urls")),
    path("", include("fenghuo.kernel.web.urls")),
]

handler400 = "fenghuo.kernel.web.errors.bad_request"
handler403 = "fenghuo.kernel.web.errors.not_allowed"
handler404 = "fenghuo.kernel.web.errors.not_found"
handler500 = "fenghuo.kernel.web.errors.failed"
