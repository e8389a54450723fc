"""What files may name: skills and competences that are here, each by every name that it has."""

from dataclasses import dataclass, field

from catalogue.exchange.resources.columns import FRAMEWORKS, PROFICIENCIES
from catalogue.models import Competence, FormerAddress, Skill
from catalogue.vocabularies import Proficiency


@dataclass
class Terms:
    """Skills by slug, former slug, title and synonym, competences by `framework:code`, in small letters."""

    skills: dict[str, int] = field(default_factory=dict)
    competences: dict[str, int] = field(default_factory=dict)

    @classmethod
    def here(cls) -> "Terms":
        """All that are here now. Three queries."""
        terms = cls()
        pks = {}
        for pk, uid, slug, title, synonyms in Skill.objects.values_list(
            "pk", "uid", "slug", "title", "synonyms"
        ):
            terms.skills[slug] = pk
            for name in (title, *synonyms):
                terms.skills.setdefault(name.casefold(), pk)
            pks[uid] = pk
        former = FormerAddress.objects.filter(kind=Skill._meta.db_table, uid__in=pks)
        for slug, uid in former.values_list("slug", "uid"):
            terms.skills.setdefault(slug, pks[uid])
        rows = Competence.objects.values_list("pk", "framework__slug", "code")
        terms.competences = {f"{slug}:{code}".casefold(): pk for pk, slug, code in rows}
        return terms

    def skill(self, name: str) -> int | None:
        return self.skills.get(name.casefold())

    def competence(self, name: str) -> int | None:
        framework, _colon, code = name.casefold().partition(":")
        framework = framework.strip().replace(" ", "-")
        return self.competences.get(f"{FRAMEWORKS.get(framework, framework)}:{code.strip()}")


def proficiency_of(said: str) -> str | None:
    """The proficiency that a file means by `said`; None where it is unknown."""
    word = said.strip().casefold()
    word = PROFICIENCIES.get(word, word)
    return word if word in Proficiency.values else None
