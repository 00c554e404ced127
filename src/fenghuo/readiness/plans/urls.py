from django.urls import path

from .checks.urls import urlpatterns as checks
from .views import coverage, plans, profiles, quick

app_name = "plans"
urlpatterns = [
    path("coverage/", coverage.matrix, name="coverage"),
    path("coverage.xlsx", coverage.matrix_book, name="coverage_book"),
    path("lacking/", coverage.lacking_list, name="lacking"),
    path("lacking.xlsx", coverage.lacking_list_book, name="lacking_book"),
    path("lacking/remind/", coverage.remind_all, name="remind"),
    path("quick/", quick.quick, name="quick"),
    path("units/<str:code>/profile/", profiles.profile, name="profile"),
    *checks,
    path("<str:number>/", plans.show, name="plan"),
    path("<str:number>/file/", plans.file, name="file"),
    path("<str:number>/papers/<int:pk>/name/", plans.name_paper, name="name_paper"),
    path("<str:number>/confirm/", plans.confirm, name="confirm"),
    path("<str:number>/archive/", plans.archive, name="archive"),
    path("<str:number>/restore/", plans.restore, name="restore"),
    path("<str:number>/next/", plans.next_edition, name="next"),
]
