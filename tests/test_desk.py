"""The desk in a real browser and over HTTP: pages, review by keys, roles, hostile text, the API; makes the docs' pictures."""

from __future__ import annotations

import csv
import html
import io
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import casebook_factory as make
import httpx
import pytest

import reportedly.casebook
from reportedly.casebook import Filter
from reportedly.exports import COLUMNAR, LayoutName, What, export, export_file, layouts

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PICTURES = Path(__file__).parents[1] / "docs" / "screenshots"
SERVE = """
import sys
from reportedly.desk import serve
from reportedly.desk.serve import Address
https = len(sys.argv) > 2
serve(Address(casebook=sys.argv[1], port=0, https=https, announce=lambda line: print(line, flush=True)))
"""
HOSTILE = (
    "Red Lantern Front attacked Blue Ridge Army in Gao on 2025-06-02, killing 4 soldiers, "
    "<script>window.hit = 1</script> <img src=x onerror='window.hit = 1'> =cmd|'/C calc'!A0 "
    "\u202ereversed\u202c \u2066isolated\u2069 {{ 7 * 7 }} {% debug %} javascript:alert(1) " + "W" * 5000
)
PAGES = (
    "/",
    "/reports",
    "/incidents",
    "/map",
    "/actors",
    "/relations",
    "/threats",
    "/review",
    "/review/agreement",
    "/search?q=Charagua",
    "/sources",
    "/codebook",
    "/add",
    "/team",
    "/team/trail",
    "/password",
)


@dataclass
class Desk:
    """A running desk: its address, its one-time link, the casebook behind it."""

    base: str
    link: str
    casebook: str
    process: subprocess.Popen[str]
    tokens: dict[str, str] = field(default_factory=dict)

    def client(self) -> httpx.Client:
        """A browser without script, not signed in."""
        return httpx.Client(base_url=self.base, timeout=20, headers={"Origin": self.base})


def start(casebook: str, *options: str) -> Desk:
    """A desk of its own process on a free port."""
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "REPORTEDLY_DESK_KEY": "only for tests " * 4}
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, casebook, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )
    assert process.stdout is not None and process.stderr is not None
    base = link = ""
    while not link:
        line = process.stdout.readline()
        if not line:
            raise RuntimeError(process.stderr.read())
        base = base or "".join(re.findall(r"The desk is at (\S+)", line))
        link = "".join(re.findall(r"https?://\S+/start/\S+", line))
    threading.Thread(target=_drain, args=(process,), daemon=True).start()
    return Desk(base, link, casebook, process)


def _drain(process: subprocess.Popen[str]) -> None:
    """Pass on what the desk says of faults, so that a failing test shows it."""
    assert process.stderr is not None
    for line in process.stderr:
        sys.stderr.write(line)


def demo(folder: Path) -> Path:
    """The casebook of the demonstration, made in a folder."""
    subprocess.run(
        [sys.executable, "-m", "reportedly", "demo", "--folder", str(folder)],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
    )
    return folder / "casebook.sqlite"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk on the demo's casebook with a hostile report in it."""
    running = start(str(demo(tmp_path_factory.mktemp("desk"))))
    yield running
    running.process.terminate()
    running.process.wait(10)


@pytest.fixture(scope="module")
def admin(desk: Desk) -> Iterator[httpx.Client]:
    """The admin, signed in by the one-time link."""
    with desk.client() as client:
        sign_in(client, desk.link)
        yield client


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk on the demo's casebook alone."""
    running = start(str(demo(tmp_path_factory.mktemp("clean"))))
    yield running
    running.process.terminate()
    running.process.wait(10)


@pytest.fixture(scope="module")
def cleaned(clean: Desk) -> Iterator[httpx.Client]:
    """The admin of the clean desk."""
    with clean.client() as client:
        sign_in(client, clean.link)
        yield client


def sign_in(client: httpx.Client, link: str) -> None:
    """Use a one-time link as its page does."""
    page = client.get(link)
    answer = client.post(link, data={"csrfmiddlewaretoken": token_of(page.text)})
    assert answer.status_code == 302


def token_of(page: str) -> str:
    """The CSRF token that a page's forms carry."""
    return str(re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[0])


def post(client: httpx.Client, path: str, page: str, **data: str) -> httpx.Response:
    """Send a form with the token of the page it stands on."""
    return client.post(path, data={"csrfmiddlewaretoken": token_of(client.get(page).text), **data})


@contextmanager
def invited(desk: Desk, admin: httpx.Client, name: str, role: str) -> Iterator[httpx.Client]:
    """A new account with a role, signed in by the link that the admin gets."""
    page = post(admin, "/team/account", "/team", name=name, role=role, act="add")
    link = re.findall(r"https?://[^<\s]+/start/[\w-]+", page.text)[0]
    with desk.client() as client:
        sign_in(client, link)
        yield client


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium, or a skip that says what is missing."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@dataclass
class Window:
    """A signed-in browser window that notes what the console says."""

    context: BrowserContext
    page: Page
    said: list[str]

    def go(self, path: str) -> None:
        """Open a page and wait for its script."""
        self.page.goto(path)
        self.page.wait_for_selector("body[data-ready]")


@pytest.fixture
def window(desk: Desk, browser: Browser, admin: httpx.Client) -> Iterator[Window]:
    """A window with the admin's session."""
    opened = new_window(desk, browser, admin)
    yield opened
    opened.context.close()


def new_window(desk: Desk, browser: Browser, client: httpx.Client, **options: Any) -> Window:
    """A window with the session of a client."""
    context = browser.new_context(base_url=desk.base, **options)
    context.add_cookies([{"name": cookie.name, "value": cookie.value or "", "url": desk.base} for cookie in client.cookies.jar])
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "request", lambda request: said.append(f"left the machine: {request.url}") if not is_ours(desk, request.url) else None
    )
    return Window(context, page, said)


def is_ours(desk: Desk, url: str) -> bool:
    """Whether a request stays on this desk."""
    return url.startswith((desk.base, "data:", "about:"))


def incident_with_most(casebook: str) -> str:
    """The id of the incident that most claims tell."""
    with reportedly.casebook.open(casebook) as book:
        return max(book.incidents(), key=lambda incident: len(incident.members)).id


