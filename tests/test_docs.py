"""What the documents promise is there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROWS = re.findall(r"^\| (.+?) \| (src/\S+) \| (\w+) \|$", (ROOT / "docs/map.md").read_text(), re.MULTILINE)
WRITTEN = [path for pattern in ("*.md", "docs/**/*.md") for path in ROOT.glob(pattern)]


def test_the_map_answers_at_least_twenty_questions() -> None:
    assert len({question for question, _file, _name in ROWS}) >= 20


@pytest.mark.parametrize(("question", "file", "name"), ROWS)
def test_what_the_map_names_exists(question: str, file: str, name: str) -> None:
    tree = ast.parse((ROOT / file).read_text())
    named = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    for node in ast.walk(tree):
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        named |= {target.id for target in targets if isinstance(target, ast.Name)}
    assert name in named, f"{question}: {file} has no {name}"


@pytest.mark.parametrize("page", WRITTEN, ids=lambda path: path.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text()):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_recorded_verb_has_its_sentence() -> None:
    from fenghuo.kernel.journal.telling import samples

    verbs = set()
    for path in (ROOT / "src").rglob("*.py"):
        if "tests" not in path.parts:
            verbs |= set(re.findall(r'(?:(?:record|Draft)\(\s*|verb=)"([a-z]+\.[a-z_]+)"', path.read_text()))
    assert verbs
    assert verbs - set(samples) == set()


def test_no_template_holds_style_or_script() -> None:
    for path in (ROOT / "src").rglob("*.html"):
        text = path.read_text()
        assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\shx-on|js:|\son[a-z]+=", text), path


def test_locks_name_no_registry_and_carry_hashes() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text()
        assert "--hash=sha256:" in text
        assert "://" not in text
        assert "index" not in text.split("\n", 1)[0]
    lock = (ROOT / "package-lock.json").read_text()
    assert '"resolved"' not in lock
    assert '"integrity"' in lock
