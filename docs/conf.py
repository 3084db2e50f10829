"""The documentation site: pages of this folder, the names of the library, and the codebook made from the ontology.

``make docs`` builds it into ``build/docs``; a warning is an error.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from reportedly.casebook.connection import configure
from reportedly.knowledge.codebook import codebook
from reportedly.knowledge.layers import SHIPPED
from reportedly.reading.reader import program_version
from reportedly.wording import words

if TYPE_CHECKING:
    from sphinx.application import Sphinx

DOCS = Path(__file__).parent
MADE = DOCS / "codebook"
"""Made anew with each build, and not kept."""

project = "Reportedly"
author = "the Reportedly maintainers"
project_copyright = "the Reportedly maintainers"
version = release = program_version()
extensions = ["sphinx.ext.autodoc", "myst_parser"]
exclude_patterns = ["refresh.py"]
source_suffix = {".md": "markdown", ".rst": "restructuredtext"}
html_theme = "furo"
html_title = f"Reportedly {version}"
html_show_sourcelink = False
html_copy_source = False
html_last_updated_fmt = None
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence"]
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_preserve_defaults = True
autodoc_default_options = {"exclude-members": "model_config, model_post_init"}
python_use_unqualified_type_names = True
add_module_names = False
toc_object_entries = False


def setup(app: Sphinx) -> None:
    """Have the codebook made before pages are read, and Django set up, without which the casebook cannot be imported."""
    configure()
    app.connect("builder-inited", write_codebook)


def write_codebook(app: Sphinx) -> None:
    """A page for each group of types, and one that lists them."""
    del app
    shutil.rmtree(MADE, ignore_errors=True)
    MADE.mkdir()
    chapters = list(codebook(SHIPPED))
    for chapter in chapters:
        title = words(chapter.group).capitalize()
        (MADE / f"{chapter.group}.md").write_text(f"# {title}\n\n{chapter.definition}\n\n{chapter.text}\n", "utf-8")
    count = sum(len(chapter.types) for chapter in chapters)
    lines = [
        "# Codebook",
        "",
        f"{count} types of events in {len(chapters)} groups. A type depends on the act, never on who did it. Each has a family,",
        "the coarse type of a reading, and its code in neighbouring schemes. These pages are made from the ontology that reading",
        "uses; every example is a test. `reportedly knowledge --codebook` prints them, with [your own](../knowledge.md).",
        "",
        "| group | what its types have in common | types |",
        "| --- | --- | --- |",
    ]
    for chapter in chapters:
        types = ", ".join(words(type_id) for type_id in chapter.types)
        lines.append(f"| [{words(chapter.group)}]({chapter.group}.md) | {chapter.definition} | {types} |")
    lines += ["", "```{toctree}", ":hidden:", "", *(chapter.group for chapter in chapters), "```", ""]
    (MADE / "index.md").write_text("\n".join(lines), "utf-8")
