"""A deterministic catalogue of N resources in a benchmark database: make_catalogue.py N."""

import random
import sys
import uuid

BATCH = 2000
SKILLS, PROVIDERS, TAGS, PATHWAYS, STEPS = 40, 200, 500, 24, 10


def fill(resources: int) -> None:
    """Fills the database that Django is set up on; the same N gives the same rows."""
    import pgtrigger
    from django.db import connection
    from django.utils import timezone
    from ground import sentence

    from catalogue.addresses import canonical_address
    from catalogue.models import (
        Competence,
        LinkHealth,
        Organisation,
        Resource,
        ResourceCompetence,
        ResourceSkill,
        ResourceTag,
        Skill,
        SkillCompetence,
        Tag,
    )
    from catalogue.titles import sort_key
    from catalogue.vocabularies import Access, Cost, LinkState, Proficiency, ResourceType
    from config import starter

    dice = random.Random(7)
    starter.load()
    skills = [
        Skill.objects.create(title=f"Skill {n} {sentence(dice, 2)}", summary=sentence(dice, 12))
        for n in range(SKILLS)
    ]
    competences = list(Competence.objects.filter(parent__isnull=False).order_by("pk"))
    for skill in skills:
        skill.publish(by=None)
        SkillCompetence.objects.bulk_create(
            [SkillCompetence(skill=skill, competence=one) for one in dice.sample(competences, 2)]
        )
    providers = Organisation.objects.bulk_create(
        [
            Organisation(
                name=name, slug=f"provider-{n}", sort_key=name, published_at=timezone.now()
            )
            for n in range(PROVIDERS)
            for name in [f"provider {n:05}"]
        ]
    )
    now = timezone.now()
    tags = Tag.objects.bulk_create(
        [
            Tag(name=name, slug=f"tag-{n}", sort_key=name, published_at=now)
            for n in range(TAGS)
            for name in [f"tag {n:05}"]
        ]
    )
    with pgtrigger.ignore():
        for start in range(0, resources, BATCH):
            rows = []
            for n in range(start, min(start + BATCH, resources)):
                title, url = sentence(dice, dice.randint(3, 8)), f"https://example.org/{n}"
                rows.append(
                    Resource(
                        uid=uuid.UUID(int=dice.getrandbits(128), version=4),
                        slug=f"made-{n}",
                        sort_key=sort_key(title),
                        status="published",
                        published_at=now - timezone.timedelta(minutes=n),
                        url=url,
                        canonical_url=canonical_address(url),
                        title=title,
                        description=sentence(dice, dice.randint(15, 40)),
                        provider=dice.choice(providers),
                        resource_type=dice.choice(ResourceType.values),
                        proficiency=dice.choice(Proficiency.values),
                        languages=[dice.choice(["en", "en", "en", "cy", "fr", "de"])],
                        cost=dice.choice([*Cost.values[:2], "free"]),
                        duration_minutes=(
                            minutes := dice.choice([None, 5, 10, 20, 45, 60, 240, 600])
                        ),
                        duration_source="estimate" if minutes else "",
                        access=dice.sample(Access.values, dice.randint(0, 2)),
                    )
                )
            made = Resource.objects.bulk_create(rows)
            ResourceSkill.objects.bulk_create(
                [
                    ResourceSkill(resource=row, skill=skill, proficiency=row.proficiency)
                    for row in made
                    for skill in dice.sample(skills, dice.randint(1, 3))
                ]
            )
            ResourceCompetence.objects.bulk_create(
                ResourceCompetence(
                    resource=row,
                    competence=dice.choice(competences),
                    proficiency=dice.choice(["", row.proficiency]),
                )
                for row in made
                if dice.random() < 0.2
            )
            # A few tags are on many resources, and many on a few.
            ResourceTag.objects.bulk_create(
                ResourceTag(content_object=row, tag=tags[n])
                for row in made
                for n in {min(int(dice.expovariate(0.02)), TAGS - 1) for _ in range(3)}
            )
            LinkHealth.objects.bulk_create(
                LinkHealth(
                    resource=row,
                    state=dice.choices(LinkState.values[1:], [90, 4, 4, 2])[0],
                    checked_at=(visited := now - timezone.timedelta(hours=dice.randint(1, 1200))),
                    worked_at=visited,
                )
                for row in made
                if dice.random() < 0.9
            )
    _pathways(dice, skills)
    with connection.cursor() as cursor:
        # The words that rows are found by, whose trigger was ignored with all others.
        for table, column in ("resource", "title"), ("tag", "name"):
            cursor.execute(f"UPDATE catalogue_{table} SET {column} = {column}")
        cursor.execute("VACUUM ANALYZE")


def _pathways(dice: random.Random, skills: list) -> None:
    from ground import sentence

    from catalogue.models import Resource
    from pathways import publication
    from pathways.models import RevisionSkill, Stage, Step

    made = list(Resource.objects.filter(slug__startswith="made-").order_by("pk")[:2000])
    for n in range(PATHWAYS):
        pathway = publication.start(title=f"Pathway {n} {sentence(dice, 3)}", by=None)
        draft = pathway.draft()
        draft.summary = sentence(dice, 14)
        draft.save()
        RevisionSkill.objects.create(revision=draft, skill=dice.choice(skills), proficiency="basic")
        stage = Stage.objects.create(revision=draft, title=sentence(dice, 4))
        for position, resource in enumerate(dice.sample(made, STEPS), start=1):
            Step(
                revision=draft,
                stage=stage,
                position=position,
                resource=resource,
                note=sentence(dice, 12),
            ).save()
        publication.publish(draft, by=None)


if __name__ == "__main__":
    from ground import prepare

    prepare(int(sys.argv[1]))