def counted_claim(casebook: str) -> tuple[str, str]:
    """The ids of a claim with a figure and an inner voice, and of its report."""
    with reportedly.casebook.open(casebook) as book:
        claim = next(claim for claim in book.claims() if claim.counts and len(claim.attribution) > 1)
    return claim.id, claim.report


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_loads_quietly_and_is_accessible(desk: Desk, browser: Browser, admin: httpx.Client, path: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    window = new_window(desk, browser, admin, color_scheme=scheme, bypass_csp=True)
    window.go(path)
    found = Axe().run(window.page).response["violations"]
    window.context.close()
    assert [(one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in found] == []
    assert window.said == []


def records(desk: Desk, client: httpx.Client) -> list[str]:
    """A page of each kind of record, and pages that show nothing."""
    followed(client)
    claim, report = counted_claim(desk.casebook)
    actor = re.findall(r'href="(/actors/[^"]+)"', client.get("/actors").text)[0]
    pair = html.unescape(re.findall(r'"(/relations/pair[^"]+)"', client.get("/relations").text)[0])
    found = [f"/reports/{report}", f"/reports/{report}?claim={claim}", f"/incidents/{incident_with_most(desk.casebook)}"]
    nothing = [
        "/incidents?place=nowhere",
        "/map?place=nowhere",
        "/threats?text=submarine",
        "/relations?actor=zz",
        "/search?q=zzzz",
    ]
    return [*found, actor, pair, *nothing]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_records_load_quietly_and_are_accessible(desk: Desk, browser: Browser, admin: httpx.Client, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    window = new_window(desk, browser, admin, bypass_csp=True, color_scheme=scheme)
    for path in records(desk, admin):
        window.go(path)
        found = Axe().run(window.page).response["violations"]
        assert [(one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in found] == [], path
    window.context.close()
    assert window.said == []


def test_nothing_is_refused_by_the_policy(window: Window) -> None:
    for path in PAGES:
        window.go(path)
    assert window.said == []


def test_policy_allows_no_inline_script(admin: httpx.Client) -> None:
    policy = admin.get("/").headers["content-security-policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["script-src"] == "'self'"
    assert rules["style-src"] == "'self'"
    assert rules["default-src"] == "'none'"
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", PAGES)
def test_page_asks_for_an_account(desk: Desk, path: str) -> None:
    with desk.client() as client:
        answer = client.get(path)
    assert answer.status_code == 302
    assert answer.headers["location"].startswith("/sign-in")


def test_link_works_once(desk: Desk, admin: httpx.Client) -> None:
    page = post(admin, "/team/account", "/team", name="once", role="reader", act="add")
    link = re.findall(r"https?://[^<\s]+/start/[\w-]+", page.text)[0]
    with desk.client() as first, desk.client() as second:
        page_of_second = second.get(link)
        sign_in(first, link)
        assert second.post(link, data={"csrfmiddlewaretoken": token_of(page_of_second.text)}).status_code == 403
        assert second.get("/reports").status_code == 302


def test_behind_a_proxy_cookies_are_secure(migrated_file: Path, tmp_path: Path) -> None:
    running = start(str(shutil.copy(migrated_file, tmp_path / "casebook.sqlite")), "https")
    try:
        secure = running.base.replace("http://", "https://")
        with httpx.Client(headers={"Origin": secure, "Referer": secure + "/", "X-Forwarded-Proto": "https"}) as client:
            page = client.get(running.link)
            sent = {"Cookie": f"csrftoken={page.cookies['csrftoken']}"}  # a client does not send secure cookies over http
            answer = client.post(running.link, data={"csrfmiddlewaretoken": token_of(page.text)}, headers=sent)
        assert answer.status_code == 302
        assert all("secure" in cookie.lower() for cookie in answer.headers.get_list("set-cookie"))
    finally:
        running.process.terminate()
        running.process.wait(10)


def test_wrong_host_is_refused(desk: Desk) -> None:
    assert httpx.get(desk.base + "/sign-in", headers={"Host": "evil.example"}).status_code == 400


def test_reader_may_read_but_not_decide(desk: Desk, admin: httpx.Client) -> None:
    claim, report = counted_claim(desk.casebook)
    with invited(desk, admin, "rita", "reader") as reader:
        assert reader.get(f"/reports/{report}").status_code == 200
        assert post(reader, "/review/decide", "/reports", subject=claim, verdict="accept").status_code == 403
        for path in ("/team", "/team/trail", "/add"):
            assert reader.get(path).status_code == 403
        assert post(reader, "/team/account", "/reports", name="rita", role="admin", act="role").status_code == 403
    with reportedly.casebook.open(desk.casebook) as book:
        assert [one for one in book.decisions(claim) if one.by == "rita"] == []


def test_coder_may_not_decide_on_incidents(desk: Desk, admin: httpx.Client) -> None:
    with invited(desk, admin, "cora", "coder") as coder:
        incident = incident_with_most(desk.casebook)
        assert post(coder, "/review/decide", "/reports", subject=incident, verdict="accept").status_code == 403
        assert coder.get("/team").status_code == 403


def test_request_without_token_is_refused(desk: Desk, admin: httpx.Client) -> None:
    claim, _ = counted_claim(desk.casebook)
    answer = admin.post("/review/decide", data={"subject": claim, "verdict": "accept"})
    assert answer.status_code == 403
    assert admin.post("/api/decisions", json={"subject": claim, "verdict": "accept"}).status_code in {401, 403}


def test_shut_account_loses_its_session(desk: Desk, admin: httpx.Client) -> None:
    with invited(desk, admin, "shutme", "editor") as editor:
        assert editor.get("/reports").status_code == 200
        post(admin, "/team/account", "/team", name="shutme", act="shut")
        assert editor.get("/reports").status_code == 302


def test_sign_in_is_throttled(desk: Desk, admin: httpx.Client) -> None:
    with invited(desk, admin, "throttled", "reader") as member:
        changed = post(member, "/password", "/password", new="a long password of tests", again="a long password of tests")
        assert changed.status_code == 302
    with desk.client() as client:
        codes = [post(client, "/sign-in", "/sign-in", name="throttled", password=f"wrong {n}").status_code for n in range(6)]
        assert codes[0] == 403
        assert codes[-1] == 429
        right = post(client, "/sign-in", "/sign-in", name="throttled", password="a long password of tests")
        assert right.status_code == 429


def test_sign_in_follows_no_foreign_address(desk: Desk) -> None:
    with desk.client() as client:
        assert 'value="/"' in client.get("/sign-in?next=https://evil.example/").text


def test_review_by_keys_alone(desk: Desk, window: Window) -> None:
    window.go("/review?kind=claim")
    page = window.page
    with reportedly.casebook.open(desk.casebook) as book:
        before = {one.id for one in book.decisions()}

    def subject() -> str:
        return page.locator("#queue form.verdicts [name=subject]").first.input_value()

    def decide(key: str) -> str:
        at = subject()
        page.keyboard.press(key)
        page.wait_for_selector(f'#queue form.verdicts [name=subject]:not([value="{at}"])', state="attached")
        return at

    accepted, rejected = decide("a"), decide("r")
    unsure = subject()
    page.keyboard.press("f")
    page.keyboard.type("killed")
    page.keyboard.press("Tab")
    page.keyboard.type("at least 9")
    page.keyboard.press("Enter")
    page.wait_for_selector(f'#queue form.verdicts [name=subject]:not([value="{unsure}"])', state="attached")
    undone = decide("u")
    page.keyboard.press("z")
    page.wait_for_selector(f'#queue form.verdicts [name=subject][value="{undone}"]', state="attached")
    with reportedly.casebook.open(desk.casebook) as book:
        made = {one.subject: one for one in book.decisions() if one.id not in before}
    assert {subject: one.verdict for subject, one in made.items()} == {accepted: "accept", rejected: "reject", unsure: "correct"}
    assert json.loads(made[unsure].correction or "") == {"killed": [9, None]}
    assert window.said == []


def test_pairs_by_keys_alone(desk: Desk, window: Window) -> None:
    window.go("/review?kind=pair")
    form = window.page.locator("#queue form.verdicts")
    if form.count() == 0:
        pytest.skip("the demo holds no doubtful pair")
    subject, other = form.locator("[name=subject]").input_value(), form.locator("[name=other]").input_value()
    window.page.keyboard.press("d")
    window.page.wait_for_selector(".last .badge.different")
    with reportedly.casebook.open(desk.casebook) as book:
        last = list(book.decisions(subject))[-1]
    assert (last.verdict, {last.subject, last.other}) == ("different", {subject, other})


def test_click_on_a_word_corrects_its_field(desk: Desk, browser: Browser, admin: httpx.Client) -> None:
    claim, report = counted_claim(desk.casebook)
    window = new_window(desk, browser, admin)
    window.go(f"/reports/{report}?claim={claim}")
    word = window.page.locator(".text mark:is([data-fix=place], [data-fix=actors], [data-fix=targets])").first
    written, name = word.inner_text(), word.get_attribute("data-fix")
    word.click()
    assert window.page.locator("#fix [name=field]").input_value() == name
    assert window.page.locator("#fix [name=value]").input_value() == written
    window.page.keyboard.type("Tarabuco")
    window.page.keyboard.press("Enter")
    window.page.locator("dl.facts", has_text="Tarabuco").wait_for()
    assert "corrected; the machine read:" in window.page.locator("dl.facts", has_text="Tarabuco").inner_text()
    assert window.said == []
    window.context.close()
    with reportedly.casebook.open(desk.casebook) as book:
        last = [one for one in book.decisions(claim) if one.verdict == "correct"][-1]
        assert json.loads(last.correction or "") == {name: "Tarabuco" if name == "place" else ["Tarabuco"]}
        book.undo(last.id, by="tests")


def test_second_opinion_shows_what_others_decided_and_not_their_verdict(desk: Desk, admin: httpx.Client) -> None:
    with reportedly.casebook.open(desk.casebook) as book:
        claim = next(one for one in book.claims() if not list(book.decisions(one.id)))
    with invited(desk, admin, "one", "coder") as one, invited(desk, admin, "two", "coder") as two:
        assert claim.id not in two.get("/review?second=1").text
        post(one, "/review/decide", "/review", subject=claim.id, verdict="reject")
        seen = set()
        while (page := two.get("/review?second=1&kind=claim").text) and (
            found := re.findall(r'name="subject" value="([^"]+)"', page)
        ):
            assert found[0] not in seen
            seen.add(found[0])
            assert 'class="badge reject"' not in page.partition("Your last")[0]
            post(two, "/review/decide", "/review", subject=found[0], verdict="unsure")
        assert claim.id in seen
    assert claim.id in admin.get("/review/agreement").text


def test_undo_reaches_back_over_sessions(desk: Desk, admin: httpx.Client) -> None:
    claim, report = counted_claim(desk.casebook)
    with invited(desk, admin, "first-session", "coder") as coder:
        post(coder, "/review/decide", f"/reports/{report}", subject=claim, verdict="reject")
    page = post(admin, "/team/account", "/team", name="first-session", act="link")
    with desk.client() as later:
        sign_in(later, re.findall(r"https?://[^<\s]+/start/[\w-]+", page.text)[0])
        post(later, "/review/undo", "/review")
    with reportedly.casebook.open(desk.casebook) as book:
        assert [one for one in book.decisions(claim) if one.by == "first-session"] == []
        assert [one.undone_by for one in book.decisions(claim, undone=True) if one.by == "first-session"] == ["first-session"]


def test_correction_survives_a_newer_reading(desk: Desk, admin: httpx.Client) -> None:
    claim, report = counted_claim(desk.casebook)
    post(admin, "/review/decide", f"/reports/{report}", subject=claim, verdict="correct", field="killed", value="3120 to 3130")
    with reportedly.casebook.open(desk.casebook) as book:
        current = book.reading(report)
        book.add(current.model_copy(update={"reader": f"{current.reader}+newer"}))
    assert "3,120 to 3,130 killed" in admin.get(f"/reports/{report}?claim={claim}").text


def test_two_people_who_differ_are_listed(desk: Desk, admin: httpx.Client) -> None:
    with reportedly.casebook.open(desk.casebook) as book:
        claim = list(book.claims())[-1]
    with invited(desk, admin, "anna", "coder") as anna, invited(desk, admin, "ben", "coder") as ben:
        post(anna, "/review/decide", "/review", subject=claim.id, verdict="accept")
        post(ben, "/review/decide", "/review", subject=claim.id, verdict="reject")
    page = admin.get("/review/agreement").text
    assert claim.id in page
    assert "anna" in page and "ben" in page


def test_audit_trail_names_who_did_what(desk: Desk, admin: httpx.Client) -> None:
    claim, report = counted_claim(desk.casebook)
    post(admin, "/review/decide", f"/reports/{report}", subject=claim, verdict="unsure")
    trail = admin.get("/team/trail").text
    assert "decided unsure" in trail
    assert claim in trail


def test_hostile_text_shows_harmlessly(desk: Desk, window: Window) -> None:
    told = make.claim(
        HOSTILE, "attacked", at=make.GAO, day="2025-06-02", actors=["Red Lantern Front"], targets=["Blue Ridge Army"]
    )
    stored = make.report(
        HOSTILE, source='<b onmouseover="window.hit=1">Courier</b>', published="2025-06-03", title="\u202e<i>Title</i>"
    )
    with reportedly.casebook.open(desk.casebook) as book:
        book.add(make.reading(stored, told))
    for path in (f"/reports/{stored.id}", f"/reports/{stored.id}?claim={told.id}", "/reports", "/search?q=Gao", "/sources", "/"):
        window.go(path)
        assert window.page.evaluate("() => typeof window.hit") == "undefined", path
        assert window.page.evaluate("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path
    window.go(f"/reports/{stored.id}")
    text = window.page.locator(".text").inner_text()
    assert "<script>window.hit = 1</script>" in text
    assert "\u202e" not in text and "\u2066" not in text
    assert "{{ 7 * 7 }}" in text
    assert [line for line in window.said if "left the machine" not in line] == []


def test_links_of_reports_are_defanged(desk: Desk, admin: httpx.Client) -> None:
    text = "Red Lantern Front attacked Blue Ridge Army in Gao on 2025-06-02, killing 3 soldiers, a channel said."
    stored = make.report(text, address="https://channel.example/post/7")
    with reportedly.casebook.open(desk.casebook) as book:
        book.add(make.reading(stored, make.claim(text, "attacked", at=make.GAO, day="2025-06-02")))
    page = admin.get(f"/reports/{stored.id}").text
    assert "hxxps://channel[.]example/post/7" in page
    assert "channel.example" not in page


def test_figures_stand_with_their_voices(desk: Desk, admin: httpx.Client) -> None:
    text = "Red Lantern Front attacked Blue Ridge Army in Ansongo on 2025-06-02, killing at least 9 people, police said."
    told = make.claim(text, "attacked", at=make.ANSONGO, day="2025-06-02", killed=("at least 9 people", 9, None), voice="police")
    stored = make.report(text, source="Wire of Tests")
    with reportedly.casebook.open(desk.casebook) as book:
        book.add(make.reading(stored, told))
    page = re.sub(r"<[^>]+>", "", admin.get(f"/reports/{stored.id}").text)
    assert "at least 9 killed (Wire of Tests, citing police)" in page


def test_address_bar_holds_the_view(admin: httpx.Client) -> None:
    every, one = admin.get("/incidents").text, admin.get("/incidents?status=disputed").text
    number = re.compile(r"<caption>([\d,]+) incident")
    all_found, some_found = number.search(every), number.search(one)
    assert all_found and some_found
    assert int(some_found[1]) < int(all_found[1])
    assert 'class="badge disputed"' in one and 'class="badge one_voice"' not in one


@pytest.mark.parametrize(
    "query", ["since=yesterday", "box=1,2", "box=9,9,1,1", "page=-4", "page=x", "precision=near", "text=%00", "actor=%22%27"]
)
def test_what_means_nothing_is_no_fault(admin: httpx.Client, query: str) -> None:
    assert admin.get(f"/incidents?{query}").status_code == 200
    assert admin.get(f"/reports?{query}").status_code == 200


def test_download_holds_what_is_on_screen(admin: httpx.Client) -> None:
    lines = admin.get("/download/incidents?layout=jsonl&status=disputed").text.splitlines()
    assert lines
    assert {json.loads(line)["standing"] for line in lines} == {"disputed"}
    assert admin.get("/download/incidents?layout=csv&place=Nowhere").text.count("\n") <= 1
    for path in ("/download/secrets?layout=csv", "/download/reports?layout=acled", "/download/incidents?layout=docx"):
        assert admin.get(path).status_code == 404, path


@pytest.mark.parametrize("layout", sorted(layouts()))
def test_every_layout_holds_the_whole_view(admin: httpx.Client, layout: str) -> None:
    page = admin.get("/incidents?status=disputed&precision=3")
    found = re.findall(r'<td class="what"><a href="/incidents/([^"]+)"', page.text)
    assert found and f'<option value="{layout}"' in page.text
    answer = admin.get(f"/download/incidents?layout={layout}&status=disputed&precision=3&rule=median")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment")
    if not layouts()[layout].reduces:
        assert answer.content
        return
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        names = archive.namelist()
        stated = json.loads(archive.read(next(name for name in names if name.endswith(".meta.json"))))
        rows = archive.read(next(name for name in names if name.endswith(".attributed.csv"))).decode()
    assert stated["reduction"] == "median"
    assert stated["left_out"] or all(incident in rows for incident in found)


def test_download_of_one_section_of_the_map(admin: httpx.Client) -> None:
    everywhere = admin.get("/download/incidents?layout=jsonl&located=yes").text.splitlines()
    near = admin.get("/download/incidents?layout=jsonl&box=-64,-21.5,-63,-21").text.splitlines()
    assert 0 < len(near) < len(everywhere)
    assert admin.get("/download/incidents?layout=jsonl&box=100,60,101,61").text == ""


def test_incident_shows_who_tells_it_and_who_speaks_against_it(clean: Desk, cleaned: httpx.Client) -> None:
    """Columns and toll are of those who tell it; a denial stands apart with its words; figures of other acts are in neither."""
    page = cleaned.get(f"/incidents/{incident_with_most(clean.casebook)}").text
    against = flat("".join(re.findall(r'<ul class="plain rows against".*?</ul>', page, re.DOTALL)))
    table = flat("".join(re.findall(r'<table class="versions">.*?</table>', page, re.DOTALL)))
    toll = flat("".join(re.findall(r"<h2>Killed, as told over time</h2>.*?</section>", page, re.DOTALL)))
    assert "denies ministry in Ministry of Government" in against and "eleven officers had been killed" in against
    assert "Chaco Liberation Front claims responsibility" in table and "denies" not in table
    assert "11 (Radio Pilcomayo, citing Chaco Liberation Front)" in toll
    assert "11 (Ministry of Government" not in toll  # what the ministry denies
    assert "2 (El Correo del Valle)" not in toll  # "in a similar attack in 2022"


def test_unknown_records_are_not_found(admin: httpx.Client) -> None:
    for path in ("/reports/nothing-here", "/incidents/nothing-here", "/claims/nothing-here", "/actors/nothing-here", "/nowhere"):
        assert admin.get(path).status_code == 404, path


def test_pasted_text_is_read(desk: Desk, admin: httpx.Client) -> None:
    text = "Gunmen killed three soldiers near Villamontes on Monday, the army said."
    answer = post(admin, "/add", "/add", text=text, source="Paste of tests", published="2025-06-03", title="Pasted")
    for _ in range(240):
        page = admin.get(answer.headers["location"]).text
        if "Finished" in page:
            break
        time.sleep(0.25)
    assert "1 report read" in page
    with reportedly.casebook.open(desk.casebook) as book:
        found = [report for report in book.reports(Filter(since="2025-06-03", until="2025-06-03")) if report.title == "Pasted"]
        assert found and found[0].claims > 0


def test_downloaded_cells_hold_no_formulas(desk: Desk, admin: httpx.Client) -> None:
    text = "=1+1 Red Lantern Front attacked Blue Ridge Army in Gao on 2025-06-02, killing 8 soldiers."
    with reportedly.casebook.open(desk.casebook) as book:
        book.add(make.reading(make.report(text, source="=HYPERLINK(1)"), make.claim(text, "attacked", at=make.GAO)))
    for line in admin.get("/download/reports?layout=csv").text.splitlines()[1:]:
        assert not re.search(r'(^|,)"?=', line)


def api(desk: Desk, admin: httpx.Client, role: str) -> dict[str, str]:
    """The headers of a token with a role."""
    if role not in desk.tokens:
        name = f"program-{role}"
        post(admin, "/team/account", "/team", name=name, role=role, act="add")
        page = post(admin, "/team/token", "/team", name=name, label=f"tests of {role}")
        desk.tokens[role] = re.findall(r"rep_[\w-]+", page.text)[0]
    return {"Authorization": f"Bearer {desk.tokens[role]}"}


def test_api_needs_a_token(desk: Desk) -> None:
    assert httpx.get(f"{desk.base}/api/claims").status_code == 401
    assert httpx.get(f"{desk.base}/api/claims", headers={"Authorization": "Bearer rep_wrong"}).status_code == 401


def test_api_gives_what_the_casebook_holds(desk: Desk, admin: httpx.Client) -> None:
    headers = api(desk, admin, "reader")
    for what in ("reports", "claims", "incidents", "actors", "relations", "threats", "decisions"):
        records = httpx.get(f"{desk.base}/api/{what}", headers=headers).json()
        assert isinstance(records, list), what
        if records and what not in {"decisions", "threats", "relations"}:
            key = records[0]["id"]
            assert httpx.get(f"{desk.base}/api/{what}/{key}", headers=headers).json()["id"] == key
    assert httpx.get(f"{desk.base}/api/search?q=Charagua", headers=headers).json()[0]["marks"]


def test_api_holds_to_roles(desk: Desk, admin: httpx.Client) -> None:
    claim, _ = counted_claim(desk.casebook)
    made = {"subject": claim, "verdict": "accept"}
    assert httpx.post(f"{desk.base}/api/decisions", json=made, headers=api(desk, admin, "reader")).status_code == 403
    answer = httpx.post(f"{desk.base}/api/decisions", json=made, headers=api(desk, admin, "coder"))
    assert answer.status_code == 200
    key = answer.json()["id"]
    undone = httpx.post(f"{desk.base}/api/decisions/{key}/undo", headers=api(desk, admin, "coder"))
    assert undone.json()["undone_by"] == "program-coder"


@pytest.mark.parametrize("layout", get_args(LayoutName))
def test_api_sends_the_files_that_the_command_writes(desk: Desk, admin: httpx.Client, tmp_path: Path, layout: LayoutName) -> None:
    """The export, the statement and the rows behind it, byte for byte."""
    terms = {"country": "BO", "since": "2025-03-01", "reduction": "median", "corrected": "true"}
    headers = api(desk, admin, "reader")
    answer = httpx.get(f"{desk.base}/api/exports/{layout}", params=terms, headers=headers)
    assert answer.status_code == 200, answer.text
    name = answer.headers["content-disposition"].split('"')[1]
    with reportedly.casebook.open(desk.casebook) as book:
        asked = Filter(country="BO", since="2025-03-01")
        done = export_file(book, asked, layout, tmp_path / name, reduction="median", corrected=True)
    assert done.records and answer.content == (tmp_path / name).read_bytes()
    beside = {
        link.split(";")[0].strip("<> ").partition("?")[0].rpartition("/")[2]: link.split(";")[0].strip("<> ")
        for link in answer.headers["link"].split(",")
    }
    assert len(beside) == len(done.files) - 1
    for part, link in beside.items():
        sent = httpx.get(f"{desk.base}{link}", headers=headers)
        file = next(path for path in done.files if f".{part}." in path.name)
        assert sent.content == file.read_bytes(), part
        assert part == "meta" or sent.headers["content-disposition"].endswith(f'"{file.name}"')


@pytest.mark.parametrize("what", get_args(What))
def test_api_exports_every_kind_of_record(desk: Desk, admin: httpx.Client, what: What) -> None:
    for layout in COLUMNAR:
        answer = httpx.get(f"{desk.base}/api/exports/{layout}?records={what}", headers=api(desk, admin, "reader"))
        stream = io.BytesIO() if layout == "parquet" else io.StringIO(newline="")
        with reportedly.casebook.open(desk.casebook) as book:
            export(book, Filter(), layout, stream, what)
        written = stream.getvalue()
        assert answer.content == (written.encode() if isinstance(written, str) else written), layout


def test_api_exports_hold_to_roles_and_refuse_what_means_nothing(desk: Desk, admin: httpx.Client) -> None:
    assert httpx.get(f"{desk.base}/api/exports/csv").status_code == 401
    reader, base = api(desk, admin, "reader"), f"{desk.base}/api/exports"
    listed = httpx.get(base, headers=reader).json()
    assert [one["name"] for one in listed] == list(layouts())
    assert [one["records"] for one in listed if one["name"] in COLUMNAR] == [list(get_args(What))] * 3
    refused = {
        "acled?records=claims": 400,
        "csv?records=casebook": 400,
        "docx": 422,
        "csv?since=2025-13-01": 400,
        "csv/attributed": 404,
        "acled?reduction=sum": 422,
        "jsonl?records=casebook": 403,
        "jsonl/meta?records=casebook": 403,
    }
    for path, code in refused.items():
        answer = httpx.get(f"{base}/{path}", headers=reader)
        assert answer.status_code == code and answer.json()["detail"], path
    whole = httpx.get(f"{base}/jsonl?records=casebook", headers=api(desk, admin, "admin"))
    assert whole.status_code == 200 and whole.text.count('{"reading"')
    assert "exported the whole casebook" in admin.get("/team/trail").text


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_two_writers_at_once_lose_nothing(request: pytest.FixtureRequest, desk: Desk, admin: httpx.Client, kind: str) -> None:
    if kind == "sqlite":
        write_at_once(desk, admin)
        return
    address = request.getfixturevalue("postgres").new_database()
    with reportedly.casebook.open(address) as book:
        book.add(make.clash("2025-06-02", 4).model_copy())
    running = start(address)
    try:
        with running.client() as client:
            sign_in(client, running.link)
            write_at_once(running, client)
    finally:
        running.process.terminate()
        running.process.wait(10)


def write_at_once(desk: Desk, admin: httpx.Client) -> None:
    """Two people decide on one claim at the same time, while a third program adds reports; all of it must be there."""
    headers = api(desk, admin, "coder")
    with reportedly.casebook.open(desk.casebook) as book:
        claim = next(book.claims()).id
        before = book.counts()["reports"]
    codes: list[int] = []

    def write(number: int) -> None:
        with httpx.Client(timeout=60) as client:
            for turn in range(15):
                made = {"subject": claim, "verdict": "unsure", "why": f"writer {number} turn {turn}"}
                codes.append(client.post(f"{desk.base}/api/decisions", json=made, headers=headers).status_code)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    with reportedly.casebook.open(desk.casebook) as book:
        for day in range(1, 13):
            book.add(make.clash(f"2024-02-{day:02}", day))
    for thread in threads:
        thread.join()
    with reportedly.casebook.open(desk.casebook) as book:
        assert book.counts()["reports"] == before + 12
        reasons = {one.why for one in book.decisions(claim)}
    assert codes == [200] * 30
    assert {f"writer {number} turn {turn}" for number in range(2) for turn in range(15)} <= reasons


def test_api_withstands_generated_requests(desk: Desk, admin: httpx.Client) -> None:
    schemathesis = pytest.importorskip("schemathesis")
    import hypothesis
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

    CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
    schema = schemathesis.openapi.from_url(f"{desk.base}/api/openapi.json")
    headers = api(desk, admin, "reader")
    tried = 0
    for found in schema.get_all_operations():
        operation = found.ok()

        @hypothesis.given(case=operation.as_strategy())
        @hypothesis.settings(
            max_examples=12, deadline=None, database=None, derandomize=True, suppress_health_check=list(hypothesis.HealthCheck)
        )
        def holds(case: Any) -> None:
            case.call_and_validate(headers=headers, checks=CHECKS)

        holds()
        tried += 1
    assert tried == 20


def test_works_on_postgresql(postgres: Any) -> None:
    address = postgres.new_database()
    with reportedly.casebook.open(address) as book:
        for day, killed in (("2025-06-02", 4), ("2025-06-05", 6)):
            book.add(make.clash(day, killed))
        book.merge()
    running = start(address)
    try:
        with running.client() as client:
            sign_in(client, running.link)
            for path in (*PAGES, f"/incidents/{incident_with_most(address)}", "/incidents?text=attacked&box=-10,0,10,30"):
                assert client.get(path).status_code == 200, path
            with reportedly.casebook.open(address) as book:
                claim = next(book.claims())
            assert post(client, "/review/decide", "/review", subject=claim.id, verdict="accept").status_code == 302
            with reportedly.casebook.open(address) as book:
                assert [one.verdict for one in book.decisions(claim.id)] == ["accept"]
    finally:
        running.process.terminate()
        running.process.wait(10)


@pytest.mark.parametrize("width", [390, 1400])
def test_no_page_scrolls_sideways(desk: Desk, browser: Browser, admin: httpx.Client, width: int) -> None:
    window = new_window(desk, browser, admin, viewport={"width": width, "height": 900})
    wide = []
    for path in (*PAGES, *records(desk, admin)):
        window.go(path)
        if not window.page.evaluate("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"):
            wide.append(path)
    window.context.close()
    assert wide == []


def test_map_moves_by_keys_and_by_hand(window: Window) -> None:
    window.go("/map?status=disputed")
    page = window.page
    page.keyboard.press("+")
    page.wait_for_url("**box=**")
    box = re.findall(r"box=([^&]+)", page.url)[0]
    frame = page.locator(".pan").bounding_box()
    assert frame is not None
    page.mouse.move(frame["x"] + 20, frame["y"] + 20)
    page.mouse.down()
    page.mouse.move(frame["x"] + 160, frame["y"] + 90, steps=4)
    page.mouse.up()
    page.wait_for_function("box => !location.search.includes(box)", arg=box)
    assert "status=disputed" in page.url
    moved = page.url
    page.reload()
    page.wait_for_selector("body[data-ready]")
    assert page.url == moved
    assert "disputed" in page.locator(".chips").inner_text()
    assert window.said == []


def test_map_states_its_policy_and_lists_what_is_not_located(desk: Desk, admin: httpx.Client) -> None:
    text = "Gunmen abducted four traders on 2025-06-04, a union said."
    with reportedly.casebook.open(desk.casebook) as book:
        book.add(make.reading(make.report(text), make.claim(text, "abducted", "abduction", actors=["Gunmen"], day="2025-06-04")))
        book.merge()
    page = admin.get("/map?since=2025-06-04&until=2025-06-04").text
    assert "The desk takes no side" in page and "Western Sahara" in page
    assert "Not on the map: 1" in page
    beside = admin.get("/map?since=2025-06-04&until=2025-06-04&box=0,0,10,10").text
    assert "Not on the map: 1" in beside


def followed(admin: httpx.Client) -> None:
    """Wait until relations and threats are worked out."""
    for _ in range(120):
        if "being followed anew" not in admin.get("/relations").text:
            return
        time.sleep(0.25)
    raise AssertionError("the casebook was not followed within 30 seconds")


def flat(page: str) -> str:
    """The words of a page, without marks and doubled blanks."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_relations_stand_as_they_stood_on_the_day(clean: Desk, cleaned: httpx.Client) -> None:
    followed(cleaned)
    before, after = flat(cleaned.get("/relations?day=2025-03-05").text), flat(cleaned.get("/relations?day=2025-03-08").text)
    assert "Chaco Liberation Front truce Pilcomayo Brigade ended" not in before
    assert "Chaco Liberation Front truce Pilcomayo Brigade ended, one side's word" in after
    assert "No relation is told by then" in cleaned.get("/relations?day=1999-01-01").text
    assert "What turned in the month before" in after
    for narrowed in ("kind=truce", "actor=pilcomayo"):
        turned = flat(cleaned.get(f"/relations?day=2025-03-08&{narrowed}").text).partition("How things stand on")[0]
        assert "Chaco Liberation Front and Pilcomayo Brigade : truce" in turned and "Bolivia and" not in turned
    only = flat(cleaned.get("/relations?day=2025-03-08&kind=truce").text)
    assert "truce Pilcomayo Brigade" in only and "splinter of Chaco" not in only


def test_slider_chooses_the_day(clean: Desk, browser: Browser, cleaned: httpx.Client) -> None:
    followed(cleaned)
    window = new_window(clean, browser, cleaned)
    window.go("/relations")
    window.page.locator("input[type=range]").focus()
    for _ in range(4):
        window.page.keyboard.press("ArrowLeft")
    window.page.wait_for_url("**day=2025-03-07**")
    window.page.get_by_role("heading", name="How things stand on 7 March 2025").wait_for()
    assert window.page.locator("#day").input_value() == "2025-03-07"
    window.page.locator("svg a:has(.edge)").first.dispatch_event("click")
    window.page.get_by_role("heading", name="The story, day by day").wait_for()
    assert window.said == []
    window.context.close()


def test_story_of_a_pair_has_words_voices_and_turns(clean: Desk, cleaned: httpx.Client) -> None:
    followed(cleaned)
    page = flat(cleaned.get("/relations/pair?a=pilcomayo brigade&b=chaco liberation front").text)
    assert "that its truce with the CLF was over" in page
    assert "Observatorio del Chaco, citing Pilcomayo Brigade" in page
    assert "truce: ended, one side's word" in page
    assert cleaned.get("/relations/pair?a=nobody&b=chaco liberation front").status_code == 404
    assert cleaned.get("/relations/pair?a=&b=").status_code == 400


SHOWN_RELATION = re.compile(r'<td class="what"><a href="/relations/pair[^"]*"[^>]*>(.*?)</a>', re.DOTALL)


@pytest.mark.parametrize(
    "query", ["", "day=2025-03-08", "day=2025-03-08&kind=truce", "actor=pilcomayo", "day=1999-01-01", "actor=zz"]
)
def test_relations_download_as_they_are_on_screen(clean: Desk, cleaned: httpx.Client, query: str) -> None:
    followed(cleaned)
    shown = [flat(found) for found in SHOWN_RELATION.findall(cleaned.get(f"/relations?{query}").text)]
    answer = cleaned.get(f"/download/relations?layout=csv&{query}")
    assert answer.headers["content-disposition"].startswith("attachment")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [f"{row['a']} {row['kind'].replace('_', ' ')} {row['b']}" for row in rows] == shown
    records = [json.loads(line) for line in cleaned.get(f"/download/relations?layout=jsonl&{query}").text.splitlines()]
    assert [(one["a"]["name"], one["state"]["status"]) for one in records] == [(row["a"], row["status"]) for row in rows]


def test_what_reports_say_of_relations_downloads_as_narrowed(clean: Desk, cleaned: httpx.Client) -> None:
    followed(cleaned)
    rows = {
        query: list(csv.DictReader(io.StringIO(cleaned.get(f"/download/relations?layout=relations-csv&{query}").text)))
        for query in ("", "actor=pilcomayo", "actor=zz", "kind=truce&day=2025-03-05")
    }
    assert len(rows[""]) > len(rows["actor=pilcomayo"]) > len(rows["actor=zz"]) == 0
    assert all("pilcomayo" in f"{row['a']} {row['b']}".casefold() for row in rows["actor=pilcomayo"])
    related = [row for row in rows["kind=truce&day=2025-03-05"] if row["record"] == "relation"]
    assert all(row["kind"] == "truce" and row["published"][:10] <= "2025-03-05" for row in related)


@pytest.mark.parametrize(
    "query", ["", "outcome=carried_out", "outcome=open", "actor=pilcomayo", "text=truck", "since=2025-03-06"]
)
def test_threats_download_as_they_are_on_screen(clean: Desk, cleaned: httpx.Client, query: str) -> None:
    followed(cleaned)
    page = cleaned.get(f"/threats?{query}").text
    shown = re.findall(r'<span class="badge outcome (\w+)"', page)
    rows = list(csv.DictReader(io.StringIO(cleaned.get(f"/download/threats?layout=csv&{query}").text)))
    assert shown and [row["outcome"] for row in rows] == shown
    assert all(row["words"][:40] in html.unescape(page) and row["claims"] for row in rows)
    records = [json.loads(line) for line in cleaned.get(f"/download/threats?layout=jsonl&{query}").text.splitlines()]
    assert [one["id"] for one in records] == [row["id"] for row in rows]


def test_nothing_else_downloads_of_what_was_followed(cleaned: httpx.Client) -> None:
    for path in (
        "/download/threats?layout=relations-csv",
        "/download/relations?layout=acled",
        "/download/threats?layout=parquet",
    ):
        assert cleaned.get(path).status_code == 404, path
    assert list(csv.DictReader(io.StringIO(cleaned.get("/download/threats?text=submarine").text))) == []


def test_ledger_tells_what_came_of_threats(clean: Desk, cleaned: httpx.Client) -> None:
    followed(cleaned)
    every, done = flat(cleaned.get("/threats").text), flat(cleaned.get("/threats?outcome=carried_out").text)
    assert "Pilcomayo Brigade → Chaco Liberation Front (camps) an act followed" in every
    assert "warned truck drivers" in every and "warned truck drivers" not in done
    assert "1–1 of 1" in done
    assert "No threat fits" in cleaned.get("/threats?text=submarine").text


def test_today_tells_what_changed(clean: Desk, cleaned: httpx.Client) -> None:
    followed(cleaned)
    page = flat(cleaned.get("/").text)
    assert re.search(
        r"killed: 11 \( Radio Pilcomayo, citing Chaco Liberation Front \) → 7 \( El Correo del Valle, citing",
        page.replace("(", "( ").replace(")", " )").replace("  ", " "),
    )
    assert re.search(r"(disputed|acknowledged by both sides): a (denial|confirmation) \(\S.*?; before it stood \S", page)
    assert "broke Chaco Liberation Front and Pilcomayo Brigade : truce" in page
    assert "an act followed" in page


def test_rejected_claims_leave_ledger_and_relations(clean: Desk, cleaned: httpx.Client) -> None:
    followed(cleaned)
    headers = api(clean, cleaned, "coder")
    threat = next(one for one in httpx.get(f"{clean.base}/api/threats", headers=headers).json() if one["outcome"] == "open")
    key = threat["tellings"][0]["claim"]
    made = httpx.post(f"{clean.base}/api/decisions", json={"subject": key, "verdict": "reject"}, headers=headers).json()
    followed(cleaned)
    assert "warned truck drivers" not in cleaned.get("/threats").text
    httpx.post(f"{clean.base}/api/decisions/{made['id']}/undo", headers=headers)
    followed(cleaned)
    assert "warned truck drivers" in cleaned.get("/threats").text


def test_api_tells_states_and_stories(clean: Desk, cleaned: httpx.Client) -> None:
    followed(cleaned)
    headers = api(clean, cleaned, "reader")
    states = httpx.get(f"{clean.base}/api/relations/states?day=2025-03-08&kind=truce", headers=headers).json()
    assert [(one["kind"], one["state"]["status"]) for one in states] == [("truce", "ended")]
    sides = {"a": states[0]["a"]["key"], "b": states[0]["b"]["key"]}
    story = httpx.get(f"{clean.base}/api/relations/pair", params=sides, headers=headers).json()
    assert any(span["text"] == "that its truce with the CLF was over" for one in story["statements"] for span in one["evidence"])
    done = httpx.get(f"{clean.base}/api/threats?outcome=carried_out", headers=headers).json()
    assert [one["outcome"] for one in done] == ["carried_out"]


def test_large_casebooks_are_followed_in_a_process_of_their_own(clean: Desk, cleaned: httpx.Client) -> None:
    followed(cleaned)
    before = flat(cleaned.get("/relations").text)
    environment = os.environ | {"REPORTEDLY_FOLLOWED": clean.casebook, "REPORTEDLY_DESK_KEY": "only for tests " * 4}
    subprocess.run([sys.executable, "-m", "reportedly.desk.apart"], check=True, env=environment)
    assert flat(cleaned.get("/relations").text) == before


def test_feeds_show_their_last_fetch_and_what_failed(desk: Desk, admin: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser's event loop may run in this thread
    for name in ("good", "bad"):
        address = f"https://{name}.example/feed"
        assert post(admin, "/sources/feeds", "/sources", address=address, name=name, every="45").status_code == 302
    with reportedly.casebook.open(desk.casebook) as book:
        feeds = models_of(book).Feed.objects.using(book.alias)
        fetched = datetime(2025, 6, 2, 6, 30, tzinfo=UTC)
        feeds.filter(name="good").update(last_fetched=fetched, last_new=7)
        feeds.filter(name="bad").update(error="status 503", failures=3)
    page, today = flat(admin.get("/sources").text), flat(admin.get("/").text)
    assert "2 Jun 2025 06:30, 7 new" in page and "every 45 minutes" in page
    assert "failed 3 times status 503" in page and "never" in page
    assert "What failed" in today and "hxxps://bad[.]example/feed" in today
    assert post(admin, "/sources/feeds", "/sources", address="ftp://odd.example/feed").status_code == 302
    for name in ("good", "bad"):
        post(admin, "/sources/feeds", "/sources", remove=f"https://{name}.example/feed")
    assert "No feed is watched" in admin.get("/sources").text


def test_kinds_and_owners_of_sources_are_noted_by_editors(desk: Desk, admin: httpx.Client) -> None:
    with reportedly.casebook.open(desk.casebook) as book:
        source = book.source("Radio Pilcomayo")
    noted = {"source": source.id, "kind": "broadcaster", "speaks_for": "", "owner": "Fundación <b>Pilcomayo</b>"}
    with invited(desk, admin, "nora", "coder") as coder, invited(desk, admin, "edda", "editor") as editor:
        assert 'action="/sources/note"' not in coder.get("/sources").text
        assert post(coder, "/sources/note", "/sources", **noted).status_code == 403
        assert editor.post("/sources/note", data=noted).status_code == 403
        with reportedly.casebook.open(desk.casebook) as book:
            assert book.source(source.id).kind is None
        assert post(editor, "/sources/note", "/sources", **noted).status_code == 302
        page = editor.get("/sources").text
        assert "<b>Pilcomayo" not in page
        assert "broadcaster, owned by Fundación <b>Pilcomayo</b>" in html.unescape(page) and "noted by edda" in flat(page)
        assert post(editor, "/sources/note", "/sources", **noted | {"kind": "gazette"}).status_code == 400
    assert "noted source" in flat(admin.get("/team/trail").text)
    with reportedly.casebook.open(desk.casebook) as book:
        kept = book.source(source.id)
        assert (kept.kind, kept.speaks_for, kept.noted_by) == ("broadcaster", None, "edda")


def models_of(book: Any) -> Any:
    """The tables of a casebook; they can only be imported once one is open."""
    from reportedly.casebook import models

    return models


def test_skip_link_comes_first(window: Window) -> None:
    window.go("/incidents")
    window.page.keyboard.press("Tab")
    assert window.page.evaluate("() => document.activeElement.className") == "skip"


def test_pictures_for_the_documentation(tmp_path: Path, browser: Browser) -> None:
    """Make the pictures anew on a clean demo; written to the documentation only where REPORTEDLY_PICTURES asks for it."""
    subprocess.run([sys.executable, "-m", "reportedly", "demo", "--folder", str(tmp_path)], check=True, capture_output=True)
    running = start(str(tmp_path / "casebook.sqlite"))
    folder = PICTURES if os.environ.get("REPORTEDLY_PICTURES") else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    claim, report = counted_claim(running.casebook)
    paths: dict[str, str] = {
        "today": "/",
        "reports": "/reports",
        "report": f"/reports/{report}?claim={claim}",
        "incidents": "/incidents",
        "map": "/map",
        "incident": f"/incidents/{incident_with_most(running.casebook)}",
        "review": "/review?kind=claim",
        "review-pair": "/review?kind=pair",
        "relations": "/relations",
        "threats": "/threats",
        "codebook": "/codebook",
    }
    try:
        with running.client() as client:
            sign_in(client, running.link)
            followed(client)
            shoot: Callable[[Window, str, str], bytes] = lambda window, name, path: (  # noqa: E731
                window.go(path),  # type: ignore[func-returns-value]
                window.page.screenshot(path=folder / f"{name}.png"),
            )[1]
            window = new_window(running, browser, client, viewport={"width": 1360, "height": 900})
            for name, path in paths.items():
                assert len(shoot(window, name, path)) > 10_000
            window.context.close()
            dark = new_window(running, browser, client, viewport={"width": 1360, "height": 900}, color_scheme="dark")
            shoot(dark, "incident-dark", paths["incident"])
            dark.context.close()
            phone = new_window(running, browser, client, viewport={"width": 390, "height": 844}, device_scale_factor=2)
            shoot(phone, "review-phone", paths["review"])
            phone.context.close()
    finally:
        running.process.terminate()
        running.process.wait(10)
