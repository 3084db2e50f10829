"""Invented reports for ``reportedly demo``: one week told from several sides. Groups, people and acts do not exist; places do."""
