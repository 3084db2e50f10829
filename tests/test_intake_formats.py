"""One document a format: what is found in it, and what damaged, hostile or strange ones give."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from intake_files import NEWS, gzip_bomb, page, pdf, warc_record

from reportedly.errors import IntakeError, SettingError
from reportedly.intake import Item, Options, RawReport, Summary, collect
from reportedly.intake.collect import read_stream
from reportedly.intake.formats import detect
from reportedly.intake.item import Origin

Write = Callable[[str, bytes | str], Path]
BODY = "\n\n".join(NEWS)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def make(name: str, content: bytes | str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return make


def one(path: Path, options: Options | None = None) -> Item:
    items = list(collect([path], options))
    assert len(items) == 1
    return items[0]


def report(path: Path, options: Options | None = None) -> RawReport:
    item = one(path, options)
    assert item.error is None, str(item.error)
    assert item.report is not None, item.skipped
    return item.report


def fault(path: Path, options: Options | None = None) -> str:
    item = one(path, options)
    assert item.error is not None
    assert item.report is None
    assert str(path) in str(item.error)
    return item.error.what


# Text and Markdown


def test_text(write: Write) -> None:
    found = report(write("a.txt", BODY), Options(collected="2025-03-06T10:00:00+00:00"))
    assert found.text == BODY
    assert (found.title, found.published, found.published_basis, found.source) == (None, None, None, None)
    assert found.sha256 == hashlib.sha256(BODY.encode()).hexdigest()
    assert (found.language, found.way, found.collected) == ("en", "file: text", "2025-03-06T10:00:00+00:00")
    assert found.as_input().text == BODY


def test_the_file_time_is_no_date_of_publication(write: Write) -> None:
    path = write("a.txt", BODY)
    os.utime(path, (1_741_113_000, 1_741_113_000))
    assert report(path).published is None


def test_given_fields_go_before_found_ones(write: Write) -> None:
    path = write("a.md", f"---\ntitle: Found\nsource: Found\npublished: 2025-03-04\n---\n{BODY}")
    found = report(path, Options(title="Given", source="Given", published="2025-06-01"))
    assert (found.title, found.source, found.published, found.published_basis) == ("Given", "Given", "2025-06-01", "given")


def test_a_given_date_that_is_none_stops_at_once(write: Write) -> None:
    with pytest.raises(SettingError):
        collect([write("a.txt", BODY)], Options(published="June 2025"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings(write: Write, encoding: str) -> None:
    text = BODY.replace("Torre", "Torré d’Évora")
    assert report(write("a.txt", text.encode(encoding))).text == text


def test_another_language_is_recognised(write: Write) -> None:
    text = (
        "Los rebeldes atacaron un convoy del ejército cerca del río el martes por la mañana, dijo el gobernador de la provincia. "
        * 5
    )
    assert report(write("a.txt", text)).language == "es"


@pytest.mark.parametrize("content", [b"", b" \n\t\n", b"\x00" * 50])
def test_an_empty_file_is_skipped(write: Write, content: bytes) -> None:
    assert one(write("a.txt", content)).skipped == "it is empty"


def test_a_file_of_furniture_alone_is_skipped(write: Write) -> None:
    assert one(write("a.txt", "Share\n\nAdvertisement\n\n3 Comments\n")).skipped == "it holds no text"


def test_null_bytes_in_text_are_replaced(write: Write) -> None:
    assert report(write("a.txt", BODY.replace("army", "ar\0my", 1))).text.count("\ufffd") == 1


@pytest.mark.parametrize(
    "content",
    [bytes(range(256)) * 20, b"\x89PNG\r\n\x1a\n" + b"\0" * 99, b"PK\x03\x04rest", b"\x7fELF\x02", b"SQLite format 3\0"],
)
def test_binary_files_are_errors_by_name_and_skipped_in_a_folder(write: Write, content: bytes) -> None:
    path = write("folder/a.txt", content)
    fault(path)
    items = list(collect([path.parent]))
    assert [item.skipped is not None for item in items] == [True]


def test_a_document_beyond_the_bound(write: Write) -> None:
    assert "larger than" in fault(write("a.txt", BODY), Options(max_bytes=100))


def test_markdown_with_front_matter(write: Write) -> None:
    fields = (
        "title: Ambush near Torre\nsource: The Herald\npublished: 2025-03-04T18:30:00-04:00\nauthor: [Ana Rios, Tom Lee]\nnote: x"
    )
    matter = f"---\n{fields}\n---\n"
    found = report(
        write(
            "a.md", matter + "# Ambush near Torre\n\n**Gunmen** killed [three](http://x.example) *soldiers*.\n\n> He said _no_.\n"
        )
    )
    assert (found.title, found.source, found.byline) == ("Ambush near Torre", "The Herald", "Ana Rios, Tom Lee")
    assert (found.published, found.published_basis) == ("2025-03-04T18:30:00-04:00", "file front matter")
    assert found.text == "Ambush near Torre\n\nGunmen killed three soldiers.\n\nHe said no."


def test_markdown_without_front_matter(write: Write) -> None:
    found = report(write("a.md", f"# Ambush near Torre\n\n{BODY}"))
    assert (found.title, found.published) == ("Ambush near Torre", None)


def test_snake_case_and_stars_are_no_emphasis(write: Write) -> None:
    assert report(write("a.md", "The file is named rebel_group_list and 2 * 3 * 4 is 24.")).text.endswith(
        "rebel_group_list and 2 * 3 * 4 is 24."
    )


@pytest.mark.parametrize("matter", ["title: [unclosed", "title: a: b", "- a\n- b", "\ttab: x"])
def test_front_matter_that_is_none(write: Write, matter: str) -> None:
    assert "front matter" in fault(write("a.md", f"---\n{matter}\n---\n{BODY}"))


def test_a_vague_date_in_front_matter_is_said_and_not_used(write: Write) -> None:
    said: list[str] = []
    found = report(write("a.md", f"---\npublished: March 2025\n---\n{BODY}"), Options(notify=said.append))
    assert (found.published, found.published_basis) == (None, None)
    assert "March 2025" in said[0]


# HTML


def test_html_with_linked_data(write: Write) -> None:
    linked = (
        '{"@graph": [{"@type": "WebSite", "name": "x"}, {"@type": ["NewsArticle"], "headline": "Ambush near Torre", '
        '"datePublished": "2025-03-04T18:30:00+02:00", "dateModified": "2025-03-09", "author": [{"name": "Ana Rios"}], '
        '"publisher": {"name": "The Herald"}}]}'
    )
    head = f'<title>x</title><meta name="date" content="2020-01-01"><script type="application/ld+json">{linked}</script>'
    found = report(write("a.html", page(head=head, body="<h3>2 Comments</h3><p>Advertisement</p>")))
    assert (found.title, found.source, found.byline) == ("Ambush near Torre", "The Herald", "Ana Rios")
    assert (found.published, found.published_basis) == ("2025-03-04T18:30:00+02:00", "page metadata: JSON-LD datePublished")
    assert found.text == BODY


@pytest.mark.parametrize(
    ("head", "body", "published", "basis"),
    [
        (
            '<meta property="article:published_time" content="2025-03-04T18:30:00Z">',
            "",
            "2025-03-04T18:30:00+00:00",
            "page metadata: article:published_time",
        ),
        ('<meta name="dcterms.issued" content="2025-03-04">', "", "2025-03-04", "page metadata: dcterms.issued"),
        (
            "",
            '<time datetime="2025-03-04T18:30:00+03:00" class="published">x</time>',
            "2025-03-04T18:30:00+03:00",
            "page metadata: <time>",
        ),
        (
            '<meta property="article:published_time" content="2025-03-04T18:30:00">',
            "",
            "2025-03-04",
            "page metadata: article:published_time",
        ),
        (
            '<script type="application/ld+json">{"@type":"Article","datePublished":"2025-03-04"}</script>'
            '<meta property="article:published_time" content="2025-03-04T18:30:00Z">',
            "",
            "2025-03-04T18:30:00+00:00",
            "page metadata: article:published_time",
        ),
        ('<script type="application/ld+json">{"datePublished": broken</script>', "", None, None),
        (f'<script type="application/ld+json">{"[" * 100_000}</script>', "", None, None),
        ('<meta name="date" content="soon">', "", None, None),
        ("", "<footer>© 2019 The Herald</footer>", None, None),
        ("", "", None, None),
    ],
)
def test_html_dates(write: Write, head: str, body: str, published: str | None, basis: str | None) -> None:
    found = report(write("a.html", page(head=head, body=body)))
    assert (found.published, found.published_basis) == (published, basis)


def test_html_day_by_htmldate_is_said_so(write: Write) -> None:
    found = report(write("a.html", page(head='<link rel="canonical" href="https://herald.example/2025/03/04/ambush.html">')))
    assert found.published == "2025-03-04"
    assert "day only" in (found.published_basis or "")


def test_html_in_a_declared_encoding(write: Write) -> None:
    text = page(
        head='<meta charset="windows-1251">',
        paragraphs=[*NEWS, "The town is called Москва in Russian, a resident said to reporters there."],
    )
    assert "Москва" in report(write("a.html", text.encode("cp1251"))).text


@pytest.mark.parametrize(
    "content",
    [
        "<html><body>" + "<div>" * 5_000 + NEWS[0] + "</body></html>",
        "<html><body><ul>" + "<li><a href='/x'>Link</a></li>" * 50 + "</ul></body></html>",
        "<html><head><script>var a = 1;</script></head><body></body></html>",
        "<html>" + "<p " * 100_000,
        "<html>" + "\x01\x02" * 10,
        "<!doctype html>",
    ],
)
def test_pages_without_an_article(write: Write, content: str) -> None:
    assert fault(write("a.html", content))


def test_scripts_and_hidden_words_are_not_read(write: Write) -> None:
    text = report(
        write("a.html", page(body="<script>alert('killed 9')</script><style>p{}</style><noscript>killed 8</noscript>"))
    ).text
    assert "killed 9" not in text
    assert "killed 8" not in text


# PDF


def _lines(lines: list[str], top: float = 760, left: float = 72, step: float = 12) -> list[tuple[float, float, str]]:
    return [(left, top - step * number, line) for number, line in enumerate(lines)]


def test_pdf_paragraphs_hyphens_and_running_lines(write: Write) -> None:
    first = [
        "Gunmen of the Ostrova Front attacked an army convoy near the town of Torre on",
        "Tuesday, and at least three sol-",
        "diers were killed.",
    ]
    second = [
        "The governor of the province, who is a member of the non-",
        "aligned party, said that the road to the north was closed for",
    ]
    third = ["the whole day."]
    pages = [
        [(72, 800, "The Herald, page 1"), *_lines(first), *_lines(second, top=700), (280, 40, "1")],
        [(72, 800, "The Herald, page 2"), *_lines(third), *_lines(["No group claimed the attack."], top=700), (280, 40, "2")],
        [(72, 800, "The Herald, page 3"), *_lines(["The army sent helicopters."]), (280, 40, "3")],
    ]
    found = report(write("a.pdf", pdf(pages, title="Ambush near Torre")))
    assert found.title == "Ambush near Torre"
    assert found.published is None
    assert found.text.split("\n\n") == [
        "Gunmen of the Ostrova Front attacked an army convoy near the town of Torre on "
        "Tuesday, and at least three soldiers were killed.",
        "The governor of the province, who is a member of the non-aligned party, said that "
        "the road to the north was closed for the whole day.",
        "No group claimed the attack.",
        "The army sent helicopters.",
    ]


def test_pdf_columns_in_order(write: Write) -> None:
    left = _lines(
        ["Gunmen attacked an army convoy near", "the town of Torre on Tuesday and they", "killed three soldiers of the"]
    )
    right = _lines(["northern brigade, the army said in a", "statement on the same day."], left=320)
    text = report(write("a.pdf", pdf([[*left, *right]]))).text
    assert text.index("Gunmen") < text.index("three soldiers") < text.index("northern brigade") < text.index("same day")


def test_a_program_s_name_is_no_title(write: Write) -> None:
    assert report(write("a.pdf", pdf([_lines([NEWS[0]])], title="Microsoft Word - draft.docx"))).title is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (pdf([[(72, 700, NEWS[0])]], encrypted=True), "password"),
        (b"%PDF-1.4\nnothing else", "damaged"),
        (pdf([[(72, 700, NEWS[0])]])[:200], "damaged"),
        (pdf([[]]), "only pictures"),
        (b"%PDF-1.7\n" + os.urandom(2_000), "damaged"),
    ],
)
def test_bad_pdf(write: Write, content: bytes, reason: str) -> None:
    assert reason in fault(write("a.pdf", content))


def test_pdf_page_bound(write: Write) -> None:
    assert "4 pages" in fault(write("a.pdf", pdf([[(72, 700, NEWS[0])]] * 4)), Options(max_pages=3))


# Mail

MAIL = (
    "From: =?utf-8?q?Pr=C3=AAsse_Office?= <press@army.example>\nTo: x@y.example\nSubject: Fwd: [News] Ambush near Torre\n"
    "Date: Tue, 04 Mar 2025 18:30:00 +0200\nMessage-ID: <1@army.example>\nMIME-Version: 1.0\n"
)


def test_mail_headers_and_body(write: Write) -> None:
    body = f"{BODY}\n\nOn Mon, 3 Mar 2025 at 10:00, Tom wrote:\n> killed nine\n> people\n\n-- \nPress Office\nTel. 123\n"
    found = report(write("a.eml", f"{MAIL}Content-Type: text/plain; charset=utf-8\n\n{body}"))
    assert (found.title, found.source) == ("Ambush near Torre", "Prêsse Office")
    assert (found.published, found.published_basis) == ("2025-03-04T18:30:00+02:00", "e-mail header Date")
    assert found.text == BODY


def test_mail_of_two_forms_gives_the_plain_one(write: Write) -> None:
    parts = (
        f"--b\nContent-Type: text/plain\n\n{BODY}\n--b\nContent-Type: text/html\n\n<p>killed nine</p>\n"
        "--b\nContent-Type: text/plain\nContent-Disposition: attachment\n\nattached\n--b--\n"
    )
    assert report(write("a.eml", f'{MAIL}Content-Type: multipart/mixed; boundary="b"\n\n{parts}')).text == BODY


def test_mail_of_html_alone(write: Write) -> None:
    found = report(write("a.eml", f"{MAIL}Content-Type: text/html\n\n<style>x</style><p>{NEWS[0]}</p><br>{NEWS[1]}"))
    assert found.text == f"{NEWS[0]}\n\n{NEWS[1]}"


@pytest.mark.parametrize(
    "rest",
    [
        "Content-Type: text/plain\n\n",
        "Content-Type: image/png\n\nabc",
        'Content-Type: multipart/mixed; boundary="b"\n\n--b--\n',
        "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(3_000)),
    ],
)
def test_mail_without_text(write: Write, rest: str) -> None:
    assert fault(write("a.eml", MAIL + rest))


@pytest.mark.parametrize(
    "header",
    [
        "Date: someday",
        "Date: Tue, 99 Mar 2025 18:30:00 +0200",
        "Subject: =?unknown-8?q?a?=",
        "Subject: =?utf-8?b?!!!?=",
        "From: <<<>>>,,;",
        "Content-Type: ;;;",
    ],
)
def test_mail_with_odd_headers_is_read(write: Write, header: str) -> None:
    name = header.partition(":")[0]
    kept = "\n".join(line for line in MAIL.splitlines() if not line.startswith(f"{name}:"))
    assert report(write("a.eml", f"{kept}\n{header}\n\n{BODY}")).text == BODY


def test_mbox_goes_on_after_a_bad_message(write: Write) -> None:
    good = f"From a@b Tue Mar  4 18:30:00 2025\n{MAIL}\n{BODY}\n>From there they fled, he said.\n\n"
    empty = f"From a@b Tue Mar  4 18:30:00 2025\n{MAIL}\n\n\n"
    items = list(collect([write("a.mbox", good + empty + good)]))
    assert [item.error is None for item in items] == [True, False, True]
    assert items[0].report is not None
    assert items[0].report.text.endswith("From there they fled, he said.")
    assert items[1].where.endswith("message 2")


def test_mbox_message_beyond_the_bound(write: Write) -> None:
    message = f"From a@b Tue Mar  4 18:30:00 2025\n{MAIL}\n{BODY}\n\n"
    large = f"From a@b Tue Mar  4 18:30:00 2025\n{MAIL}\n{BODY * 20}\n\n"
    items = list(collect([write("a.mbox", message + large + message)], Options(max_record_bytes=2_000)))
    assert [item.error is None for item in items] == [True, False, True]


# Feeds

RSS = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>The Herald</title>'
    "<item><title>Ambush &amp; raid</title><link>https://herald.example/1</link>"
    "<pubDate>Tue, 04 Mar 2025 18:30:00 +0200</pubDate>"
    f"<description>&lt;p&gt;{NEWS[0]}&lt;/p&gt;&lt;p&gt;{NEWS[1]}&lt;/p&gt;</description></item>"
    "<item><title>Nothing</title><link>https://herald.example/2</link></item></channel></rss>"
)


def test_rss(write: Write) -> None:
    first, second = collect([write("a.xml", RSS)])
    assert first.report is not None
    assert first.report.text == f"{NEWS[0]}\n\n{NEWS[1]}"
    assert (first.report.title, first.report.source, first.report.address) == (
        "Ambush & raid",
        "The Herald",
        "https://herald.example/1",
    )
    assert (first.report.published, first.report.published_basis) == ("2025-03-04T18:30:00+02:00", "feed: published")
    assert second.skipped is not None
    assert "https://herald.example/2" in second.skipped


def test_atom(write: Write) -> None:
    text = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>The Herald</title><entry>'
        '<title>Ambush</title><link href="javascript:x"/>'
        "<updated>2025-03-04T18:30:00Z</updated>"
        f"<author><name>Ana Rios</name></author><content>{NEWS[0]}</content></entry></feed>"
    )
    found = report(write("a.xml", text))
    assert (found.text, found.byline, found.address) == (NEWS[0], "Ana Rios", None)
    assert (found.published, found.published_basis) == ("2025-03-04T18:30:00+00:00", "feed: updated")


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(12))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-32"])
@pytest.mark.parametrize(
    "declared", [LAUGHS, '<!ENTITY a11 SYSTEM "file:///etc/passwd">', '<!ENTITY % p SYSTEM "http://127.0.0.1/x"> %p;']
)
def test_entities_in_feeds_are_refused(write: Write, declared: str, encoding: str) -> None:
    entry = "<item><title>a</title><description>&a11;</description></item>"
    text = f'<!DOCTYPE rss [{declared}]><rss version="2.0"><channel>{entry}</channel></rss>'
    item = one(write("a.xml", text.encode(encoding)))
    assert item.report is None
    assert item.error is not None


@pytest.mark.parametrize(
    "text",
    [
        '<?xml version="1.0"?><note>no feed</note>',
        '<?xml version="1.0"?><!DOCTYPE note SYSTEM "http://127.0.0.1/x"><note/>',
    ],
)
def test_other_xml(write: Write, text: str) -> None:
    assert "XML" in fault(write("a.xml", text))


def test_a_broken_feed_gives_what_can_be_read(write: Write) -> None:
    items = list(collect([write("a.xml", RSS[:-60])]))
    assert items[0].report is not None


def test_a_feed_without_entries_is_skipped(write: Write) -> None:
    assert (
        one(write("a.xml", '<rss version="2.0"><channel><title>x</title></channel></rss>')).skipped == "the feed has no entries"
    )


# Archives


def test_warc(write: Write) -> None:
    good = warc_record(page(head='<meta property="article:published_time" content="2025-03-04">').encode())
    others = (
        warc_record(b"gone", status="404 Not Found")
        + warc_record(b"\x89PNG", content_type="image/png")
        + warc_record(b"<html></html>")
    )
    items = list(collect([write("a.warc", good + others + good)]))
    assert [item.error is None for item in items] == [True, False, True]
    found = items[0].report
    assert found is not None
    assert (found.address, found.collected, found.published) == (
        "https://herald.example/ambush",
        "2025-03-06T10:00:00+00:00",
        "2025-03-04",
    )
    assert found.way == "file: warc: archive: html"
    assert "record 4 (https://herald.example/ambush)" in str(items[1].error)


@pytest.mark.parametrize("members", [True, False])
def test_warc_gz(write: Write, members: bool) -> None:
    record = warc_record(page().encode())
    data = gzip.compress(record) * 2 if members else gzip.compress(record * 2)
    assert [item.report is not None for item in collect([write("a.warc.gz", data)])] == [True, True]


def test_a_cut_archive_gives_what_stands_before(write: Write) -> None:
    record = warc_record(page().encode())
    items = list(collect([write("a.warc.gz", gzip.compress(record + record)[:-40])]))
    assert items[-1].error is not None


def test_a_damaged_archive(write: Write) -> None:
    items = list(collect([write("a.warc", warc_record(page().encode()) + b"nonsense\r\n" * 3)]))
    assert items[0].report is not None
    assert items[-1].error is not None


@pytest.mark.parametrize("content", [b"WARC/1.0\r\nnothing", b"WARC/1.0\r\n\r\n", warc_record(b"x", content_type="image/png")])
def test_an_archive_without_pages_is_skipped(write: Write, content: bytes) -> None:
    assert one(write("a.warc", content)).skipped == "it holds no reports"


def test_a_large_record_is_an_error_and_the_next_follows(write: Write) -> None:
    large = warc_record(page(paragraphs=NEWS * 50).encode())
    items = list(collect([write("a.warc", large + warc_record(page().encode()))], Options(max_bytes=2_000)))
    assert [item.error is None for item in items] == [False, True]


def test_a_bomb_in_a_record(write: Write) -> None:
    record = warc_record(gzip.compress(b"a" * 20_000_000), headers=b"Content-Encoding: gzip\r\n", content_type="text/plain")
    items = list(collect([write("a.warc", record)], Options(max_bytes=1_000_000)))
    assert items[0].error is not None


# Gzip, folders, standard input, detection


def test_gzip_of_a_page(write: Write) -> None:
    assert report(write("a.html.gz", gzip.compress(page().encode()))).text == BODY


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (gzip_bomb(150), "larger than|decompression bomb"),
        (gzip.compress(BODY.encode(), mtime=0)[:-10], "too early"),
        (b"\x1f\x8b\x08" + b"x" * 50, "damaged"),
        (gzip.compress(gzip.compress(BODY.encode(), mtime=0), mtime=0), "inside gzip"),
        (gzip.compress(b"PK\x03\x04", mtime=0), "packed archive"),
    ],
)
def test_bad_gzip(write: Write, content: bytes, reason: str) -> None:
    import re

    assert re.search(reason, fault(write("a.txt.gz", content)))


def test_a_gzip_bomb_of_lines_is_refused(write: Write) -> None:
    head = gzip.compress(b'{"text": "a"}\n')
    bomb = gzip.compress((b" " * 9_999 + b"\n") * 100, 9) * 30
    items = list(collect([write("a.jsonl.gz", head + bomb)]))
    assert "decompression bomb" in str(items[-1].error)


def test_folder(write: Write, tmp_path: Path) -> None:
    write("f/b.txt", BODY)
    write("f/a/c.html", page())
    write("f/.hidden/d.txt", BODY)
    write("f/.e.txt", BODY)
    write("f/g.png", b"\x89PNG\r\n")
    (tmp_path / "f" / "link.txt").symlink_to("/etc/passwd")
    (tmp_path / "f" / "loop").symlink_to(tmp_path / "f")
    os.mkfifo(tmp_path / "f" / "pipe")
    summary = Summary()
    items = list(summary.watch(collect([tmp_path / "f"])))
    assert [Path(item.where).name for item in items if item.report] == ["b.txt", "c.html"]
    assert str(summary) == "2 read (0 duplicates, 0 near duplicates), 4 skipped, 0 failed"
    assert summary.exit_code == 0


def test_one_bad_source_never_stops_the_rest(write: Write, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    sources: list[str | Path] = [
        tmp_path / "none.txt",
        write("a.pdf", b"%PDF-1.4"),
        write("b.txt", BODY),
        tmp_path / "pipe",
        "\0",
        write("c.html", page()),
    ]
    summary = Summary()
    items = list(summary.watch(collect(sources)))
    assert [item.error is None for item in items] == [False, False, True, False, False, True]
    assert (summary.read, summary.failed, summary.exit_code) == (2, 4, 1)
    assert all(isinstance(item.error, IntakeError) and item.error.where for item in items if item.error)


@pytest.mark.parametrize(
    "content",
    [BODY.encode(), page().encode(), b'{"text": "Gunmen killed three soldiers."}\n', gzip.compress(BODY.encode(), mtime=0)],
)
def test_standard_input(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    class Input:
        buffer = io.BufferedReader(io.BytesIO(content))

    monkeypatch.setattr("sys.stdin", Input)
    items = list(collect(["-"]))
    assert items[0].report is not None
    assert items[0].where.startswith("standard input")


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        (b"%PDF-1.7", "a.txt", "pdf"),
        (b"<!doctype html><html>", "a.txt", "html"),
        (b"<p>One</p>", "", "html"),
        (b'<?xml version="1.0"?><rss version="2.0">', "a.html", "feed"),
        (b"PAR1....", "a.csv", "parquet"),
        (b"WARC/1.0\r\n", "", "warc"),
        (b"From a@b Tue\nFrom: a\nDate: b\n\n", "", "mbox"),
        (b"From: a\nSubject: b\n\nText", "a.txt", "email"),
        (b"Date: 4 March\nSubject: press release\n\nText", "a.txt", "text"),
        (b"From the river they came.\nDate: b\n", "", "text"),
        (b"[QUETTA] Gunmen killed three", "a.txt", "text"),
        (b'[{"text": "a"}]', "a.txt", "json"),
        (b'{"text": "a"}\n{"text": "b"}\n', "a.json", "jsonl"),
        (b'{\n "text": "a"}', "a.jsonl", "jsonl"),
        (b'{\n "text": "a"}', "", "json"),
        (b"{brackets} in text", "", "text"),
        (b"title,text,date\na,b,c\n", "", "csv"),
        (b"title\ttext\na\tb\n", "a.txt", "tsv"),
        (b"However, text, as they said\nwas not, found\n", "", "text"),
        (b"---\ntitle: x\n---\n", "a.txt", "markdown"),
        (b"--- \nno matter\n", "a.txt", "text"),
        (b"# Heading\n", "a.md", "markdown"),
        (b"plain", "a.xyz", "text"),
    ],
)
def test_detection(head: bytes, name: str, expected: str) -> None:
    assert detect(head, name) == expected


SEEDS: dict[str, bytes] = {
    "html": page(
        head='<meta property="article:published_time" content="2025-03-04">', body='<time datetime="2025">x</time>'
    ).encode(),
    "pdf": pdf([[(72, 700, NEWS[0])], [(72, 700, NEWS[1])]], title="Ambush near Torre"),
    "eml": f"{MAIL}Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\nPHA+VHdvLjwvcD4=".encode(),
    "xml": RSS.encode(),
    "warc": warc_record(page().encode()),
    "md": f"---\ntitle: a\nauthor: [a, b]\n---\n{BODY}".encode(),
    "csv": b'id,text,date\n1,"One, two.",2025-03-04\n2,Three.,2025-03-05\n',
    "json": b'[{"id": 1, "text": "One."}, {"id": 2, "text": "Two.", "date": "2025-03-04"}]',
}


@pytest.mark.parametrize("name", SEEDS)
def test_damaged_documents_give_items_and_never_raise(name: str) -> None:
    chance = random.Random(name)
    for _ in range(40):
        data = bytearray(SEEDS[name])
        for _ in range(chance.choice([1, 5, 30])):
            place = chance.randrange(len(data) + 1)
            data[place : place + chance.choice([0, 1, 10])] = chance.randbytes(chance.choice([0, 1, 3]))
        origin = Origin("damaged", f"a.{name}", "test", "2025-03-06T10:00:00+00:00")
        try:
            items = list(read_stream(io.BytesIO(bytes(data)), origin, Options()))
        except IntakeError:
            continue
        for item in items:
            if item.report is not None:
                item.report.text.encode("utf-8")
