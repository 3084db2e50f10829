"""Knowledge as data: tables of types, triggers, cues, actors and places, and the readers that check them.

Change a table, not the code, to teach a word. ``tables`` holds the readers' common parts; each other module reads one folder.
"""
