"""What to offer where words find nothing."""

from catalogue.models import Skill

# How many skills are offered.
OFFERED = 6


def skills_near(words: str) -> list[Skill]:
    """Published skills whose title or other names hold one of `words`, by title. One query."""
    either = " or ".join(words.replace('"', " ").replace("-", " ").split())
    # The column is written by triggers, out of Django's sight.
    return list(
        Skill.objects.published()
        .extra(
            where=["catalogue_skill.found_by @@ websearch_to_tsquery('english', %s)"],
            params=[either],
        )
        .order_by("sort_key", "pk")[:OFFERED]
    )
