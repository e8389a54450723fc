"""docs/importing-pathways.md lists the keys of a file as they are read, and its example comes in."""

import json
from collections import defaultdict

import pytest
from django.conf import settings

from pathways.exchange.findings import Findings
from pathways.exchange.keys import Keys
from pathways.exchange.reading import ALIASES, read_pathway
from pathways.models import Pathway
from tests.config.documents import document, first_codes, table
from tests.pathways.rich import Bringing

PAGE = document("docs/importing-pathways.md")
PLACES = {
    "": "A pathway",
    "stages": "A stage",
    "stages.steps": "A step",
    "stages.steps.resource": "A resource",
}


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> dict[str, set[str]]:
    """The keys that are asked for, by where they stand."""
    asked = defaultdict(set)
    raw = Keys.raw

    def noted(keys: Keys, name: str) -> object:
        asked[keys.path].add(name)
        return raw(keys, name)

    monkeypatch.setattr(Keys, "raw", noted)
    step = {"resource": {"url": "https://example.org", "title": "A"}}
    read_pathway({"stages": [{"steps": [step]}]}, Findings())
    return asked


@pytest.mark.parametrize(("place", "heading"), PLACES.items(), ids=PLACES.values())
def test_every_key_is_told_and_no_other(
    read: dict[str, set[str]], place: str, heading: str
) -> None:
    told = first_codes(table(PAGE.section(heading)))

    languages = tuple(f"_{language}" for language in settings.MODELTRANS_AVAILABLE_LANGUAGES)
    names = {name for name in read[place] if not name.endswith(languages)}
    assert set(told) == names - ALIASES.keys()


@pytest.mark.django_db
def test_the_example_can_be_public() -> None:
    said = json.loads(PAGE.blocks("json")[0])
    said["stages"][0]["steps"][0]["resource"] = {
        **{"url": said["stages"][0]["steps"][0].pop("url"), "title": "Light"},
        **{"type": "article", "language": "en"},
    }

    assert Bringing(said, publish=True).counts == {"added": 1}
    assert Pathway.objects.get().status == "published"
