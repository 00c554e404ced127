"""Who stands in for whom (AB 岗): one post for another of the same unit."""

from django.db import models
from django.db.models import F, Q


class StandIn(models.Model):
    """While the holder of `post` is away, the holder of `deputy` does the work. Rights go on following from posts."""

    post = models.ForeignKey("access.Post", models.CASCADE, related_name="stand_ins")
    deputy = models.ForeignKey("access.Post", models.CASCADE, related_name="stands_in_for")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "deputy"], name="stand_in_once"),
            models.CheckConstraint(condition=~Q(post=F("deputy")), name="stand_in_is_another"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} ← {self.deputy_id}"
