"""What an address asks of the contact book; the same for the page, the booklet, the cards and the workbook."""

from django.http import HttpRequest

from fenghuo.kernel.registry.selectors import region_by_code

from ..selectors.book import Asked

PARTS = ("line", "block")


def asked_in(request: HttpRequest) -> Asked:
    """What cannot be used is left out: an old or mistyped address still shows the book."""

    def said(name: str) -> str:
        return request.GET.get(name, "").strip()[:100]

    region = said("region")
    return Asked(
        words=said("q"),
        part=said("part") if said("part") in PARTS else "",
        region=region_by_code(region.ljust(12, "0")[:12]) if region else None,
    )
