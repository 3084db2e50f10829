"""The casebook's tables. What a machine read (everything but ``Decision``) is kept apart from what a person decided.

``key`` is the id that people and programs see (of the records); the numeric primary key stays inside the casebook. A claim,
relation, reading or incident is kept whole as the JSON of its record; the columns beside it serve filters and order.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

KEY = 255
"""Greatest length of an id."""


class Run(models.Model):
    """One run of loading, or of reading anew: when, by which version, how it ended. ``finished`` is ``None`` while it goes on or
    if it was killed."""

    LOAD, REREAD = "load", "reread"

    kind = models.CharField(max_length=8, default=LOAD)
    started = models.DateTimeField()
    finished = models.DateTimeField(null=True)
    version = models.CharField(max_length=200)
    read = models.PositiveBigIntegerField(default=0)
    unchanged = models.PositiveBigIntegerField(default=0)
    duplicates = models.PositiveBigIntegerField(default=0)
    failed = models.PositiveBigIntegerField(default=0)


class WorkItem(models.Model):
    """One piece of work of a loading run: a report by the hash of its content, for one version of the reader."""

    PENDING, DONE, FAILED = "pending", "done", "failed"

    hash = models.CharField(max_length=64)
    version = models.CharField(max_length=200)
    state = models.CharField(max_length=8, default=PENDING)
    where = models.TextField(null=True)
    error = models.TextField(null=True)
    run = models.ForeignKey(Run, null=True, on_delete=models.SET_NULL, related_name="items")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["hash", "version"], name="work_once")]
        indexes: ClassVar = [models.Index(fields=["state", "version"], name="work_state")]


class Source(models.Model):
    """An outlet, office or group that publishes. ``None`` in ``kind``, ``speaks_for``, ``owner``: not known."""

    key = models.CharField(max_length=KEY, unique=True)
    name = models.TextField()
    kind = models.CharField(max_length=40, null=True)
    speaks_for = models.TextField(null=True)
    owner = models.TextField(null=True)


class Grade(models.Model):
    """A person's grade of a source on the Admiralty scales; the newest of a source holds, earlier ones stay on record.

    ``reliability`` (A to F) and ``credibility`` (1 to 6) are two scales; ``None`` in both takes the grade away.
    """

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="grades")
    reliability = models.CharField(max_length=1, null=True)
    credibility = models.CharField(max_length=1, null=True)
    by = models.TextField()
    when = models.DateTimeField()
    why = models.TextField(null=True)


class SourceNote(models.Model):
    """What a person says of a source: its kind, whom it speaks for, who owns it (``None``: not known).

    The newest of a source holds and goes before what stands with the source; earlier ones stay on record."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=40, null=True)
    speaks_for = models.TextField(null=True)
    owner = models.TextField(null=True)
    by = models.TextField()
    when = models.DateTimeField()
    why = models.TextField(null=True)


class Report(models.Model):
    """One text from a source. Its text never changes; ``sha256`` is that of the original bytes, ``text_sha256`` of the text.

    ``duplicate_of`` is the report that this one copies, ``duplicate_kind`` how closely (exact, near); ``unread`` says
    why nothing was read from it. ``day`` is the day of publication, or the last possible day where unknown, for ordering.
    """

    EXACT, NEAR = "exact", "near"

    key = models.CharField(max_length=KEY, unique=True)
    sha256 = models.CharField(max_length=64)
    text_sha256 = models.CharField(max_length=64, db_index=True)
    source = models.ForeignKey(Source, null=True, on_delete=models.PROTECT, related_name="reports")
    title = models.TextField(null=True)
    byline = models.TextField(null=True)
    address = models.TextField(null=True)
    published = models.CharField(max_length=64, null=True)
    published_on = models.DateField(null=True)
    published_basis = models.TextField(null=True)
    language = models.CharField(max_length=16)
    text = models.TextField()
    unread = models.TextField(null=True)
    duplicate_of = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="copies")
    duplicate_kind = models.CharField(max_length=8, null=True)
    added = models.DateTimeField()
    day = models.DateField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["sha256", "text_sha256"], name="report_once")]
        indexes: ClassVar = [models.Index(fields=["day", "key"], name="report_order")]


class Original(models.Model):
    """The bytes that a report came as, compressed by zlib."""

    report = models.OneToOneField(Report, primary_key=True, on_delete=models.CASCADE)
    data = models.BinaryField()


