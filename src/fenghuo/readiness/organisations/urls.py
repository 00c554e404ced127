from django.urls import path

from .views import book, checks, taking, units, writing

app_name = "organisations"
urlpatterns = [
    path("contacts/", book.contacts, name="contacts"),
    path("contacts/message/", writing.message, name="message"),
    path("contacts/booklet.pdf", taking.booklet_as_pdf, name="booklet_pdf"),
    path("contacts/booklet/", taking.booklet, name="booklet"),
    path("contacts/contacts.vcf", taking.cards, name="cards"),
    path("contacts/contacts.xlsx", taking.workbook, name="workbook"),
    path("contacts/<int:pk>.vcf", taking.card, name="card"),
    path("check/", checks.check, name="check"),
    path("units/<str:code>/stand-ins/", units.stand_ins, name="stand_ins"),
    path("stand-ins/<int:pk>/end/", units.end_stand_in, name="end_stand_in"),
]
