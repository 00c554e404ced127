from django.urls import path, register_converter

from .views import handing, records, tus


class Key:
    """Of an upload."""

    regex = "[0-9a-f]{32}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Key, "upload")

app_name = "documents"
urlpatterns = [
    path("of/<int:pk>/", records.of, name="of"),
    path("waiting/", records.waiting, name="waiting"),
    path("uploads/", tus.uploads, name="uploads"),
    path("uploads/<upload:key>/", tus.upload, name="upload"),
    path("uploads/<upload:key>/finish/", tus.finish, name="finish"),
    path("uploads/<upload:key>/discard/", tus.discard, name="discard"),
    path("<int:pk>/", records.shown, name="shown"),
    path("<int:pk>/off/", records.off, name="off"),
    path("<int:pk>/preview.jpg", handing.preview, name="preview"),
    path("<int:pk>/screen.jpg", handing.picture, name="picture"),
    path("<int:pk>/pages/<int:number>.webp", handing.page, name="page"),
    path("<int:pk>/<str:name>", handing.file, name="file"),
]
