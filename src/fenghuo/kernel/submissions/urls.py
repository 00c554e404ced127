from django.urls import path, re_path

from .views import boxes, checking, one, receipts, sending

app_name = "submissions"
urlpatterns = [
    re_path(r"^submissions/(?P<box>in|out|all)/$", boxes.box, name="box"),
    path("submissions/in/accept/", boxes.accept_many, name="accept_many"),
    path("submissions/in/together/", boxes.batches, name="batches"),
    path("submissions/in/together/<int:pk>/", boxes.batch, name="batch"),
    path("submissions/by-hand/", sending.by_hand, name="by_hand"),
    path("submissions/new/<int:paper>/", sending.new, name="new"),
    path("submissions/enclosures/<int:pk>/<str:name>", one.enclosure, name="enclosure"),
    path("submissions/<str:number>/", one.submission, name="submission"),
    path("submissions/<str:number>/receipt/", receipts.receipt, name="receipt"),
    path("submissions/<str:number>/receipt.pdf", receipts.receipt_pdf, name="receipt_pdf"),
    path("submissions/<str:number>/answers/", one.answer, name="answer"),
    path("submissions/<str:number>/<slug:verb>/", one.do, name="do"),
    path("receipts/", checking.ask, name="check"),
    path("receipts/<str:code>/", checking.check, name="checked"),
]
