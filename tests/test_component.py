"""The spaCy component reads from another pipeline's parse, and says so where it cannot."""

from __future__ import annotations

import pickle
import tomllib
from importlib import import_module
from pathlib import Path

import own_knowledge
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from reportedly import Input, Reader, component
from reportedly.errors import SettingError
from reportedly.language import load_model

TEXT = "Gunmen killed three soldiers near Quetta on Monday, police said. The army denied that it had lost a post."


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = load_model()
    nlp.add_pipe(component.NAME)
    return nlp


def test_the_reading_is_that_of_the_reader(nlp: Language) -> None:
    doc = nlp.make_doc(TEXT)
    doc._.report_input = Input(text=TEXT, published="2025-06-03", source="Invented Daily")
    doc = nlp(doc)
    assert doc._.reportedly == Reader(workers=1).read(TEXT, published="2025-06-03", source="Invented Daily")


def test_spans_are_the_words_of_the_claims(nlp: Language) -> None:
    doc = nlp(TEXT)
    claims = {claim.id: claim for claim in doc._.reportedly.claims}
    spans = list(doc.spans["reportedly"])
    assert {span.id_ for span in spans} == set(claims) != set()
    for span in spans:
        assert span.label_ == claims[span.id_].type
        assert any(evidence.text in span.text for evidence in claims[span.id_].evidence)


def test_documents_can_be_sent_and_stored(nlp: Language) -> None:
    doc = nlp(TEXT)
    (back,) = DocBin(docs=[doc], store_user_data=True).get_docs(nlp.vocab)
    assert component.reading_of(back) == doc._.reportedly
    assert [span.id_ for span in back.spans["reportedly"]] == [span.id_ for span in doc.spans["reportedly"]]


def test_other_processes_read_the_same(nlp: Language) -> None:
    (alone,) = nlp.pipe([TEXT])
    (sent,) = nlp.pipe([TEXT], n_process=2)
    assert component.reading_of(sent) == alone._.reportedly
    assert pickle.loads(pickle.dumps(component.ReportedlyComponent()))(alone)._.reportedly == alone._.reportedly


def test_what_has_not_passed_through_has_no_reading(nlp: Language) -> None:
    assert nlp.make_doc(TEXT)._.reportedly is None


@pytest.mark.parametrize(
    "text", ["", "   ", "Die Regierung sagte am Montag, dass die Gespräche in Berlin weitergehen sollen, und zwar bald."]
)
def test_what_cannot_be_read_is_said_to_be_unread(nlp: Language, text: str) -> None:
    reading = nlp(text)._.reportedly
    assert reading.unread is not None
    assert reading.claims == ()


def test_a_pipeline_without_parser_is_told_what_it_lacks() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe(component.NAME)
    with pytest.raises(SettingError, match=r"tagger \(TAG\), parser \(DEP\), ner \(ENT_IOB\)") as caught:
        nlp(TEXT)
    assert caught.value.remedy is not None and "en_core_web_md" in caught.value.remedy


def test_another_language_is_refused() -> None:
    with pytest.raises(SettingError, match="'de'"):
        spacy.blank("de").add_pipe(component.NAME)


def test_own_knowledge_and_another_key(tmp_path: Path) -> None:
    folder = own_knowledge.own_folder(tmp_path)
    (folder / "places" / "towns.csv").unlink()
    nlp = load_model()
    nlp.add_pipe(component.NAME, config={"knowledge": str(folder), "spans_key": "acts"})
    doc = nlp("Gunmen cattlejacked the herders near Mongo on Monday.")
    assert [span.label_ for span in doc.spans["acts"]] == ["cattle_raid"]
    assert "reportedly" not in doc.spans


def test_a_text_that_is_not_the_document_s_is_refused(nlp: Language) -> None:
    with pytest.raises(SettingError, match="not that of the document"):
        Reader(workers=1).read_doc(Doc(nlp.vocab, words=["Hello"]), Input(text="Bye"))


def test_the_entry_point_names_the_factory() -> None:
    project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text("utf-8"))["project"]
    module, _, name = project["entry-points"]["spacy_factories"][component.NAME].partition(":")
    assert getattr(import_module(module), name) is component.create
