"""What is made for somebody and handed out: taken for what it is, and in nobody's cache."""

from urllib.parse import quote

from django.http import HttpResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(content: bytes, kind: str, name: str, *, shown: bool = False) -> HttpResponse:
    """`shown`: in the browser instead of for saving."""
    answer = HttpResponse(content, content_type=kind)
    way = "inline" if shown else "attachment"
    answer["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(name, safe='')}"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
