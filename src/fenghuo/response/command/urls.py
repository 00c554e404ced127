from django.urls import path

from .views import board, orders, videos, ways

app_name = "command"
urlpatterns = [
    path("board/", board.board, name="board"),
    # Before the incidents' own addresses, which end in any verb.
    path("incidents/<str:number>/orders/", orders.orders, name="orders"),
    path("incidents/<str:number>/orders/print/", orders.printed, name="proposal_sheet"),
    path("incidents/<str:number>/ways/", ways.ways, name="ways"),
    path("incidents/<str:number>/ways/print/", ways.printed, name="ways_sheet"),
    path("incidents/<str:number>/videos/", videos.videos, name="videos"),
    path("incidents/<str:number>/videos/<int:pk>/remove/", videos.remove_video, name="remove_video"),
]