class Reading(models.Model):
    """What one version of the reader read in a report, whole, as JSON without the report. ``current`` marks the one in use."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="readings")
    reader = models.CharField(max_length=200)
    record = models.TextField()
    current = models.BooleanField()
    added = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["report", "reader"], name="reading_once")]


class Actor(models.Model):
    """An entry of the actor register that claims or relations of this casebook name."""

    key = models.CharField(max_length=KEY, unique=True)
    name = models.TextField()
    kind = models.CharField(max_length=40)


class Claim(models.Model):
    """One statement of one event by one voice, from the reading in use.

    ``first_day`` and ``last_day`` bound the event: an open beginning falls on the end, an open end on the day of publication,
    as does a claim without time; ``None`` where nothing is known. ``day`` is for ordering. ``killed_low`` … are people;
    ``None`` means not said. ``place`` and ``voice_folded`` are folded for search: lower case, no accents. ``merging`` tells
    what joining claims into incidents has yet to do.
    """

    NEW, REGROUP, DONE = 0, 1, 2

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="claims")
    report_key = models.CharField(max_length=KEY)
    key = models.CharField(max_length=KEY, db_index=True)
    type = models.CharField(max_length=80)
    family = models.CharField(max_length=40)
    status = models.CharField(max_length=20)
    negated = models.BooleanField()
    background = models.BooleanField()
    place = models.TextField()
    iso2 = models.CharField(max_length=2, null=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    precision = models.PositiveSmallIntegerField(null=True)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    killed_low = models.BigIntegerField(null=True)
    killed_high = models.BigIntegerField(null=True)
    injured_low = models.BigIntegerField(null=True)
    injured_high = models.BigIntegerField(null=True)
    voice = models.TextField()
    voice_folded = models.TextField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    evidence = models.TextField()
    record = models.TextField()
    day = models.DateField()
    merging = models.PositiveSmallIntegerField(default=NEW)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["report", "key"], name="claim_once")]
        indexes: ClassVar = [
            models.Index(fields=["day", "report_key", "start", "key"], name="claim_order"),
            models.Index(fields=["family", "day"], name="claim_family"),
            models.Index(fields=["type", "day"], name="claim_type"),
            models.Index(fields=["iso2", "day"], name="claim_country"),
            models.Index(fields=["merging", "day", "report_key", "start", "key"], name="claim_to_merge"),
            models.Index(fields=["last_day", "first_day", "report"], name="claim_days"),
        ]


class ClaimActor(models.Model):
    """An actor or target of a claim; ``actor`` is the register's entry, or ``None`` where the register has none."""

    ACTOR, TARGET = "actor", "target"

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="parties")
    role = models.CharField(max_length=8)
    actor = models.ForeignKey(Actor, null=True, on_delete=models.PROTECT, related_name="parts")
    name = models.TextField()
    folded = models.TextField()
    kind = models.CharField(max_length=40)


class Relation(models.Model):
    """What is said to bind or divide two actors, from the reading in use."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="relations")
    report_key = models.CharField(max_length=KEY)
    key = models.CharField(max_length=KEY, db_index=True)
    kind = models.CharField(max_length=40)
    status = models.CharField(max_length=20)
    a = models.ForeignKey(Actor, null=True, on_delete=models.PROTECT, related_name="+")
    b = models.ForeignKey(Actor, null=True, on_delete=models.PROTECT, related_name="+")
    a_folded = models.TextField()
    b_folded = models.TextField()
    voice = models.TextField()
    voice_folded = models.TextField()
    record = models.TextField()
    day = models.DateField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["report", "key"], name="relation_once")]
        indexes: ClassVar = [models.Index(fields=["day", "report_key", "key"], name="relation_order")]


class Incident(models.Model):
    """What claims from any number of reports are about. ``key`` is kept for life; ``merged_into`` says where its claims went.

    ``claims`` is how many members it has now; an incident whose claims are gone (merged, or not read any more) stays
    with 0, so that its id still leads somewhere.
    """

    key = models.CharField(max_length=KEY, unique=True)
    type = models.CharField(max_length=80)
    family = models.CharField(max_length=40)
    standing = models.CharField(max_length=40)
    review = models.CharField(max_length=12, default="candidate")
    place = models.TextField()
    iso2 = models.CharField(max_length=2, null=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    claims = models.PositiveIntegerField()
    reports = models.PositiveIntegerField()
    merged_into = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="absorbed")
    record = models.TextField()
    day = models.DateField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["day", "key"], name="incident_order")]


class IncidentClaim(models.Model):
    """A claim's part in an incident, with the reasons in words (a JSON list). A member tells the incident, others speak of it."""

    MEMBER, DENIES, ABOUT = "member", "denies", "about"

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="links")
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="links")
    role = models.CharField(max_length=8)
    score = models.FloatField()
    reasons = models.JSONField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["claim", "incident"], name="link_once")]


class IncidentChange(models.Model):
    """The trail of an incident: made, merged into another, split from another, emptied, and by how many claims.

    ``words`` are the words of those claims (a JSON list of report, start, end), so that the change can be taken back after a
    re-reading too.
    """

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=12)
    other = models.ForeignKey(Incident, null=True, on_delete=models.CASCADE, related_name="+")
    when = models.DateTimeField()
    claims = models.PositiveIntegerField()
    words = models.JSONField(default=list)


