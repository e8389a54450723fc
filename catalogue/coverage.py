"""How much there is to learn each competence from."""

from django.db import connection

from catalogue.models import Framework

# A resource counts once for a competence, whether a direct statement, one skill or several say so.
COUNTS = """
    SELECT pair.competence_id, count(*)
    FROM (
        SELECT competence_id, resource_id FROM catalogue_resourcecompetence
        UNION
        SELECT realises.competence_id, teaches.resource_id
        FROM catalogue_skillcompetence realises
        JOIN catalogue_skill skill ON skill.id = realises.skill_id AND skill.status = 'published'
        JOIN catalogue_resourceskill teaches ON teaches.skill_id = skill.id
    ) pair
    JOIN catalogue_competence competence
        ON competence.id = pair.competence_id AND competence.framework_id = %s
    JOIN catalogue_resource resource
        ON resource.id = pair.resource_id AND resource.status = 'published'
    GROUP BY pair.competence_id
"""


def resource_counts(framework: Framework) -> dict[int, int]:
    """Published resources for each competence of `framework`, by its primary key. One query.

    Competences that nothing teaches are missing from it.
    """
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, [framework.pk])
        return dict(cursor.fetchall())
