"""The index of stored assessments. The packages in the instance folder are the truth; this can be rebuilt from them."""

from django.db import models


class StoredAssessment(models.Model):
    id = models.CharField(primary_key=True, max_length=12)
    as_of = models.DateField()
    known = models.DateTimeField()
    created = models.DateTimeField()
    created_by = models.CharField(max_length=150)
    code = models.CharField(max_length=20)
    framework_hash = models.CharField(max_length=80)
    evidence_hash = models.CharField(max_length=80)
    level = models.SmallIntegerField()
    counts = models.JSONField(default=dict)

    class Meta:
        ordering = ["-created", "-as_of"]

    def __str__(self) -> str:
        return f"{self.id} as of {self.as_of}"
