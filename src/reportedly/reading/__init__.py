"""Reading: from the words of one report to its claims, relations, mentions and attributions.

The way of a report, and the room of each step:

1. ``casing`` gives capitals back where a text has none; ``language`` parses; ``parse`` holds the parse as plain tokens.
2. Finders, each alone on the parse: ``actors``, ``places``, ``times``, ``counts`` (with ``numbers``), ``attribution``
   (with ``quotations``), ``acts``.
3. ``reference`` says whom words stand for, ``roles`` who did it to whom, ``voices`` who tells it, ``status`` how certain it is.
4. ``senses`` chooses what a trigger means, ``setting`` gives place, time and counts, ``writer`` makes ``drafts`` of it all.
5. ``speech`` turns drafts into denials, threats and claims of responsibility; ``peace`` tells accords from their end.
6. ``merge`` joins mentions of one act, ``salience`` drops violence in general, ``passage`` fills place and day.
7. ``claims`` writes the records, ``relations`` (with ``sides``) the relations; ``assembly`` runs all, ``reader`` many reports.

Nothing here knows the database, the commands or intake.
"""
