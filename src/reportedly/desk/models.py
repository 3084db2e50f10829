"""What the desk keeps beside the casebook: roles, one-time links, tokens, the audit trail, the review queue."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class Member(models.Model):
    """The role of an account. Each role may do what those before it may."""

    READER, CODER, EDITOR, ADMIN = "reader", "coder", "editor", "admin"
    ROLES = ((READER, "reader"), (CODER, "coder"), (EDITOR, "editor"), (ADMIN, "admin"))

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="member", primary_key=True)
    role = models.CharField(max_length=8, choices=ROLES, default=READER)


class OneTimeLink(models.Model):
    """A link that signs one account in once. Only the SHA-256 of its secret is kept."""

    digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)


class Token(models.Model):
    """A token for programs; it may do what its account may. Only the SHA-256 of its secret is kept."""

    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=80)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tokens")
    made = models.DateTimeField()
    last_used = models.DateTimeField(null=True)


class Entry(models.Model):
    """One line of the audit trail: who did what to which record. Never changed, never deleted.

    ``who`` is the name of the account at that time.
    """

    when = models.DateTimeField(db_index=True)
    who = models.CharField(max_length=200)
    what = models.CharField(max_length=40)
    subject = models.CharField(max_length=300)
    details = models.TextField(default="")


class QueueItem(models.Model):
    """A claim, or two claims that were joined, for a person to look at.

    ``weight`` orders the queue, greatest first: how much depends on it and how doubtful it is; ``why`` says so in words.
    ``done`` is set once a decision settles it.
    """

    CLAIM, PAIR = "claim", "pair"

    kind = models.CharField(max_length=5)
    subject = models.CharField(max_length=255)
    other = models.CharField(max_length=255, default="")
    weight = models.FloatField()
    why = models.TextField(default="")
    done = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["subject", "other"], name="desk_queue_once")]
        indexes: ClassVar = [models.Index(fields=["done", "kind", "-weight", "id"], name="desk_queue_order")]


class QueueMark(models.Model):
    """How far the queue has looked into the casebook: the greatest primary key seen of a table."""

    table = models.CharField(max_length=20, primary_key=True)
    seen = models.BigIntegerField(default=0)


class Job(models.Model):
    """Reports being added from the desk. ``finished`` is ``None`` while it goes on; ``told`` is its latest line."""

    by = models.CharField(max_length=200)
    what = models.TextField()
    started = models.DateTimeField()
    finished = models.DateTimeField(null=True)
    read = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    told = models.TextField(default="")
    reports = models.JSONField(default=list)


class Following(models.Model):
    """One time that all relations, threats and turns of the casebook were worked out. What it found bears its number; pages show
    the newest that is ``finished``. ``version`` tells the state of the casebook that it saw, ``day`` the last day of publication.
    """

    version = models.CharField(max_length=200)
    finished = models.DateTimeField(null=True)
    day = models.CharField(max_length=10, default="")


class Pair(models.Model):
    """Two actors of whom something is told; ``record`` is their history, compressed. Keys are those of the sides, bounded."""

    run = models.ForeignKey(Following, on_delete=models.CASCADE, related_name="+")
    a = models.CharField(max_length=160)
    b = models.CharField(max_length=160)
    record = models.BinaryField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["run", "a", "b"], name="desk_pair_sides")]


class PairState(models.Model):
    """How one relation of a pair stands from one day to another (inclusive; an open end is the last day there is). ``names`` of
    both sides are folded for search, with their register ids."""

    run = models.ForeignKey(Following, on_delete=models.CASCADE, related_name="+")
    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="states")
    kind = models.CharField(max_length=40)
    a = models.CharField(max_length=160)
    b = models.CharField(max_length=160)
    status = models.CharField(max_length=12)
    first = models.DateField()
    last = models.DateField()
    told = models.DateField()
    names = models.TextField(default="")
    record = models.TextField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["run", "first", "last", "told", "kind"], name="desk_state_standing"),
            models.Index(fields=["run", "a"], name="desk_state_a"),
            models.Index(fields=["run", "b"], name="desk_state_b"),
        ]


class LedgerEntry(models.Model):
    """A threat and what came of it; ``words`` are folded for search, with the names of both sides."""

    run = models.ForeignKey(Following, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=160)
    said = models.DateField(null=True)
    outcome = models.CharField(max_length=12)
    words = models.TextField()
    record = models.TextField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["run", "said", "id"], name="desk_ledger_said")]


class Turn(models.Model):
    """What changed on a day: of a relation (``record`` holds the shift), or of an incident (``subject`` is its id)."""

    RELATION, THREAT, INCIDENT = "relation", "threat", "incident"

    run = models.ForeignKey(Following, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8)
    day = models.DateField()
    subject = models.CharField(max_length=255, default="")
    record = models.TextField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["run", "kind", "day", "id"], name="desk_turn_day")]