class ClaimBlock(models.Model):
    """A key that a claim can be found by when another claim looks for its like; only claims that share one are compared."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="blocks")
    key = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["key", "claim"], name="block_key")]


class ClaimPair(models.Model):
    """Two claims that may tell one incident: how much speaks for it, and why (a JSON list; empty for a weak pair)."""

    a = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="+")
    b = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()
    reasons = models.JSONField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["a", "b"], name="pair_once")]


class Decision(models.Model):
    """What a person said of a record. Never written by the machine, never deleted; ``undone_by`` names who took it back.

    ``other`` is the second record of a *same* or *different*. ``report``, ``start`` and ``end`` hold the words it rests on
    (of an incident: of its first claim), and ``other_report`` … those of the other record, so that it finds its place again
    after a re-reading; ``None`` where it rests on no words. ``words`` and ``other_words`` are those of all claims of a record (a
    JSON list of report, start, end).
    """

    key = models.CharField(max_length=KEY, unique=True)
    subject_kind = models.CharField(max_length=12)
    subject = models.CharField(max_length=KEY, db_index=True)
    other = models.CharField(max_length=KEY, null=True)
    verdict = models.CharField(max_length=12)
    correction = models.TextField(null=True)
    by = models.TextField()
    when = models.DateTimeField()
    why = models.TextField(null=True)
    report = models.CharField(max_length=KEY, null=True)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    other_report = models.CharField(max_length=KEY, null=True)
    other_start = models.PositiveIntegerField(null=True)
    other_end = models.PositiveIntegerField(null=True)
    words = models.JSONField(default=list)
    other_words = models.JSONField(default=list)
    undone_by = models.TextField(null=True)
    undone_when = models.DateTimeField(null=True)
    undone_why = models.TextField(null=True)


class Feed(models.Model):
    """An address that is looked at again and again, and how the last time went.

    ``last_fetched`` is the last time that it answered, ``last_new`` how many reports that brought; ``error`` what is wrong now,
    ``None`` where nothing is; ``failures`` counts those since it last answered. ``pages``: the pages that its entries link to are
    read instead of the entries. ``every`` is in minutes; ``due`` is when it is
    asked again, ``None`` at once. ``etag`` and ``last_modified`` are what the server said of the last answer. ``taken`` is when a
    process began to ask it, ``None`` where none does.
    """

    address = models.TextField(unique=True)
    name = models.TextField(default="")
    every = models.PositiveIntegerField(default=30)
    pages = models.BooleanField(default=False)
    last_fetched = models.DateTimeField(null=True)
    last_new = models.PositiveIntegerField(null=True)
    error = models.TextField(null=True)
    failures = models.PositiveIntegerField(default=0)
    due = models.DateTimeField(null=True, db_index=True)
    etag = models.TextField(null=True)
    last_modified = models.TextField(null=True)
    taken = models.DateTimeField(null=True)


class Watch(models.Model):
    """What somebody wants to be told of: a filter, and what is sent where when something new matches it.

    ``asked`` holds the terms of the filter, ``sends`` a list of ``{"kind", "to", "format"}``. ``checked`` is up to when it was
    looked for new matches. ``at`` ("06:00 Asia/Karachi") or ``every`` (minutes) is when a brief is due next at ``due``; ``since``
    is where that brief begins.
    """

    name = models.CharField(max_length=80, unique=True)
    asked = models.JSONField(default=dict)
    sends = models.JSONField(default=list)
    at = models.CharField(max_length=60, null=True)
    every = models.PositiveIntegerField(null=True)
    made = models.DateTimeField()
    checked = models.DateTimeField()
    since = models.DateTimeField()
    due = models.DateTimeField(null=True)


class Noticed(models.Model):
    """A claim, threat or turn that a watch has looked at, so that it is never told twice."""

    watch = models.ForeignKey(Watch, on_delete=models.CASCADE, related_name="noticed")
    subject = models.CharField(max_length=2 * KEY + 1)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["watch", "subject"], name="noticed_once")]


class Alert(models.Model):
    """Something new that matched a watch, as it is told; ``about`` is the id of the incident, threat or claim."""

    watch = models.ForeignKey(Watch, on_delete=models.CASCADE, related_name="alerts")
    key = models.CharField(max_length=KEY, unique=True)
    about = models.CharField(max_length=KEY)
    made = models.DateTimeField()
    record = models.TextField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["watch", "about"], name="alert_about")]


class Outgoing(models.Model):
    """One thing to be sent once to one place. ``key`` names what is sent; ``payload`` is all that sending it needs, as JSON.

    ``state``: waiting; being sent since ``taken``; sent; in doubt (cut off while it was being sent: nobody knows whether it
    arrived, and it is not sent again by itself); given up after many tries; dismissed by a person.
    """

    WAITING, SENDING, SENT, DOUBTFUL, GIVEN_UP, DISMISSED = "waiting", "sending", "sent", "doubtful", "given_up", "dropped"

    watch = models.ForeignKey(Watch, on_delete=models.CASCADE, related_name="outgoing")
    kind = models.CharField(max_length=10)
    to = models.TextField()
    key = models.CharField(max_length=KEY)
    payload = models.TextField()
    state = models.CharField(max_length=8, default=WAITING)
    tries = models.PositiveIntegerField(default=0)
    due = models.DateTimeField()
    taken = models.DateTimeField(null=True)
    sent = models.DateTimeField(null=True)
    error = models.TextField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["watch", "kind", "to", "key"], name="outgoing_once")]
        indexes: ClassVar = [models.Index(fields=["state", "due", "id"], name="outgoing_order")]
