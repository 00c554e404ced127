"""What people set up for themselves in registers."""

from django.db import models


class SavedView(models.Model):
    """Filters, order and columns of a list under a name, for one person. `query`: the address behind the list's."""

    person = models.ForeignKey("access.Person", models.CASCADE, related_name="+")
    register = models.CharField(max_length=32)
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=1000)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["person", "register", "name"], name="saved_view_once")]

    def __str__(self) -> str:
        return self.name
