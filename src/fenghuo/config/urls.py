"""Every address of the installation."""

from django.urls import include, path

from fenghuo.gateway.api import api

urlpatterns = [
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("reports/", include("fenghuo.response.incidents.urls")),
    path("api/v1/", api.urls),
    path("", include("fenghuo.kernel.web.urls")),
]

handler400 = "fenghuo.kernel.web.errors.bad_request"
handler403 = "fenghuo.kernel.web.errors.not_allowed"
handler404 = "fenghuo.kernel.web.errors.not_found"
handler500 = "fenghuo.kernel.web.errors.failed"
