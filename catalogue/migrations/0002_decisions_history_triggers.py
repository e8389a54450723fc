import catalogue.constraints
import catalogue.fields
import catalogue.operations
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
import taggit.managers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalogue', '0001_resources_skills_frameworks'),
        ('curators', '__first__'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.AddField(
            model_name='decision',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='competenceevent',
            name='framework',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.framework', verbose_name='framework'),
        ),
        migrations.AddField(
            model_name='competence',
            name='framework',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='competences', to='catalogue.framework', verbose_name='framework'),
        ),
        migrations.AddField(
            model_name='frameworkevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='frameworkevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='catalogue.framework'),
        ),
        migrations.AddField(
            model_name='level',
            name='framework',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='levels', to='catalogue.framework', verbose_name='framework'),
        ),
        migrations.AddField(
            model_name='level',
            name='parent',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='levels', to='catalogue.level', verbose_name='band'),
        ),
        migrations.AddField(
            model_name='levelevent',
            name='framework',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.framework', verbose_name='framework'),
        ),
        migrations.AddField(
            model_name='levelevent',
            name='parent',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.level', verbose_name='band'),
        ),
        migrations.AddField(
            model_name='levelevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='levelevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='catalogue.level'),
        ),
        migrations.CreateModel(
            name='LinkHealth',
            fields=[
                ('resource', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='link', serialize=False, to='catalogue.resource')),
                ('state', models.CharField(choices=[('unchecked', 'Not checked yet'), ('works', 'Works'), ('moved', 'Moved'), ('unsure', 'Unsure'), ('gone', 'Gone')], db_index=True, default='unchecked', max_length=9, verbose_name='state')),
                ('checked_at', models.DateTimeField(blank=True, null=True, verbose_name='last visited')),
                ('worked_at', models.DateTimeField(blank=True, null=True, verbose_name='last worked')),
                ('failures', models.PositiveSmallIntegerField(default=0, verbose_name='failures in a row')),
                ('answer', models.PositiveSmallIntegerField(blank=True, help_text='The HTTP status; empty if none came.', null=True, verbose_name='last answer')),
                ('moved_to', catalogue.fields.AddressField(blank=True, max_length=2000, verbose_name='moved to')),
                ('due_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='due')),
            ],
            options={
                'verbose_name': 'link health',
                'verbose_name_plural': 'link health',
            },
        ),
        migrations.AddField(
            model_name='resource',
            name='provider',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='resources', to='catalogue.organisation', verbose_name='provider'),
        ),
        migrations.AddField(
            model_name='organisationevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='organisationevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='catalogue.organisation'),
        ),
        migrations.AddField(
            model_name='question',
            name='resources',
            field=models.ManyToManyField(blank=True, related_name='questions', to='catalogue.resource', verbose_name='resources'),
        ),
        migrations.AddField(
            model_name='questionevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='questionevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='catalogue.question'),
        ),
        migrations.AddField(
            model_name='questionresourceevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='questionresourceevent',
            name='question',
            field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.question'),
        ),
        migrations.AddField(
            model_name='questionresourceevent',
            name='resource',
            field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.resource'),
        ),
        migrations.AddField(
            model_name='questionskillevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='questionskillevent',
            name='question',
            field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.question'),
        ),
        migrations.AddField(
            model_name='relatedskillsevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='resourcecompetence',
            name='competence',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='resource_links', to='catalogue.competence'),
        ),
        migrations.AddField(
            model_name='resourcecompetence',
            name='resource',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='competence_links', to='catalogue.resource'),
        ),
        migrations.AddField(
            model_name='resourcecompetenceevent',
            name='competence',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.competence'),
        ),
        migrations.AddField(
            model_name='resourcecompetenceevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='resourcecompetenceevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='catalogue.resourcecompetence'),
        ),
        migrations.AddField(
            model_name='resourcecompetenceevent',
            name='resource',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.resource'),
        ),
        migrations.AddField(
            model_name='resourceevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='resourceevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='catalogue.resource'),
        ),
        migrations.AddField(
            model_name='resourceevent',
            name='provider',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.organisation', verbose_name='provider'),
        ),
        migrations.AddField(
            model_name='resourceskill',
            name='resource',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='skill_links', to='catalogue.resource'),
        ),
        migrations.AddField(
            model_name='resourceskillevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='resourceskillevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='catalogue.resourceskill'),
        ),
        migrations.AddField(
            model_name='resourceskillevent',
            name='resource',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.resource'),
        ),
        migrations.AddField(
            model_name='resourcetag',
            name='content_object',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tag_links', to='catalogue.resource'),
        ),
        migrations.AddField(
            model_name='resourcetagevent',
            name='content_object',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.resource'),
        ),
        migrations.AddField(
            model_name='resourcetagevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='resourcetagevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='catalogue.resourcetag'),
        ),
        migrations.AddField(
            model_name='roleevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='roleevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='catalogue.role'),
        ),
        migrations.AddField(
            model_name='roleskill',
            name='role',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='skill_links', to='catalogue.role'),
        ),
        migrations.AddField(
            model_name='roleskillevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='roleskillevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='catalogue.roleskill'),
        ),
        migrations.AddField(
            model_name='roleskillevent',
            name='role',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.role'),
        ),
        migrations.AddField(
            model_name='skill',
            name='related',
            field=models.ManyToManyField(blank=True, to='catalogue.skill', verbose_name='related skills'),
        ),
        migrations.AddField(
            model_name='roleskillevent',
            name='skill',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.skill'),
        ),
        migrations.AddField(
            model_name='roleskill',
            name='skill',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='role_links', to='catalogue.skill'),
        ),
        migrations.AddField(
            model_name='role',
            name='skills',
            field=models.ManyToManyField(related_name='roles', through='catalogue.RoleSkill', to='catalogue.skill'),
        ),
        migrations.AddField(
            model_name='resourceskillevent',
            name='skill',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.skill'),
        ),
        migrations.AddField(
            model_name='resourceskill',
            name='skill',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='resource_links', to='catalogue.skill'),
        ),
        migrations.AddField(
            model_name='resource',
            name='skills',
            field=models.ManyToManyField(related_name='resources', through='catalogue.ResourceSkill', to='catalogue.skill'),
        ),
        migrations.AddField(
            model_name='relatedskillsevent',
            name='from_skill',
            field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.skill'),
        ),
        migrations.AddField(
            model_name='relatedskillsevent',
            name='to_skill',
            field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.skill'),
        ),
        migrations.AddField(
            model_name='questionskillevent',
            name='skill',
            field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.skill'),
        ),
        migrations.AddField(
            model_name='question',
            name='skills',
            field=models.ManyToManyField(blank=True, related_name='questions', to='catalogue.skill', verbose_name='skills'),
        ),
        migrations.AddField(
            model_name='skillcompetence',
            name='competence',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='skill_links', to='catalogue.competence'),
        ),
        migrations.AddField(
            model_name='skillcompetence',
            name='skill',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='competence_links', to='catalogue.skill'),
        ),
        migrations.AddField(
            model_name='skill',
            name='competences',
            field=models.ManyToManyField(related_name='skills', through='catalogue.SkillCompetence', to='catalogue.competence', verbose_name='competences'),
        ),
        migrations.AddField(
            model_name='skillcompetenceevent',
            name='competence',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.competence'),
        ),
        migrations.AddField(
            model_name='skillcompetenceevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='skillcompetenceevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='catalogue.skillcompetence'),
        ),
        migrations.AddField(
            model_name='skillcompetenceevent',
            name='skill',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.skill'),
        ),
        migrations.AddField(
            model_name='skillevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='skillevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='catalogue.skill'),
        ),
        migrations.AddField(
            model_name='skillstatement',
            name='skill',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='statements', to='catalogue.skill', verbose_name='skill'),
        ),
        migrations.AddField(
            model_name='skillstatementevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='skillstatementevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='catalogue.skillstatement'),
        ),
        migrations.AddField(
            model_name='skillstatementevent',
            name='skill',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.skill', verbose_name='skill'),
        ),
        migrations.AddField(
            model_name='statement',
            name='competence',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='statements', to='catalogue.competence', verbose_name='competence'),
        ),
        migrations.AddField(
            model_name='statement',
            name='level',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='catalogue.level', verbose_name='level or band'),
        ),
        migrations.AddField(
            model_name='statementevent',
            name='competence',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.competence', verbose_name='competence'),
        ),
        migrations.AddField(
            model_name='statementevent',
            name='level',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.level', verbose_name='level or band'),
        ),
        migrations.AddField(
            model_name='statementevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='statementevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='catalogue.statement'),
        ),
        migrations.AddField(
            model_name='resourcetagevent',
            name='tag',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.tag'),
        ),
        migrations.AddField(
            model_name='resourcetag',
            name='tag',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='resource_links', to='catalogue.tag'),
        ),
        migrations.AddField(
            model_name='resource',
            name='tags',
            field=taggit.managers.TaggableManager(blank=True, help_text='A comma-separated list of tags.', through='catalogue.ResourceTag', to='catalogue.Tag', verbose_name='tags'),
        ),
        migrations.AddField(
            model_name='tagevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='tagevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='catalogue.tag'),
        ),
        migrations.CreateModel(
            name='QuestionResource',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('catalogue.question_resources',),
        ),
        migrations.CreateModel(
            name='RelatedSkills',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('catalogue.skill_related',),
        ),
        migrations.AddIndex(
            model_name='resourceskill',
            index=models.Index(fields=['skill', 'proficiency', 'resource'], name='catalogue_resourceskill_find'),
        ),
        migrations.CreateModel(
            name='QuestionSkill',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('catalogue.question_skills',),
        ),
        migrations.AddIndex(
            model_name='resource',
            index=models.Index(condition=models.Q(('status', 'published')), fields=['sort_key', 'id'], name='catalogue_resource_by_title'),
        ),
        migrations.AddIndex(
            model_name='resource',
            index=models.Index(condition=models.Q(('status', 'published')), fields=['-published_at', '-id'], name='catalogue_resource_newest'),
        ),
        migrations.AddIndex(
            model_name='resource',
            index=models.Index(condition=models.Q(('status', 'published')), fields=['duration_minutes', 'id'], name='catalogue_resource_shortest'),
        ),
        migrations.AddField(
            model_name='questionresourceevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='catalogue.questionresource'),
        ),
        migrations.AddField(
            model_name='relatedskillsevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='catalogue.relatedskills'),
        ),
        migrations.AddField(
            model_name='questionskillevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='catalogue.questionskill'),
        ),
        catalogue.operations.Together(
            operations=[
                migrations.AddConstraint(
                    model_name='formeraddress',
                    constraint=models.UniqueConstraint(fields=('kind', 'slug'), name='catalogue_formeraddress_unique'),
                ),
                migrations.AddConstraint(
                    model_name='framework',
                    constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'in-review', 'published', 'withdrawn'])), name='catalogue_framework_status_known', violation_error_message='This status is none that Waymark knows.'),
                ),
                migrations.AddConstraint(
                    model_name='framework',
                    constraint=models.CheckConstraint(condition=models.Q(('slug__in', ['add', 'all', 'api', 'atom', 'change', 'coverage', 'csv', 'data', 'delete', 'draft', 'edit', 'embed', 'export', 'feed', 'feeds', 'history', 'id', 'import', 'index', 'json', 'jsonld', 'markdown', 'md', 'new', 'preview', 'print', 'qr', 'record', 'search', 'suggest']), _negated=True), name='catalogue_framework_slug_free', violation_error_message='This address is kept for another page; choose another.'),
                ),
                migrations.AddConstraint(
                    model_name='framework',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', True), ('status__in', ['draft', 'in-review'])), models.Q(('published_at__isnull', False), ('status__in', ['published', 'withdrawn'])), _connector='OR'), name='catalogue_framework_published_dated', violation_error_message='What is public has the date when it was first published, and a draft has none.'),
                ),
                migrations.AddConstraint(
                    model_name='framework',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'withdrawn'), ('withdrawn_at__isnull', False), models.Q(('withdrawn_reason', ''), _negated=True)), models.Q(models.Q(('status', 'withdrawn'), _negated=True), ('withdrawn_at__isnull', True), ('withdrawn_reason', '')), _connector='OR'), name='catalogue_framework_withdrawn_explained', violation_error_message='Say why it is withdrawn: its address will tell readers.'),
                ),
                migrations.AddConstraint(
                    model_name='framework',
                    constraint=models.CheckConstraint(condition=models.Q(('slug__regex', '^[a-z0-9]+([.-][a-z0-9]+)*$')), name='catalogue_framework_slug_plain', violation_error_message='An address is small letters a to z, digits, and hyphens or dots between them.'),
                ),
                migrations.AddConstraint(
                    model_name='framework',
                    constraint=models.CheckConstraint(condition=models.Q(('date_published', ''), ('date_published__regex', '^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$'), _connector='OR'), name='catalogue_framework_date_iso', violation_error_message='Write the date as in 2025, 2025-11 or 2025-11-03.'),
                ),
                migrations.AddConstraint(
                    model_name='framework',
                    constraint=models.UniqueConstraint(fields=('family', 'version'), name='catalogue_framework_version_unique', violation_error_message='This version of the framework is here already.'),
                ),
                migrations.AddConstraint(
                    model_name='framework',
                    constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='catalogue_framework_title_given', violation_error_message='Give the framework a short name.'),
                ),
                migrations.AddConstraint(
                    model_name='organisation',
                    constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'in-review', 'published', 'withdrawn'])), name='catalogue_organisation_status_known', violation_error_message='This status is none that Waymark knows.'),
                ),
                migrations.AddConstraint(
                    model_name='organisation',
                    constraint=models.CheckConstraint(condition=models.Q(('slug__regex', '^[a-z0-9]+(-[a-z0-9]+)*$')), name='catalogue_organisation_slug_plain', violation_error_message='An address is small letters a to z, digits, and hyphens between them.'),
                ),
                migrations.AddConstraint(
                    model_name='organisation',
                    constraint=models.CheckConstraint(condition=models.Q(('slug__in', ['add', 'all', 'api', 'atom', 'change', 'coverage', 'csv', 'data', 'delete', 'draft', 'edit', 'embed', 'export', 'feed', 'feeds', 'history', 'id', 'import', 'index', 'json', 'jsonld', 'markdown', 'md', 'new', 'preview', 'print', 'qr', 'record', 'search', 'suggest']), _negated=True), name='catalogue_organisation_slug_free', violation_error_message='This address is kept for another page; choose another.'),
                ),
                migrations.AddConstraint(
                    model_name='organisation',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', True), ('status__in', ['draft', 'in-review'])), models.Q(('published_at__isnull', False), ('status__in', ['published', 'withdrawn'])), _connector='OR'), name='catalogue_organisation_published_dated', violation_error_message='What is public has the date when it was first published, and a draft has none.'),
                ),
                migrations.AddConstraint(
                    model_name='organisation',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'withdrawn'), ('withdrawn_at__isnull', False), models.Q(('withdrawn_reason', ''), _negated=True)), models.Q(models.Q(('status', 'withdrawn'), _negated=True), ('withdrawn_at__isnull', True), ('withdrawn_reason', '')), _connector='OR'), name='catalogue_organisation_withdrawn_explained', violation_error_message='Say why it is withdrawn: its address will tell readers.'),
                ),
                migrations.AddConstraint(
                    model_name='organisation',
                    constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='catalogue_organisation_name_given', violation_error_message='Give the organisation’s name.'),
                ),
                migrations.AddConstraint(
                    model_name='siterevision',
                    constraint=models.CheckConstraint(condition=models.Q(('pk', 1)), name='catalogue_siterevision_one_row'),
                ),
                migrations.AddConstraint(
                    model_name='tag',
                    constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'in-review', 'published', 'withdrawn'])), name='catalogue_tag_status_known', violation_error_message='This status is none that Waymark knows.'),
                ),
                migrations.AddConstraint(
                    model_name='tag',
                    constraint=models.CheckConstraint(condition=models.Q(('slug__regex', '^[a-z0-9]+(-[a-z0-9]+)*$')), name='catalogue_tag_slug_plain', violation_error_message='An address is small letters a to z, digits, and hyphens between them.'),
                ),
                migrations.AddConstraint(
                    model_name='tag',
                    constraint=models.CheckConstraint(condition=models.Q(('slug__in', ['add', 'all', 'api', 'atom', 'change', 'coverage', 'csv', 'data', 'delete', 'draft', 'edit', 'embed', 'export', 'feed', 'feeds', 'history', 'id', 'import', 'index', 'json', 'jsonld', 'markdown', 'md', 'new', 'preview', 'print', 'qr', 'record', 'search', 'suggest']), _negated=True), name='catalogue_tag_slug_free', violation_error_message='This address is kept for another page; choose another.'),
                ),
                migrations.AddConstraint(
                    model_name='tag',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', True), ('status__in', ['draft', 'in-review'])), models.Q(('published_at__isnull', False), ('status__in', ['published', 'withdrawn'])), _connector='OR'), name='catalogue_tag_published_dated', violation_error_message='What is public has the date when it was first published, and a draft has none.'),
                ),
                migrations.AddConstraint(
                    model_name='tag',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'withdrawn'), ('withdrawn_at__isnull', False), models.Q(('withdrawn_reason', ''), _negated=True)), models.Q(models.Q(('status', 'withdrawn'), _negated=True), ('withdrawn_at__isnull', True), ('withdrawn_reason', '')), _connector='OR'), name='catalogue_tag_withdrawn_explained', violation_error_message='Say why it is withdrawn: its address will tell readers.'),
                ),
                migrations.AddConstraint(
                    model_name='tag',
                    constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='catalogue_tag_name_unique', violation_error_message='There is a tag of this name already.'),
                ),
                migrations.AddConstraint(
                    model_name='tag',
                    constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='catalogue_tag_name_given', violation_error_message='Give the tag a name.'),
                ),
                migrations.AddConstraint(
                    model_name='crosswalk',
                    constraint=models.UniqueConstraint(fields=('source', 'target'), name='catalogue_crosswalk_unique', violation_error_message='These two competences are related already.'),
                ),
                migrations.AddConstraint(
                    model_name='crosswalk',
                    constraint=models.CheckConstraint(condition=models.Q(('source', models.F('target')), _negated=True), name='catalogue_crosswalk_two_competences', violation_error_message='A crosswalk relates two different competences.'),
                ),
                migrations.AddConstraint(
                    model_name='crosswalk',
                    constraint=models.CheckConstraint(condition=models.Q(('relation__in', ['exact', 'close', 'broader', 'narrower', 'related'])), name='catalogue_crosswalk_relation_known', violation_error_message='Choose one of these: exact, close, broader, narrower, related.'),
                ),
                migrations.AddConstraint(
                    model_name='competence',
                    constraint=models.CheckConstraint(condition=models.Q(('code__iexact', 'coverage'), _negated=True), name='catalogue_competence_code_free', violation_error_message='This code is kept for another page’s address.'),
                ),
                migrations.AddConstraint(
                    model_name='competence',
                    constraint=models.UniqueConstraint(fields=('framework', 'code'), name='catalogue_competence_code_unique', violation_error_message='The framework has a competence with this code already.'),
                ),
                migrations.AddConstraint(
                    model_name='competence',
                    constraint=models.UniqueConstraint(fields=('id', 'framework'), name='catalogue_competence_of_framework'),
                ),
                migrations.AddConstraint(
                    model_name='competence',
                    constraint=models.CheckConstraint(condition=models.Q(('parent', models.F('id')), _negated=True), name='catalogue_competence_not_own_area', violation_error_message='A competence can’t be its own area.'),
                ),
                migrations.AddConstraint(
                    model_name='competence',
                    constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[A-Za-z0-9][A-Za-z0-9._-]*$')), name='catalogue_competence_code_plain', violation_error_message='A code is letters, digits, dots, hyphens and underscores: it is part of an address.'),
                ),
                migrations.AddConstraint(
                    model_name='level',
                    constraint=models.UniqueConstraint(fields=('framework', 'code'), name='catalogue_level_code_unique', violation_error_message='The framework has a level with this code already.'),
                ),
                migrations.AddConstraint(
                    model_name='level',
                    constraint=models.UniqueConstraint(fields=('id', 'framework'), name='catalogue_level_of_framework'),
                ),
                migrations.AddConstraint(
                    model_name='level',
                    constraint=models.CheckConstraint(condition=models.Q(('parent', models.F('id')), _negated=True), name='catalogue_level_not_own_band', violation_error_message='A level can’t be its own band.'),
                ),
                migrations.AddConstraint(
                    model_name='level',
                    constraint=models.CheckConstraint(condition=models.Q(('proficiency__in', ['', 'basic', 'intermediate', 'advanced', 'expert'])), name='catalogue_level_proficiency_known', violation_error_message='Choose one of these: basic, intermediate, advanced, expert.'),
                ),
                migrations.AddConstraint(
                    model_name='linkhealth',
                    constraint=models.CheckConstraint(condition=models.Q(('state__in', ['unchecked', 'works', 'moved', 'unsure', 'gone'])), name='catalogue_linkhealth_state_known', violation_error_message='Choose one of these: unchecked, works, moved, unsure, gone.'),
                ),
                migrations.AddConstraint(
                    model_name='linkhealth',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('checked_at__isnull', True), ('state', 'unchecked')), models.Q(models.Q(('state', 'unchecked'), _negated=True), ('checked_at__isnull', False)), _connector='OR'), name='catalogue_linkhealth_checked_dated', violation_error_message='A link that was visited has the date of the visit.'),
                ),
                migrations.AddConstraint(
                    model_name='resourcecompetence',
                    constraint=models.UniqueConstraint(fields=('resource', 'competence', 'proficiency'), name='catalogue_resourcecompetence_unique', violation_error_message='The resource has this competence already.'),
                ),
                migrations.AddConstraint(
                    model_name='resourcecompetence',
                    constraint=models.CheckConstraint(condition=models.Q(('proficiency__in', ['', 'basic', 'intermediate', 'advanced', 'expert'])), name='catalogue_resourcecompetence_proficiency_known', violation_error_message='Choose one of these: basic, intermediate, advanced, expert.'),
                ),
                migrations.AddConstraint(
                    model_name='resourcecompetence',
                    constraint=models.CheckConstraint(condition=models.Q(('source__in', ['editor', 'provider', 'import'])), name='catalogue_resourcecompetence_source_known', violation_error_message='Say who made the statement.'),
                ),
                migrations.AddConstraint(
                    model_name='roleskill',
                    constraint=models.UniqueConstraint(fields=('role', 'skill'), name='catalogue_roleskill_unique', violation_error_message='The role has this skill already.'),
                ),
                migrations.AddConstraint(
                    model_name='roleskill',
                    constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('role', 'position'), name='catalogue_roleskill_position_unique'),
                ),
                migrations.AddConstraint(
                    model_name='roleskill',
                    constraint=models.CheckConstraint(condition=models.Q(('position__gte', 1), ('position__lte', 15)), name='catalogue_roleskill_fifteen', violation_error_message='A role needs fifteen skills at most: keep the ones that matter.'),
                ),
                migrations.AddConstraint(
                    model_name='roleskill',
                    constraint=models.CheckConstraint(condition=models.Q(('proficiency__in', ['basic', 'intermediate', 'advanced', 'expert'])), name='catalogue_roleskill_proficiency_known', violation_error_message='Choose one of these: basic, intermediate, advanced, expert.'),
                ),
                migrations.AddConstraint(
                    model_name='role',
                    constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'in-review', 'published', 'withdrawn'])), name='catalogue_role_status_known', violation_error_message='This status is none that Waymark knows.'),
                ),
                migrations.AddConstraint(
                    model_name='role',
                    constraint=models.CheckConstraint(condition=models.Q(('slug__regex', '^[a-z0-9]+(-[a-z0-9]+)*$')), name='catalogue_role_slug_plain', violation_error_message='An address is small letters a to z, digits, and hyphens between them.'),
                ),
                migrations.AddConstraint(
                    model_name='role',
                    constraint=models.CheckConstraint(condition=models.Q(('slug__in', ['add', 'all', 'api', 'atom', 'change', 'coverage', 'csv', 'data', 'delete', 'draft', 'edit', 'embed', 'export', 'feed', 'feeds', 'history', 'id', 'import', 'index', 'json', 'jsonld', 'markdown', 'md', 'new', 'preview', 'print', 'qr', 'record', 'search', 'suggest']), _negated=True), name='catalogue_role_slug_free', violation_error_message='This address is kept for another page; choose another.'),
                ),
                migrations.AddConstraint(
                    model_name='role',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', True), ('status__in', ['draft', 'in-review'])), models.Q(('published_at__isnull', False), ('status__in', ['published', 'withdrawn'])), _connector='OR'), name='catalogue_role_published_dated', violation_error_message='What is public has the date when it was first published, and a draft has none.'),
                ),
                migrations.AddConstraint(
                    model_name='role',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'withdrawn'), ('withdrawn_at__isnull', False), models.Q(('withdrawn_reason', ''), _negated=True)), models.Q(models.Q(('status', 'withdrawn'), _negated=True), ('withdrawn_at__isnull', True), ('withdrawn_reason', '')), _connector='OR'), name='catalogue_role_withdrawn_explained', violation_error_message='Say why it is withdrawn: its address will tell readers.'),
                ),
                migrations.AddConstraint(
                    model_name='role',
                    constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='catalogue_role_title_given', violation_error_message='Give the role a title.'),
                ),
                migrations.AddConstraint(
                    model_name='role',
                    constraint=models.CheckConstraint(condition=models.Q(('sectors__contained_by', ['libraries', 'museums', 'arts'])), name='catalogue_role_sectors_known', violation_error_message='Sectors are libraries, museums and arts.'),
                ),
                migrations.AddConstraint(
                    model_name='resourceskill',
                    constraint=models.UniqueConstraint(fields=('resource', 'skill', 'proficiency'), name='catalogue_resourceskill_unique', violation_error_message='The resource has this skill at this proficiency already.'),
                ),
                migrations.AddConstraint(
                    model_name='resourceskill',
                    constraint=models.CheckConstraint(condition=models.Q(('proficiency__in', ['', 'basic', 'intermediate', 'advanced', 'expert'])), name='catalogue_resourceskill_proficiency_known', violation_error_message='Choose one of these: basic, intermediate, advanced, expert.'),
                ),
                migrations.AddConstraint(
                    model_name='question',
                    constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'in-review', 'published', 'withdrawn'])), name='catalogue_question_status_known', violation_error_message='This status is none that Waymark knows.'),
                ),
                migrations.AddConstraint(
                    model_name='question',
                    constraint=models.CheckConstraint(condition=models.Q(('slug__regex', '^[a-z0-9]+(-[a-z0-9]+)*$')), name='catalogue_question_slug_plain', violation_error_message='An address is small letters a to z, digits, and hyphens between them.'),
                ),
                migrations.AddConstraint(
                    model_name='question',
                    constraint=models.CheckConstraint(condition=models.Q(('slug__in', ['add', 'all', 'api', 'atom', 'change', 'coverage', 'csv', 'data', 'delete', 'draft', 'edit', 'embed', 'export', 'feed', 'feeds', 'history', 'id', 'import', 'index', 'json', 'jsonld', 'markdown', 'md', 'new', 'preview', 'print', 'qr', 'record', 'search', 'suggest']), _negated=True), name='catalogue_question_slug_free', violation_error_message='This address is kept for another page; choose another.'),
                ),
                migrations.AddConstraint(
                    model_name='question',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', True), ('status__in', ['draft', 'in-review'])), models.Q(('published_at__isnull', False), ('status__in', ['published', 'withdrawn'])), _connector='OR'), name='catalogue_question_published_dated', violation_error_message='What is public has the date when it was first published, and a draft has none.'),
                ),
                migrations.AddConstraint(
                    model_name='question',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'withdrawn'), ('withdrawn_at__isnull', False), models.Q(('withdrawn_reason', ''), _negated=True)), models.Q(models.Q(('status', 'withdrawn'), _negated=True), ('withdrawn_at__isnull', True), ('withdrawn_reason', '')), _connector='OR'), name='catalogue_question_withdrawn_explained', violation_error_message='Say why it is withdrawn: its address will tell readers.'),
                ),
                migrations.AddConstraint(
                    model_name='question',
                    constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='catalogue_question_title_given', violation_error_message='Write the question.'),
                ),
                migrations.AddConstraint(
                    model_name='skillcompetence',
                    constraint=models.UniqueConstraint(fields=('skill', 'competence'), name='catalogue_skillcompetence_unique', violation_error_message='The skill has this competence already.'),
                ),
                migrations.AddConstraint(
                    model_name='skill',
                    constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'in-review', 'published', 'withdrawn'])), name='catalogue_skill_status_known', violation_error_message='This status is none that Waymark knows.'),
                ),
                migrations.AddConstraint(
                    model_name='skill',
                    constraint=models.CheckConstraint(condition=models.Q(('slug__regex', '^[a-z0-9]+(-[a-z0-9]+)*$')), name='catalogue_skill_slug_plain', violation_error_message='An address is small letters a to z, digits, and hyphens between them.'),
                ),
                migrations.AddConstraint(
                    model_name='skill',
                    constraint=models.CheckConstraint(condition=models.Q(('slug__in', ['add', 'all', 'api', 'atom', 'change', 'coverage', 'csv', 'data', 'delete', 'draft', 'edit', 'embed', 'export', 'feed', 'feeds', 'history', 'id', 'import', 'index', 'json', 'jsonld', 'markdown', 'md', 'new', 'preview', 'print', 'qr', 'record', 'search', 'suggest']), _negated=True), name='catalogue_skill_slug_free', violation_error_message='This address is kept for another page; choose another.'),
                ),
                migrations.AddConstraint(
                    model_name='skill',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', True), ('status__in', ['draft', 'in-review'])), models.Q(('published_at__isnull', False), ('status__in', ['published', 'withdrawn'])), _connector='OR'), name='catalogue_skill_published_dated', violation_error_message='What is public has the date when it was first published, and a draft has none.'),
                ),
                migrations.AddConstraint(
                    model_name='skill',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'withdrawn'), ('withdrawn_at__isnull', False), models.Q(('withdrawn_reason', ''), _negated=True)), models.Q(models.Q(('status', 'withdrawn'), _negated=True), ('withdrawn_at__isnull', True), ('withdrawn_reason', '')), _connector='OR'), name='catalogue_skill_withdrawn_explained', violation_error_message='Say why it is withdrawn: its address will tell readers.'),
                ),
                migrations.AddConstraint(
                    model_name='skill',
                    constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='catalogue_skill_title_given', violation_error_message='Give the skill a title.'),
                ),
                migrations.AddConstraint(
                    model_name='skill',
                    constraint=models.CheckConstraint(condition=models.Q(('status', 'published'), ('summary', ''), _negated=True), name='catalogue_skill_published_complete', violation_error_message='A public skill needs a summary: say in a sentence what it is.'),
                ),
                migrations.AddConstraint(
                    model_name='skillstatement',
                    constraint=models.UniqueConstraint(fields=('skill', 'proficiency'), name='catalogue_skillstatement_unique', violation_error_message='The skill has a sentence for this proficiency already.'),
                ),
                migrations.AddConstraint(
                    model_name='skillstatement',
                    constraint=models.CheckConstraint(condition=models.Q(('proficiency__in', ['basic', 'intermediate', 'advanced', 'expert'])), name='catalogue_skillstatement_proficiency_known', violation_error_message='Choose one of these: basic, intermediate, advanced, expert.'),
                ),
                migrations.AddConstraint(
                    model_name='skillstatement',
                    constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='catalogue_skillstatement_text_given', violation_error_message='Write the sentence.'),
                ),
                migrations.AddConstraint(
                    model_name='statement',
                    constraint=models.UniqueConstraint(fields=('competence', 'code'), name='catalogue_statement_code_unique', violation_error_message='The competence has a statement with this code already.'),
                ),
                migrations.AddConstraint(
                    model_name='statement',
                    constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['statement', 'outcome'])), name='catalogue_statement_kind_known', violation_error_message='A statement is a competence statement or an outcome.'),
                ),
                migrations.AddConstraint(
                    model_name='resourcetag',
                    constraint=models.UniqueConstraint(fields=('content_object', 'tag'), name='catalogue_resourcetag_unique'),
                ),
                migrations.AddConstraint(
                    model_name='resource',
                    constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'in-review', 'published', 'withdrawn'])), name='catalogue_resource_status_known', violation_error_message='This status is none that Waymark knows.'),
                ),
                migrations.AddConstraint(
                    model_name='resource',
                    constraint=models.CheckConstraint(condition=models.Q(('slug__regex', '^[a-z0-9]+(-[a-z0-9]+)*$')), name='catalogue_resource_slug_plain', violation_error_message='An address is small letters a to z, digits, and hyphens between them.'),
                ),
                migrations.AddConstraint(
                    model_name='resource',
                    constraint=models.CheckConstraint(condition=models.Q(('slug__in', ['add', 'all', 'api', 'atom', 'change', 'coverage', 'csv', 'data', 'delete', 'draft', 'edit', 'embed', 'export', 'feed', 'feeds', 'history', 'id', 'import', 'index', 'json', 'jsonld', 'markdown', 'md', 'new', 'preview', 'print', 'qr', 'record', 'search', 'suggest']), _negated=True), name='catalogue_resource_slug_free', violation_error_message='This address is kept for another page; choose another.'),
                ),
                migrations.AddConstraint(
                    model_name='resource',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', True), ('status__in', ['draft', 'in-review'])), models.Q(('published_at__isnull', False), ('status__in', ['published', 'withdrawn'])), _connector='OR'), name='catalogue_resource_published_dated', violation_error_message='What is public has the date when it was first published, and a draft has none.'),
                ),
                migrations.AddConstraint(
                    model_name='resource',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'withdrawn'), ('withdrawn_at__isnull', False), models.Q(('withdrawn_reason', ''), _negated=True)), models.Q(models.Q(('status', 'withdrawn'), _negated=True), ('withdrawn_at__isnull', True), ('withdrawn_reason', '')), _connector='OR'), name='catalogue_resource_withdrawn_explained', violation_error_message='Say why it is withdrawn: its address will tell readers.'),
                ),
                migrations.AddConstraint(
                    model_name='resource',
                    constraint=models.CheckConstraint(condition=models.Q(('url__regex', '^https?://[^/\\s]+')), name='catalogue_resource_url_http', violation_error_message='An address starts with https:// or http://.'),
                ),
                migrations.AddConstraint(
                    model_name='resource',
                    constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='catalogue_resource_title_given', violation_error_message='Give the resource’s title.'),
                ),
                migrations.AddConstraint(
                    model_name='resource',
                    constraint=models.CheckConstraint(condition=models.Q(('duration_minutes__isnull', True), models.Q(('duration_minutes__gte', 1), ('duration_minutes__lte', 60000)), _connector='OR'), name='catalogue_resource_minutes_sensible', violation_error_message='Minutes are a number from 1 to 60,000; leave it empty if unknown.'),
                ),
                migrations.AddConstraint(
                    model_name='resource',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('duration_minutes__isnull', True), ('duration_source', '')), models.Q(('duration_minutes__isnull', False), ('duration_source__in', ['provider', 'estimate'])), _connector='OR'), name='catalogue_resource_minutes_sourced', violation_error_message='Say who gives the minutes, the provider or we.'),
                ),
                migrations.AddConstraint(
                    model_name='resource',
                    constraint=models.CheckConstraint(condition=models.Q(('date_published', ''), ('date_published__regex', '^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$'), _connector='OR'), name='catalogue_resource_date_iso', violation_error_message='Write the date as in 2025, 2025-11 or 2025-11-03.'),
                ),
                migrations.AddConstraint(
                    model_name='resource',
                    constraint=models.CheckConstraint(condition=models.Q(('access__contained_by', ['captions', 'transcript', 'no-sound-needed', 'phone', 'pdf-only'])), name='catalogue_resource_access_known', violation_error_message='This accessibility fact is none that Waymark knows.'),
                ),
                migrations.AddConstraint(
                    model_name='resource',
                    constraint=models.CheckConstraint(condition=models.Q(('resource_type__in', ['', 'course', 'tutorial', 'article', 'video', 'podcast', 'guide', 'toolkit', 'tool', 'case-study', 'recording', 'book', 'quiz', 'community', 'dataset'])), name='catalogue_resource_resource_type_known', violation_error_message='Choose one of these: course, tutorial, article, video, podcast, guide, toolkit, tool, case-study, recording, book, quiz, community, dataset.'),
                ),
                migrations.AddConstraint(
                    model_name='resource',
                    constraint=models.CheckConstraint(condition=models.Q(('proficiency__in', ['', 'basic', 'intermediate', 'advanced', 'expert'])), name='catalogue_resource_proficiency_known', violation_error_message='Choose one of these: basic, intermediate, advanced, expert.'),
                ),
                migrations.AddConstraint(
                    model_name='resource',
                    constraint=models.CheckConstraint(condition=models.Q(('cost__in', ['', 'free', 'free-sign-up', 'free-limited', 'paid'])), name='catalogue_resource_cost_known', violation_error_message='Choose one of these: free, free-sign-up, free-limited, paid.'),
                ),
                migrations.AddConstraint(
                    model_name='resource',
                    constraint=models.CheckConstraint(condition=models.Q(('description_source__in', ['editor', 'provider', 'scraped'])), name='catalogue_resource_description_source_known', violation_error_message='Choose one of these: editor, provider, scraped.'),
                ),
                migrations.AddConstraint(
                    model_name='resource',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), models.Q(models.Q(('resource_type', ''), _negated=True), models.Q(('cost', ''), _negated=True), ('languages__len__gte', 1)), _connector='OR'), name='catalogue_resource_published_complete', violation_error_message='A public resource needs a type, a cost and at least one language.'),
                ),
                migrations.AddConstraint(
                    model_name='resource',
                    constraint=models.CheckConstraint(condition=models.Q(('description_source', 'scraped'), ('status', 'published'), _negated=True), name='catalogue_resource_published_rewritten', violation_error_message='Rewrite the description in your own words, then say that it is written for Waymark.'),
                ),
                migrations.AddConstraint(
                    model_name='competence',
                    constraint=catalogue.constraints.SameOwner(field='parent', name='catalogue_competence_area_same_framework', owner='framework', target_owner='framework', violation_error_message='A competence’s area belongs to the same framework.'),
                ),
                migrations.AddConstraint(
                    model_name='level',
                    constraint=catalogue.constraints.SameOwner(field='parent', name='catalogue_level_band_same_framework', owner='framework', target_owner='framework', violation_error_message='A level’s band belongs to the same framework.'),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='framework',
                    trigger=pgtrigger.compiler.Trigger(name='moves_site', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        INSERT INTO catalogue_sitemove (transaction)\n        VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;\n        RETURN NULL;\n    ', hash='2a29ec72d9d94aaa1eda0c68972a3f494278b6c7', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_moves_site_5b18d', table='catalogue_framework', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='framework',
                    trigger=pgtrigger.compiler.Trigger(name='keeps_published', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."published_at" IS NOT NULL)', func="\n        IF TG_OP = 'DELETE' OR NEW.published_at IS NULL OR NEW.uid <> OLD.uid THEN\n            RAISE EXCEPTION 'This was public once: withdraw it, so that its address can say why.'\n            USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_TABLE_NAME || '_keeps_published';\n        END IF;\n        RETURN NEW;\n    ", hash='c85608c81c157ea5d7a262e8607f06b824f14df8', operation='DELETE OR UPDATE OF "published_at", "uid"', pgid='pgtrigger_keeps_published_ff6b9', table='catalogue_framework', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='framework',
                    trigger=pgtrigger.compiler.Trigger(name='keeps_address', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."published_at" IS NOT NULL AND OLD."slug" IS DISTINCT FROM (NEW."slug"))', func='\n        DELETE FROM catalogue_formeraddress WHERE kind = TG_TABLE_NAME AND slug = NEW.slug;\n        INSERT INTO catalogue_formeraddress (kind, slug, uid, created)\n        VALUES (TG_TABLE_NAME, OLD.slug, OLD.uid, now())\n        ON CONFLICT (kind, slug) DO UPDATE SET uid = EXCLUDED.uid;\n        RETURN NULL;\n    ', hash='ef30e245f5e5542e43e743538d81fb9810395581', operation='UPDATE OF "slug"', pgid='pgtrigger_keeps_address_7d37f', table='catalogue_framework', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='framework',
                    trigger=pgtrigger.compiler.Trigger(name='avoids_former_address', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF EXISTS (\n            SELECT FROM catalogue_formeraddress\n            WHERE kind = TG_TABLE_NAME AND slug = NEW.slug AND uid <> NEW.uid\n        ) THEN\n            RAISE EXCEPTION 'The address % was another’s once and still leads there.', NEW.slug\n            USING ERRCODE = 'unique_violation', CONSTRAINT = TG_TABLE_NAME || '_former_address';\n        END IF;\n        RETURN NULL;\n    ", hash='7a0faf018942c80c8d64b782c07cc4bd4d40729f', operation='INSERT OR UPDATE OF "slug"', pgid='pgtrigger_avoids_former_address_8f95c', table='catalogue_framework', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='framework',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_frameworkevent" ("attribution", "created", "date_published", "description", "family", "full_title", "i18n", "id", "licence", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "published_at", "publisher", "replaced_by", "slug", "status", "title", "uid", "url", "version", "withdrawn_at", "withdrawn_reason") VALUES (NEW."attribution", NEW."created", NEW."date_published", NEW."description", NEW."family", NEW."full_title", NEW."i18n", NEW."id", NEW."licence", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."published_at", NEW."publisher", NEW."replaced_by", NEW."slug", NEW."status", NEW."title", NEW."uid", NEW."url", NEW."version", NEW."withdrawn_at", NEW."withdrawn_reason"); RETURN NULL;', hash='7b8d3e30375fa58f7b78f2feee5ea458e33f219b', operation='INSERT', pgid='pgtrigger_insert_insert_a818d', table='catalogue_framework', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='framework',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."attribution" IS DISTINCT FROM (NEW."attribution") OR OLD."created" IS DISTINCT FROM (NEW."created") OR OLD."date_published" IS DISTINCT FROM (NEW."date_published") OR OLD."description" IS DISTINCT FROM (NEW."description") OR OLD."family" IS DISTINCT FROM (NEW."family") OR OLD."full_title" IS DISTINCT FROM (NEW."full_title") OR OLD."i18n" IS DISTINCT FROM (NEW."i18n") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."licence" IS DISTINCT FROM (NEW."licence") OR OLD."position" IS DISTINCT FROM (NEW."position") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."publisher" IS DISTINCT FROM (NEW."publisher") OR OLD."replaced_by" IS DISTINCT FROM (NEW."replaced_by") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."uid" IS DISTINCT FROM (NEW."uid") OR OLD."url" IS DISTINCT FROM (NEW."url") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at") OR OLD."withdrawn_reason" IS DISTINCT FROM (NEW."withdrawn_reason"))', func='INSERT INTO "catalogue_frameworkevent" ("attribution", "created", "date_published", "description", "family", "full_title", "i18n", "id", "licence", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "published_at", "publisher", "replaced_by", "slug", "status", "title", "uid", "url", "version", "withdrawn_at", "withdrawn_reason") VALUES (NEW."attribution", NEW."created", NEW."date_published", NEW."description", NEW."family", NEW."full_title", NEW."i18n", NEW."id", NEW."licence", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."published_at", NEW."publisher", NEW."replaced_by", NEW."slug", NEW."status", NEW."title", NEW."uid", NEW."url", NEW."version", NEW."withdrawn_at", NEW."withdrawn_reason"); RETURN NULL;', hash='7b2c4bfd00494744ba3655e49e347eb22d768467', operation='UPDATE', pgid='pgtrigger_update_update_d2229', table='catalogue_framework', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='framework',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_frameworkevent" ("attribution", "created", "date_published", "description", "family", "full_title", "i18n", "id", "licence", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "published_at", "publisher", "replaced_by", "slug", "status", "title", "uid", "url", "version", "withdrawn_at", "withdrawn_reason") VALUES (OLD."attribution", OLD."created", OLD."date_published", OLD."description", OLD."family", OLD."full_title", OLD."i18n", OLD."id", OLD."licence", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."published_at", OLD."publisher", OLD."replaced_by", OLD."slug", OLD."status", OLD."title", OLD."uid", OLD."url", OLD."version", OLD."withdrawn_at", OLD."withdrawn_reason"); RETURN NULL;', hash='8cc151bb79ee7a943ca30210797d20c01a333b27', operation='DELETE', pgid='pgtrigger_delete_delete_e470a', table='catalogue_framework', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='organisation',
                    trigger=pgtrigger.compiler.Trigger(name='moves_site', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        INSERT INTO catalogue_sitemove (transaction)\n        VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;\n        RETURN NULL;\n    ', hash='87dea01cad32ee97ba6b8c56011e2dfc821c39f8', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_moves_site_e7760', table='catalogue_organisation', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='organisation',
                    trigger=pgtrigger.compiler.Trigger(name='keeps_published', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."published_at" IS NOT NULL)', func="\n        IF TG_OP = 'DELETE' OR NEW.published_at IS NULL OR NEW.uid <> OLD.uid THEN\n            RAISE EXCEPTION 'This was public once: withdraw it, so that its address can say why.'\n            USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_TABLE_NAME || '_keeps_published';\n        END IF;\n        RETURN NEW;\n    ", hash='b408cfa3a164e053a6324bae3c9d4ad2460d5c12', operation='DELETE OR UPDATE OF "published_at", "uid"', pgid='pgtrigger_keeps_published_ef711', table='catalogue_organisation', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='organisation',
                    trigger=pgtrigger.compiler.Trigger(name='keeps_address', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."published_at" IS NOT NULL AND OLD."slug" IS DISTINCT FROM (NEW."slug"))', func='\n        DELETE FROM catalogue_formeraddress WHERE kind = TG_TABLE_NAME AND slug = NEW.slug;\n        INSERT INTO catalogue_formeraddress (kind, slug, uid, created)\n        VALUES (TG_TABLE_NAME, OLD.slug, OLD.uid, now())\n        ON CONFLICT (kind, slug) DO UPDATE SET uid = EXCLUDED.uid;\n        RETURN NULL;\n    ', hash='c844629c3f628177800d47f61b8ad6e9fa307114', operation='UPDATE OF "slug"', pgid='pgtrigger_keeps_address_62a78', table='catalogue_organisation', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='organisation',
                    trigger=pgtrigger.compiler.Trigger(name='avoids_former_address', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF EXISTS (\n            SELECT FROM catalogue_formeraddress\n            WHERE kind = TG_TABLE_NAME AND slug = NEW.slug AND uid <> NEW.uid\n        ) THEN\n            RAISE EXCEPTION 'The address % was another’s once and still leads there.', NEW.slug\n            USING ERRCODE = 'unique_violation', CONSTRAINT = TG_TABLE_NAME || '_former_address';\n        END IF;\n        RETURN NULL;\n    ", hash='4a6dacd7d7fed635153941f9d77cf8cf375bed0c', operation='INSERT OR UPDATE OF "slug"', pgid='pgtrigger_avoids_former_address_893d3', table='catalogue_organisation', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='organisation',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_organisationevent" ("created", "id", "is_sector_body", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "replaced_by", "slug", "status", "summary", "uid", "url", "withdrawn_at", "withdrawn_reason") VALUES (NEW."created", NEW."id", NEW."is_sector_body", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_at", NEW."replaced_by", NEW."slug", NEW."status", NEW."summary", NEW."uid", NEW."url", NEW."withdrawn_at", NEW."withdrawn_reason"); RETURN NULL;', hash='bbe2f5434c3906af90deba49f3f974aef3f5e492', operation='INSERT', pgid='pgtrigger_insert_insert_c2523', table='catalogue_organisation', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='organisation',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created" IS DISTINCT FROM (NEW."created") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_sector_body" IS DISTINCT FROM (NEW."is_sector_body") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."replaced_by" IS DISTINCT FROM (NEW."replaced_by") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."summary" IS DISTINCT FROM (NEW."summary") OR OLD."uid" IS DISTINCT FROM (NEW."uid") OR OLD."url" IS DISTINCT FROM (NEW."url") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at") OR OLD."withdrawn_reason" IS DISTINCT FROM (NEW."withdrawn_reason"))', func='INSERT INTO "catalogue_organisationevent" ("created", "id", "is_sector_body", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "replaced_by", "slug", "status", "summary", "uid", "url", "withdrawn_at", "withdrawn_reason") VALUES (NEW."created", NEW."id", NEW."is_sector_body", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_at", NEW."replaced_by", NEW."slug", NEW."status", NEW."summary", NEW."uid", NEW."url", NEW."withdrawn_at", NEW."withdrawn_reason"); RETURN NULL;', hash='2685abe3681aa08af709173b89705ff5333a9ad4', operation='UPDATE', pgid='pgtrigger_update_update_7f6cb', table='catalogue_organisation', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='organisation',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_organisationevent" ("created", "id", "is_sector_body", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "replaced_by", "slug", "status", "summary", "uid", "url", "withdrawn_at", "withdrawn_reason") VALUES (OLD."created", OLD."id", OLD."is_sector_body", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_at", OLD."replaced_by", OLD."slug", OLD."status", OLD."summary", OLD."uid", OLD."url", OLD."withdrawn_at", OLD."withdrawn_reason"); RETURN NULL;', hash='701ed5d35c45947a2d3c53555bd654d5001f6d1c', operation='DELETE', pgid='pgtrigger_delete_delete_38706', table='catalogue_organisation', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='sitemove',
                    trigger=pgtrigger.compiler.Trigger(name='moves_on', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func='\n                    UPDATE catalogue_siterevision SET number = number + 1 WHERE id = 1;\n                    IF NOT FOUND THEN\n                        INSERT INTO catalogue_siterevision (id, number) VALUES (1, 1)\n                        ON CONFLICT (id) DO UPDATE SET number = catalogue_siterevision.number + 1;\n                    END IF;\n                    DELETE FROM catalogue_sitemove WHERE transaction = NEW.transaction;\n                    RETURN NULL;\n                ', hash='6421411513ff8c1d87f07e10107d837f153063dd', operation='INSERT', pgid='pgtrigger_moves_on_28794', table='catalogue_sitemove', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='tag',
                    trigger=pgtrigger.compiler.Trigger(name='moves_site', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        INSERT INTO catalogue_sitemove (transaction)\n        VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;\n        RETURN NULL;\n    ', hash='f88798b87c6023e36c3dae30931d897d5495951c', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_moves_site_a40f0', table='catalogue_tag', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='tag',
                    trigger=pgtrigger.compiler.Trigger(name='keeps_published', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."published_at" IS NOT NULL)', func="\n        IF TG_OP = 'DELETE' OR NEW.published_at IS NULL OR NEW.uid <> OLD.uid THEN\n            RAISE EXCEPTION 'This was public once: withdraw it, so that its address can say why.'\n            USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_TABLE_NAME || '_keeps_published';\n        END IF;\n        RETURN NEW;\n    ", hash='23b51b96ea7a871b1fa75cb06e64ec618d2c665f', operation='DELETE OR UPDATE OF "published_at", "uid"', pgid='pgtrigger_keeps_published_0140c', table='catalogue_tag', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='tag',
                    trigger=pgtrigger.compiler.Trigger(name='keeps_address', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."published_at" IS NOT NULL AND OLD."slug" IS DISTINCT FROM (NEW."slug"))', func='\n        DELETE FROM catalogue_formeraddress WHERE kind = TG_TABLE_NAME AND slug = NEW.slug;\n        INSERT INTO catalogue_formeraddress (kind, slug, uid, created)\n        VALUES (TG_TABLE_NAME, OLD.slug, OLD.uid, now())\n        ON CONFLICT (kind, slug) DO UPDATE SET uid = EXCLUDED.uid;\n        RETURN NULL;\n    ', hash='f8f81dc71dd5f80a844fc84f168950b0d5d526f5', operation='UPDATE OF "slug"', pgid='pgtrigger_keeps_address_76fab', table='catalogue_tag', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='tag',
                    trigger=pgtrigger.compiler.Trigger(name='avoids_former_address', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF EXISTS (\n            SELECT FROM catalogue_formeraddress\n            WHERE kind = TG_TABLE_NAME AND slug = NEW.slug AND uid <> NEW.uid\n        ) THEN\n            RAISE EXCEPTION 'The address % was another’s once and still leads there.', NEW.slug\n            USING ERRCODE = 'unique_violation', CONSTRAINT = TG_TABLE_NAME || '_former_address';\n        END IF;\n        RETURN NULL;\n    ", hash='f70a3f0165648b9ee7e1cca5b4be334971f12b70', operation='INSERT OR UPDATE OF "slug"', pgid='pgtrigger_avoids_former_address_f0ffa', table='catalogue_tag', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='tag',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_tagevent" ("created", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "replaced_by", "slug", "status", "synonyms", "uid", "withdrawn_at", "withdrawn_reason") VALUES (NEW."created", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_at", NEW."replaced_by", NEW."slug", NEW."status", NEW."synonyms", NEW."uid", NEW."withdrawn_at", NEW."withdrawn_reason"); RETURN NULL;', hash='db51dfbcf8f3a5c1115412377cd649a763087b9b', operation='INSERT', pgid='pgtrigger_insert_insert_72337', table='catalogue_tag', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='tag',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created" IS DISTINCT FROM (NEW."created") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."replaced_by" IS DISTINCT FROM (NEW."replaced_by") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."synonyms" IS DISTINCT FROM (NEW."synonyms") OR OLD."uid" IS DISTINCT FROM (NEW."uid") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at") OR OLD."withdrawn_reason" IS DISTINCT FROM (NEW."withdrawn_reason"))', func='INSERT INTO "catalogue_tagevent" ("created", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "replaced_by", "slug", "status", "synonyms", "uid", "withdrawn_at", "withdrawn_reason") VALUES (NEW."created", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_at", NEW."replaced_by", NEW."slug", NEW."status", NEW."synonyms", NEW."uid", NEW."withdrawn_at", NEW."withdrawn_reason"); RETURN NULL;', hash='c6e62421d41dad2d4de57ab14b2d8ce73c412543', operation='UPDATE', pgid='pgtrigger_update_update_3d3b4', table='catalogue_tag', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='tag',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_tagevent" ("created", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "replaced_by", "slug", "status", "synonyms", "uid", "withdrawn_at", "withdrawn_reason") VALUES (OLD."created", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_at", OLD."replaced_by", OLD."slug", OLD."status", OLD."synonyms", OLD."uid", OLD."withdrawn_at", OLD."withdrawn_reason"); RETURN NULL;', hash='f93277bb3efe1130e511c8a8bb802ec465951bf6', operation='DELETE', pgid='pgtrigger_delete_delete_2b410', table='catalogue_tag', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='crosswalk',
                    trigger=pgtrigger.compiler.Trigger(name='moves_site', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        INSERT INTO catalogue_sitemove (transaction)\n        VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;\n        RETURN NULL;\n    ', hash='268614a61a74c20202a0c545621b297325665d3e', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_moves_site_f6468', table='catalogue_crosswalk', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='crosswalk',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_crosswalkevent" ("i18n", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation", "source_id", "target_id") VALUES (NEW."i18n", NEW."id", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."relation", NEW."source_id", NEW."target_id"); RETURN NULL;', hash='2cc3dffba532f059e83f8a1056bbf93f0ae8f0b7', operation='INSERT', pgid='pgtrigger_insert_insert_d2ec6', table='catalogue_crosswalk', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='crosswalk',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalogue_crosswalkevent" ("i18n", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation", "source_id", "target_id") VALUES (NEW."i18n", NEW."id", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."relation", NEW."source_id", NEW."target_id"); RETURN NULL;', hash='769fb43c19c7c0f0982c15f45cf48b8dec1abcc0', operation='UPDATE', pgid='pgtrigger_update_update_6fb3b', table='catalogue_crosswalk', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='crosswalk',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_crosswalkevent" ("i18n", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation", "source_id", "target_id") VALUES (OLD."i18n", OLD."id", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."relation", OLD."source_id", OLD."target_id"); RETURN NULL;', hash='217fb512348aece6f0e1924c4835f85bf811a5e5', operation='DELETE', pgid='pgtrigger_delete_delete_544a6', table='catalogue_crosswalk', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='crosswalkevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7c266463756d0fae0ca0a04c861576c1d6e2bc6d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_12e31', table='catalogue_crosswalkevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='competenceevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c7d55a92f181dab407ac156a292189d232f0022a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2d330', table='catalogue_competenceevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='competence',
                    trigger=pgtrigger.compiler.Trigger(name='moves_site', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        INSERT INTO catalogue_sitemove (transaction)\n        VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;\n        RETURN NULL;\n    ', hash='1733655e20603d94002bf13740457800d7998570', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_moves_site_bf9c2', table='catalogue_competence', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='competence',
                    trigger=pgtrigger.compiler.Trigger(name='keeps_published', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF EXISTS (\n                    SELECT FROM catalogue_framework WHERE id = OLD.framework_id AND published_at IS NOT NULL\n                ) THEN\n                    RAISE EXCEPTION 'This was public once and others may point to it: keep it.'\n                    USING ERRCODE = 'restrict_violation',\n                        CONSTRAINT = TG_TABLE_NAME || '_keeps_published';\n                END IF;\n                RETURN OLD;\n            ", hash='bcf42ac30696b55495c581387b20bc561293929f', operation='DELETE', pgid='pgtrigger_keeps_published_ebe09', table='catalogue_competence', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='competence',
                    trigger=pgtrigger.compiler.Trigger(name='keeps_code', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF (OLD.code, OLD.framework_id, OLD.uid) IS DISTINCT FROM\n            (NEW.code, NEW.framework_id, NEW.uid)\n            AND EXISTS (\n                SELECT FROM catalogue_framework\n                WHERE id = OLD.framework_id AND published_at IS NOT NULL\n            )\n        THEN\n            RAISE EXCEPTION 'The code is part of a public address: bring a new version instead.'\n            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'catalogue_competence_keeps_code';\n        END IF;\n        RETURN NEW;\n    ", hash='a428be9bbaad12fb765c110510da94232241951d', operation='UPDATE OF "code", "framework_id", "uid"', pgid='pgtrigger_keeps_code_2f728', table='catalogue_competence', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='competence',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_competenceevent" ("code", "description", "framework_id", "i18n", "id", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "short_title", "title", "uid") VALUES (NEW."code", NEW."description", NEW."framework_id", NEW."i18n", NEW."id", NEW."parent_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."short_title", NEW."title", NEW."uid"); RETURN NULL;', hash='053e3f6ded7367083fbffc30ba9d636f7bafae5e', operation='INSERT', pgid='pgtrigger_insert_insert_80369', table='catalogue_competence', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='competence',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalogue_competenceevent" ("code", "description", "framework_id", "i18n", "id", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "short_title", "title", "uid") VALUES (NEW."code", NEW."description", NEW."framework_id", NEW."i18n", NEW."id", NEW."parent_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."short_title", NEW."title", NEW."uid"); RETURN NULL;', hash='22124b2387e96abba6b1f88104f9f8cb2d65b6d2', operation='UPDATE', pgid='pgtrigger_update_update_20fa3', table='catalogue_competence', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='competence',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_competenceevent" ("code", "description", "framework_id", "i18n", "id", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "short_title", "title", "uid") VALUES (OLD."code", OLD."description", OLD."framework_id", OLD."i18n", OLD."id", OLD."parent_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."short_title", OLD."title", OLD."uid"); RETURN NULL;', hash='3857df100eda124d60ea53b14cba2b307af21aa2', operation='DELETE', pgid='pgtrigger_delete_delete_88771', table='catalogue_competence', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='frameworkevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d0f08128aeedb2ca62ae26dc850e9db7a5bc38e9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1c196', table='catalogue_frameworkevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='level',
                    trigger=pgtrigger.compiler.Trigger(name='moves_site', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        INSERT INTO catalogue_sitemove (transaction)\n        VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;\n        RETURN NULL;\n    ', hash='607d5fa70cc8c22d7870ae5d79b8dc62a4fe591c', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_moves_site_faea3', table='catalogue_level', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='level',
                    trigger=pgtrigger.compiler.Trigger(name='keeps_published', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF EXISTS (\n                    SELECT FROM catalogue_framework WHERE id = OLD.framework_id AND published_at IS NOT NULL\n                ) THEN\n                    RAISE EXCEPTION 'This was public once and others may point to it: keep it.'\n                    USING ERRCODE = 'restrict_violation',\n                        CONSTRAINT = TG_TABLE_NAME || '_keeps_published';\n                END IF;\n                RETURN OLD;\n            ", hash='aceed22845afe0b8ca353e6300dfa7857a824644', operation='DELETE', pgid='pgtrigger_keeps_published_354b2', table='catalogue_level', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='level',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_levelevent" ("code", "description", "framework_id", "i18n", "id", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "proficiency", "title", "uid") VALUES (NEW."code", NEW."description", NEW."framework_id", NEW."i18n", NEW."id", NEW."parent_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."proficiency", NEW."title", NEW."uid"); RETURN NULL;', hash='01a87dc8e4e980eef0ff513ab4f70f478e5376b9', operation='INSERT', pgid='pgtrigger_insert_insert_a02dd', table='catalogue_level', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='level',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalogue_levelevent" ("code", "description", "framework_id", "i18n", "id", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "proficiency", "title", "uid") VALUES (NEW."code", NEW."description", NEW."framework_id", NEW."i18n", NEW."id", NEW."parent_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."proficiency", NEW."title", NEW."uid"); RETURN NULL;', hash='c174586be8c522751e6b21ef4c42128f0bd32882', operation='UPDATE', pgid='pgtrigger_update_update_56054', table='catalogue_level', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='level',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_levelevent" ("code", "description", "framework_id", "i18n", "id", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "proficiency", "title", "uid") VALUES (OLD."code", OLD."description", OLD."framework_id", OLD."i18n", OLD."id", OLD."parent_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."proficiency", OLD."title", OLD."uid"); RETURN NULL;', hash='8f4034b6ff408df91fe480e4ff6f9824d5256a98', operation='DELETE', pgid='pgtrigger_delete_delete_1e19c', table='catalogue_level', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='levelevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='61113f9483da0fcc76fd8c0ff4e20da0c818a911', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_be395', table='catalogue_levelevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='linkhealth',
                    trigger=pgtrigger.compiler.Trigger(name='moves_site', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    IF OLD.state IS DISTINCT FROM NEW.state THEN\n                        INSERT INTO catalogue_sitemove (transaction)\n                        VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;\n                    END IF;\n                    RETURN NULL;\n                ', hash='b06ae76ec29b92d84baa8101b2c1086b6c0aa37d', operation='INSERT OR UPDATE', pgid='pgtrigger_moves_site_37009', table='catalogue_linkhealth', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='organisationevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0198b30aea5e854e9bb99f0a396957cdf8d61dab', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ab3a6', table='catalogue_organisationevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='questionevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a040c0c806c004d4213ed775c1cad9d1c0993494', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_72c30', table='catalogue_questionevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='resourcecompetence',
                    trigger=pgtrigger.compiler.Trigger(name='moves_site', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        INSERT INTO catalogue_sitemove (transaction)\n        VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;\n        RETURN NULL;\n    ', hash='48935438b958651e1f3f6fbad1b17d246803b4fe', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_moves_site_dfda8', table='catalogue_resourcecompetence', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='resourcecompetence',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_resourcecompetenceevent" ("competence_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proficiency", "resource_id", "source") VALUES (NEW."competence_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proficiency", NEW."resource_id", NEW."source"); RETURN NULL;', hash='fff35e59dacdcca1bef8dc5a8c40098a8d823c6c', operation='INSERT', pgid='pgtrigger_insert_insert_c8f09', table='catalogue_resourcecompetence', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='resourcecompetence',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalogue_resourcecompetenceevent" ("competence_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proficiency", "resource_id", "source") VALUES (NEW."competence_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proficiency", NEW."resource_id", NEW."source"); RETURN NULL;', hash='e3d42ad1daebdc36fa08b0faa2c05cd15c7809b4', operation='UPDATE', pgid='pgtrigger_update_update_2aa2a', table='catalogue_resourcecompetence', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='resourcecompetence',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_resourcecompetenceevent" ("competence_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proficiency", "resource_id", "source") VALUES (OLD."competence_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."proficiency", OLD."resource_id", OLD."source"); RETURN NULL;', hash='fd134dbfbee11d238f6577459abcb2d2e0e32504', operation='DELETE', pgid='pgtrigger_delete_delete_56df8', table='catalogue_resourcecompetence', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='resourcecompetenceevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4c0e670f33befe3e2504165580dea4ff2abf2564', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_26ba2', table='catalogue_resourcecompetenceevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='resourceevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4ef153604909e55c76999eaeafa9343e1c966dc2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7fb11', table='catalogue_resourceevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='roleevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='56fbf48a7e18c24266b59a2e48db7a0db514246c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_21357', table='catalogue_roleevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='roleskillevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0126e007323abd5d5318df88100fe14575f046fc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b3b0f', table='catalogue_roleskillevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='roleskill',
                    trigger=pgtrigger.compiler.Trigger(name='moves_site', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        INSERT INTO catalogue_sitemove (transaction)\n        VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;\n        RETURN NULL;\n    ', hash='c7229bb8104f3315810fe1351bd27d180f832d90', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_moves_site_bbed4', table='catalogue_roleskill', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='roleskill',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_roleskillevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "proficiency", "role_id", "skill_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."proficiency", NEW."role_id", NEW."skill_id"); RETURN NULL;', hash='3b5ead3a63f69e55aec72b8beb3189dab09a8e16', operation='INSERT', pgid='pgtrigger_insert_insert_f02fb', table='catalogue_roleskill', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='roleskill',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalogue_roleskillevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "proficiency", "role_id", "skill_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."proficiency", NEW."role_id", NEW."skill_id"); RETURN NULL;', hash='d82427aff9afa84eac094d8492de59df94710e5f', operation='UPDATE', pgid='pgtrigger_update_update_01442', table='catalogue_roleskill', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='roleskill',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_roleskillevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "proficiency", "role_id", "skill_id") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."proficiency", OLD."role_id", OLD."skill_id"); RETURN NULL;', hash='c0d89b92a7b99d366878525c53ffbe15940deef2', operation='DELETE', pgid='pgtrigger_delete_delete_31565', table='catalogue_roleskill', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='role',
                    trigger=pgtrigger.compiler.Trigger(name='moves_site', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        INSERT INTO catalogue_sitemove (transaction)\n        VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;\n        RETURN NULL;\n    ', hash='56a86b9e08e5b057a667661b257c6087fe59386b', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_moves_site_c6c67', table='catalogue_role', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='role',
                    trigger=pgtrigger.compiler.Trigger(name='keeps_published', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."published_at" IS NOT NULL)', func="\n        IF TG_OP = 'DELETE' OR NEW.published_at IS NULL OR NEW.uid <> OLD.uid THEN\n            RAISE EXCEPTION 'This was public once: withdraw it, so that its address can say why.'\n            USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_TABLE_NAME || '_keeps_published';\n        END IF;\n        RETURN NEW;\n    ", hash='443f96896f706cf6faa67f2c1adbbfd3399d2946', operation='DELETE OR UPDATE OF "published_at", "uid"', pgid='pgtrigger_keeps_published_578d0', table='catalogue_role', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='role',
                    trigger=pgtrigger.compiler.Trigger(name='keeps_address', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."published_at" IS NOT NULL AND OLD."slug" IS DISTINCT FROM (NEW."slug"))', func='\n        DELETE FROM catalogue_formeraddress WHERE kind = TG_TABLE_NAME AND slug = NEW.slug;\n        INSERT INTO catalogue_formeraddress (kind, slug, uid, created)\n        VALUES (TG_TABLE_NAME, OLD.slug, OLD.uid, now())\n        ON CONFLICT (kind, slug) DO UPDATE SET uid = EXCLUDED.uid;\n        RETURN NULL;\n    ', hash='9d0579e0c949ce034ef505a8c275d445b0c55773', operation='UPDATE OF "slug"', pgid='pgtrigger_keeps_address_adfda', table='catalogue_role', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='role',
                    trigger=pgtrigger.compiler.Trigger(name='avoids_former_address', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF EXISTS (\n            SELECT FROM catalogue_formeraddress\n            WHERE kind = TG_TABLE_NAME AND slug = NEW.slug AND uid <> NEW.uid\n        ) THEN\n            RAISE EXCEPTION 'The address % was another’s once and still leads there.', NEW.slug\n            USING ERRCODE = 'unique_violation', CONSTRAINT = TG_TABLE_NAME || '_former_address';\n        END IF;\n        RETURN NULL;\n    ", hash='2cf5557793e02d193b7ba3d362e9636da0e2c83f', operation='INSERT OR UPDATE OF "slug"', pgid='pgtrigger_avoids_former_address_a8c41', table='catalogue_role', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='role',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_roleevent" ("created", "description", "i18n", "id", "is_volunteer", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "replaced_by", "sectors", "slug", "status", "summary", "title", "uid", "withdrawn_at", "withdrawn_reason") VALUES (NEW."created", NEW."description", NEW."i18n", NEW."id", NEW."is_volunteer", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_at", NEW."replaced_by", NEW."sectors", NEW."slug", NEW."status", NEW."summary", NEW."title", NEW."uid", NEW."withdrawn_at", NEW."withdrawn_reason"); RETURN NULL;', hash='c4cd5c68b0e78ccea9c63e860b7767ecd5cad7d7', operation='INSERT', pgid='pgtrigger_insert_insert_9cd14', table='catalogue_role', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='role',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created" IS DISTINCT FROM (NEW."created") OR OLD."description" IS DISTINCT FROM (NEW."description") OR OLD."i18n" IS DISTINCT FROM (NEW."i18n") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_volunteer" IS DISTINCT FROM (NEW."is_volunteer") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."replaced_by" IS DISTINCT FROM (NEW."replaced_by") OR OLD."sectors" IS DISTINCT FROM (NEW."sectors") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."summary" IS DISTINCT FROM (NEW."summary") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."uid" IS DISTINCT FROM (NEW."uid") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at") OR OLD."withdrawn_reason" IS DISTINCT FROM (NEW."withdrawn_reason"))', func='INSERT INTO "catalogue_roleevent" ("created", "description", "i18n", "id", "is_volunteer", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "replaced_by", "sectors", "slug", "status", "summary", "title", "uid", "withdrawn_at", "withdrawn_reason") VALUES (NEW."created", NEW."description", NEW."i18n", NEW."id", NEW."is_volunteer", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_at", NEW."replaced_by", NEW."sectors", NEW."slug", NEW."status", NEW."summary", NEW."title", NEW."uid", NEW."withdrawn_at", NEW."withdrawn_reason"); RETURN NULL;', hash='fb63bf4217af67ce86d16c1ee7879d6adf6740a3', operation='UPDATE', pgid='pgtrigger_update_update_83059', table='catalogue_role', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='role',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_roleevent" ("created", "description", "i18n", "id", "is_volunteer", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "replaced_by", "sectors", "slug", "status", "summary", "title", "uid", "withdrawn_at", "withdrawn_reason") VALUES (OLD."created", OLD."description", OLD."i18n", OLD."id", OLD."is_volunteer", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_at", OLD."replaced_by", OLD."sectors", OLD."slug", OLD."status", OLD."summary", OLD."title", OLD."uid", OLD."withdrawn_at", OLD."withdrawn_reason"); RETURN NULL;', hash='1999904d9fb4dbe57bc601027fbce4d7b6e639b1', operation='DELETE', pgid='pgtrigger_delete_delete_6b716', table='catalogue_role', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='resourceskillevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='13b7e71139be2eaf24215e7307234ec5f2b93bf3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c6087', table='catalogue_resourceskillevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='resourceskill',
                    trigger=pgtrigger.compiler.Trigger(name='moves_site', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        INSERT INTO catalogue_sitemove (transaction)\n        VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;\n        RETURN NULL;\n    ', hash='89a2096944babb51c73d75335059036de0b79d6c', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_moves_site_8a101', table='catalogue_resourceskill', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='resourceskill',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_resourceskillevent" ("id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proficiency", "resource_id", "skill_id") VALUES (NEW."id", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proficiency", NEW."resource_id", NEW."skill_id"); RETURN NULL;', hash='18b55eb7a921383a33b20b3177195bf2fcf960c6', operation='INSERT', pgid='pgtrigger_insert_insert_00ecb', table='catalogue_resourceskill', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='resourceskill',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalogue_resourceskillevent" ("id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proficiency", "resource_id", "skill_id") VALUES (NEW."id", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proficiency", NEW."resource_id", NEW."skill_id"); RETURN NULL;', hash='fa2f6e5ece0f250c332a38795fe0d2ca8b525a90', operation='UPDATE', pgid='pgtrigger_update_update_543ea', table='catalogue_resourceskill', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='resourceskill',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_resourceskillevent" ("id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proficiency", "resource_id", "skill_id") VALUES (OLD."id", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."proficiency", OLD."resource_id", OLD."skill_id"); RETURN NULL;', hash='f0bf58c94f177ae6071430eefca051b54a513f95', operation='DELETE', pgid='pgtrigger_delete_delete_38586', table='catalogue_resourceskill', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='question',
                    trigger=pgtrigger.compiler.Trigger(name='moves_site', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        INSERT INTO catalogue_sitemove (transaction)\n        VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;\n        RETURN NULL;\n    ', hash='f5247dac529d4455bcf01af80baaf7e4594910e2', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_moves_site_4b3ca', table='catalogue_question', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='question',
                    trigger=pgtrigger.compiler.Trigger(name='keeps_published', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."published_at" IS NOT NULL)', func="\n        IF TG_OP = 'DELETE' OR NEW.published_at IS NULL OR NEW.uid <> OLD.uid THEN\n            RAISE EXCEPTION 'This was public once: withdraw it, so that its address can say why.'\n            USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_TABLE_NAME || '_keeps_published';\n        END IF;\n        RETURN NEW;\n    ", hash='2603489cc8f501359f887f663baf3f85cac71fe4', operation='DELETE OR UPDATE OF "published_at", "uid"', pgid='pgtrigger_keeps_published_38695', table='catalogue_question', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='question',
                    trigger=pgtrigger.compiler.Trigger(name='keeps_address', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."published_at" IS NOT NULL AND OLD."slug" IS DISTINCT FROM (NEW."slug"))', func='\n        DELETE FROM catalogue_formeraddress WHERE kind = TG_TABLE_NAME AND slug = NEW.slug;\n        INSERT INTO catalogue_formeraddress (kind, slug, uid, created)\n        VALUES (TG_TABLE_NAME, OLD.slug, OLD.uid, now())\n        ON CONFLICT (kind, slug) DO UPDATE SET uid = EXCLUDED.uid;\n        RETURN NULL;\n    ', hash='ed68084d293cbf3045f51370a444e7f1aaa3bc29', operation='UPDATE OF "slug"', pgid='pgtrigger_keeps_address_bed20', table='catalogue_question', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='question',
                    trigger=pgtrigger.compiler.Trigger(name='avoids_former_address', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF EXISTS (\n            SELECT FROM catalogue_formeraddress\n            WHERE kind = TG_TABLE_NAME AND slug = NEW.slug AND uid <> NEW.uid\n        ) THEN\n            RAISE EXCEPTION 'The address % was another’s once and still leads there.', NEW.slug\n            USING ERRCODE = 'unique_violation', CONSTRAINT = TG_TABLE_NAME || '_former_address';\n        END IF;\n        RETURN NULL;\n    ", hash='fc0942fdfc0af4456d3eb3ad629cbf3e5d4afbec', operation='INSERT OR UPDATE OF "slug"', pgid='pgtrigger_avoids_former_address_c23e4', table='catalogue_question', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='question',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_questionevent" ("answer", "created", "i18n", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "published_at", "replaced_by", "slug", "status", "title", "uid", "withdrawn_at", "withdrawn_reason") VALUES (NEW."answer", NEW."created", NEW."i18n", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."published_at", NEW."replaced_by", NEW."slug", NEW."status", NEW."title", NEW."uid", NEW."withdrawn_at", NEW."withdrawn_reason"); RETURN NULL;', hash='0f1a63b0461f02e159de0e4673daf3526e1f0fb4', operation='INSERT', pgid='pgtrigger_insert_insert_0e300', table='catalogue_question', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='question',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."answer" IS DISTINCT FROM (NEW."answer") OR OLD."created" IS DISTINCT FROM (NEW."created") OR OLD."i18n" IS DISTINCT FROM (NEW."i18n") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."position" IS DISTINCT FROM (NEW."position") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."replaced_by" IS DISTINCT FROM (NEW."replaced_by") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."uid" IS DISTINCT FROM (NEW."uid") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at") OR OLD."withdrawn_reason" IS DISTINCT FROM (NEW."withdrawn_reason"))', func='INSERT INTO "catalogue_questionevent" ("answer", "created", "i18n", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "published_at", "replaced_by", "slug", "status", "title", "uid", "withdrawn_at", "withdrawn_reason") VALUES (NEW."answer", NEW."created", NEW."i18n", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."published_at", NEW."replaced_by", NEW."slug", NEW."status", NEW."title", NEW."uid", NEW."withdrawn_at", NEW."withdrawn_reason"); RETURN NULL;', hash='23294d3df53a6157c9b74dcfd1a7d3d38e301eb2', operation='UPDATE', pgid='pgtrigger_update_update_d537c', table='catalogue_question', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='question',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_questionevent" ("answer", "created", "i18n", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "published_at", "replaced_by", "slug", "status", "title", "uid", "withdrawn_at", "withdrawn_reason") VALUES (OLD."answer", OLD."created", OLD."i18n", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."published_at", OLD."replaced_by", OLD."slug", OLD."status", OLD."title", OLD."uid", OLD."withdrawn_at", OLD."withdrawn_reason"); RETURN NULL;', hash='c356cae54463f7ca08c4e6800536802856b3dba5', operation='DELETE', pgid='pgtrigger_delete_delete_8dba1', table='catalogue_question', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='skillcompetence',
                    trigger=pgtrigger.compiler.Trigger(name='moves_site', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        INSERT INTO catalogue_sitemove (transaction)\n        VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;\n        RETURN NULL;\n    ', hash='c0c1d582775a707ce9e30fb1604320669e0049c9', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_moves_site_64b67', table='catalogue_skillcompetence', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='skillcompetence',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_skillcompetenceevent" ("competence_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "skill_id") VALUES (NEW."competence_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."skill_id"); RETURN NULL;', hash='421adf8ad6f04fca54e7a93286bf626ebca56e2b', operation='INSERT', pgid='pgtrigger_insert_insert_92926', table='catalogue_skillcompetence', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='skillcompetence',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalogue_skillcompetenceevent" ("competence_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "skill_id") VALUES (NEW."competence_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."skill_id"); RETURN NULL;', hash='da8c4a4b0fd2e3643b2569563896d4db9105871e', operation='UPDATE', pgid='pgtrigger_update_update_0c361', table='catalogue_skillcompetence', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='skillcompetence',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_skillcompetenceevent" ("competence_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "skill_id") VALUES (OLD."competence_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."skill_id"); RETURN NULL;', hash='e545b8102d8667028456fb8806672cb663cc777e', operation='DELETE', pgid='pgtrigger_delete_delete_fb880', table='catalogue_skillcompetence', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='skill',
                    trigger=pgtrigger.compiler.Trigger(name='moves_site', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        INSERT INTO catalogue_sitemove (transaction)\n        VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;\n        RETURN NULL;\n    ', hash='b5b6a007ccc6b9af2cf7ee41f66aca72f385ee17', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_moves_site_a5c8b', table='catalogue_skill', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='skill',
                    trigger=pgtrigger.compiler.Trigger(name='keeps_published', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."published_at" IS NOT NULL)', func="\n        IF TG_OP = 'DELETE' OR NEW.published_at IS NULL OR NEW.uid <> OLD.uid THEN\n            RAISE EXCEPTION 'This was public once: withdraw it, so that its address can say why.'\n            USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_TABLE_NAME || '_keeps_published';\n        END IF;\n        RETURN NEW;\n    ", hash='ae936ed4f338a99186f029ea1282ddd555e49936', operation='DELETE OR UPDATE OF "published_at", "uid"', pgid='pgtrigger_keeps_published_0bf7f', table='catalogue_skill', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='skill',
                    trigger=pgtrigger.compiler.Trigger(name='keeps_address', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."published_at" IS NOT NULL AND OLD."slug" IS DISTINCT FROM (NEW."slug"))', func='\n        DELETE FROM catalogue_formeraddress WHERE kind = TG_TABLE_NAME AND slug = NEW.slug;\n        INSERT INTO catalogue_formeraddress (kind, slug, uid, created)\n        VALUES (TG_TABLE_NAME, OLD.slug, OLD.uid, now())\n        ON CONFLICT (kind, slug) DO UPDATE SET uid = EXCLUDED.uid;\n        RETURN NULL;\n    ', hash='b6fc6582a01d77821bb578ad150749ba5c3ec03c', operation='UPDATE OF "slug"', pgid='pgtrigger_keeps_address_1f5ce', table='catalogue_skill', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='skill',
                    trigger=pgtrigger.compiler.Trigger(name='avoids_former_address', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF EXISTS (\n            SELECT FROM catalogue_formeraddress\n            WHERE kind = TG_TABLE_NAME AND slug = NEW.slug AND uid <> NEW.uid\n        ) THEN\n            RAISE EXCEPTION 'The address % was another’s once and still leads there.', NEW.slug\n            USING ERRCODE = 'unique_violation', CONSTRAINT = TG_TABLE_NAME || '_former_address';\n        END IF;\n        RETURN NULL;\n    ", hash='41543d2a4780cca767a795432f3a35bd4d408c78', operation='INSERT OR UPDATE OF "slug"', pgid='pgtrigger_avoids_former_address_32907', table='catalogue_skill', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='skill',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_skillevent" ("created", "description", "i18n", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "replaced_by", "slug", "status", "summary", "synonyms", "title", "uid", "withdrawn_at", "withdrawn_reason") VALUES (NEW."created", NEW."description", NEW."i18n", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_at", NEW."replaced_by", NEW."slug", NEW."status", NEW."summary", NEW."synonyms", NEW."title", NEW."uid", NEW."withdrawn_at", NEW."withdrawn_reason"); RETURN NULL;', hash='f278befdc772334f945d8c89cbf65de59b47c3f6', operation='INSERT', pgid='pgtrigger_insert_insert_89249', table='catalogue_skill', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='skill',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created" IS DISTINCT FROM (NEW."created") OR OLD."description" IS DISTINCT FROM (NEW."description") OR OLD."i18n" IS DISTINCT FROM (NEW."i18n") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."replaced_by" IS DISTINCT FROM (NEW."replaced_by") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."summary" IS DISTINCT FROM (NEW."summary") OR OLD."synonyms" IS DISTINCT FROM (NEW."synonyms") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."uid" IS DISTINCT FROM (NEW."uid") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at") OR OLD."withdrawn_reason" IS DISTINCT FROM (NEW."withdrawn_reason"))', func='INSERT INTO "catalogue_skillevent" ("created", "description", "i18n", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "replaced_by", "slug", "status", "summary", "synonyms", "title", "uid", "withdrawn_at", "withdrawn_reason") VALUES (NEW."created", NEW."description", NEW."i18n", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_at", NEW."replaced_by", NEW."slug", NEW."status", NEW."summary", NEW."synonyms", NEW."title", NEW."uid", NEW."withdrawn_at", NEW."withdrawn_reason"); RETURN NULL;', hash='6d752955125c58bb09e11d005b3daa53ad51353f', operation='UPDATE', pgid='pgtrigger_update_update_70e91', table='catalogue_skill', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='skill',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_skillevent" ("created", "description", "i18n", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "replaced_by", "slug", "status", "summary", "synonyms", "title", "uid", "withdrawn_at", "withdrawn_reason") VALUES (OLD."created", OLD."description", OLD."i18n", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_at", OLD."replaced_by", OLD."slug", OLD."status", OLD."summary", OLD."synonyms", OLD."title", OLD."uid", OLD."withdrawn_at", OLD."withdrawn_reason"); RETURN NULL;', hash='93a70d6656ae6a9506551c594e7bddd652c8156e', operation='DELETE', pgid='pgtrigger_delete_delete_ce3a6', table='catalogue_skill', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='skillcompetenceevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='77640667215eb6d12f81ae4d74939c66d50e9f49', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_48218', table='catalogue_skillcompetenceevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='skillevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e85c055ead386de433690a8e2fae80502f4e8dc1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_50591', table='catalogue_skillevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='skillstatement',
                    trigger=pgtrigger.compiler.Trigger(name='moves_site', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        INSERT INTO catalogue_sitemove (transaction)\n        VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;\n        RETURN NULL;\n    ', hash='4e29d4def6a4d7994bcc6142c8b382343f6c84ff', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_moves_site_b5de9', table='catalogue_skillstatement', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='skillstatement',
                    trigger=pgtrigger.compiler.Trigger(name='keeps_published', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF EXISTS (\n                    SELECT FROM catalogue_skill WHERE id = OLD.skill_id AND published_at IS NOT NULL\n                ) THEN\n                    RAISE EXCEPTION 'This was public once and others may point to it: keep it.'\n                    USING ERRCODE = 'restrict_violation',\n                        CONSTRAINT = TG_TABLE_NAME || '_keeps_published';\n                END IF;\n                RETURN OLD;\n            ", hash='e13f25dfcbb17f19e1ddf2fb00b104c6cbf5ff36', operation='DELETE', pgid='pgtrigger_keeps_published_ad8bd', table='catalogue_skillstatement', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='skillstatement',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_skillstatementevent" ("i18n", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proficiency", "skill_id", "text", "uid") VALUES (NEW."i18n", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proficiency", NEW."skill_id", NEW."text", NEW."uid"); RETURN NULL;', hash='16796b46d32271fb024a58d3d0c177b37dd62552', operation='INSERT', pgid='pgtrigger_insert_insert_e6076', table='catalogue_skillstatement', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='skillstatement',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalogue_skillstatementevent" ("i18n", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proficiency", "skill_id", "text", "uid") VALUES (NEW."i18n", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proficiency", NEW."skill_id", NEW."text", NEW."uid"); RETURN NULL;', hash='d2f21c357b66eae86a59c5ac5b18425c3760c68a', operation='UPDATE', pgid='pgtrigger_update_update_dd30d', table='catalogue_skillstatement', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='skillstatement',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_skillstatementevent" ("i18n", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proficiency", "skill_id", "text", "uid") VALUES (OLD."i18n", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."proficiency", OLD."skill_id", OLD."text", OLD."uid"); RETURN NULL;', hash='ebfecf1dce0c01d719943dc100604b0966bf20c0', operation='DELETE', pgid='pgtrigger_delete_delete_dbac0', table='catalogue_skillstatement', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='skillstatementevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='78b8d47716de1d7d32480fb6556835b59f9bb9c8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_65cd2', table='catalogue_skillstatementevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='statement',
                    trigger=pgtrigger.compiler.Trigger(name='moves_site', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        INSERT INTO catalogue_sitemove (transaction)\n        VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;\n        RETURN NULL;\n    ', hash='e99db52c52f256398c632526478fde5669de0873', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_moves_site_e8d4b', table='catalogue_statement', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='statement',
                    trigger=pgtrigger.compiler.Trigger(name='keeps_published', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF EXISTS (\n                    SELECT FROM catalogue_framework WHERE id = (SELECT framework_id FROM catalogue_competence WHERE id = OLD.competence_id) AND published_at IS NOT NULL\n                ) THEN\n                    RAISE EXCEPTION 'This was public once and others may point to it: keep it.'\n                    USING ERRCODE = 'restrict_violation',\n                        CONSTRAINT = TG_TABLE_NAME || '_keeps_published';\n                END IF;\n                RETURN OLD;\n            ", hash='6bdc056685f042a6b07525e2cd9230fa3e561f7c', operation='DELETE', pgid='pgtrigger_keeps_published_46dbe', table='catalogue_statement', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='statement',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_statementevent" ("ai_label", "code", "competence_id", "facet", "i18n", "id", "kind", "level_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "text", "uid") VALUES (NEW."ai_label", NEW."code", NEW."competence_id", NEW."facet", NEW."i18n", NEW."id", NEW."kind", NEW."level_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."text", NEW."uid"); RETURN NULL;', hash='feeda9dfd5c9c27c2a036a2d377a05a689ee7f95', operation='INSERT', pgid='pgtrigger_insert_insert_97b4f', table='catalogue_statement', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='statement',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalogue_statementevent" ("ai_label", "code", "competence_id", "facet", "i18n", "id", "kind", "level_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "text", "uid") VALUES (NEW."ai_label", NEW."code", NEW."competence_id", NEW."facet", NEW."i18n", NEW."id", NEW."kind", NEW."level_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."text", NEW."uid"); RETURN NULL;', hash='26d8eb3c869a35652ae9f637f7c5e619d1836e0a', operation='UPDATE', pgid='pgtrigger_update_update_a9c2b', table='catalogue_statement', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='statement',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_statementevent" ("ai_label", "code", "competence_id", "facet", "i18n", "id", "kind", "level_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "text", "uid") VALUES (OLD."ai_label", OLD."code", OLD."competence_id", OLD."facet", OLD."i18n", OLD."id", OLD."kind", OLD."level_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."text", OLD."uid"); RETURN NULL;', hash='9bcf68df3f2b735a44a92eec187c2e1c898a4faf', operation='DELETE', pgid='pgtrigger_delete_delete_16802', table='catalogue_statement', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='statementevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='56eeacbd81dbbc0b3f63ba85c57bb730e40d3641', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_411e5', table='catalogue_statementevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='resourcetagevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='262900854c6d4d6961ff7d5c74d0946bd36b3f10', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_37146', table='catalogue_resourcetagevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='resourcetag',
                    trigger=pgtrigger.compiler.Trigger(name='moves_site', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        INSERT INTO catalogue_sitemove (transaction)\n        VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;\n        RETURN NULL;\n    ', hash='8072f693100e83b960084ede063b2a73f3379ac4', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_moves_site_53513', table='catalogue_resourcetag', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='resourcetag',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_resourcetagevent" ("content_object_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tag_id") VALUES (NEW."content_object_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."tag_id"); RETURN NULL;', hash='7a321c829cd70614a385500b6423a7d9a9589ab9', operation='INSERT', pgid='pgtrigger_insert_insert_73ffe', table='catalogue_resourcetag', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='resourcetag',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalogue_resourcetagevent" ("content_object_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tag_id") VALUES (NEW."content_object_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."tag_id"); RETURN NULL;', hash='60b0c903611c5a63b3bc83daf717d633dafa0a39', operation='UPDATE', pgid='pgtrigger_update_update_8fb62', table='catalogue_resourcetag', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='resourcetag',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_resourcetagevent" ("content_object_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tag_id") VALUES (OLD."content_object_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."tag_id"); RETURN NULL;', hash='f84dc7827bf9b5a148f4ee334a074b4da658877f', operation='DELETE', pgid='pgtrigger_delete_delete_8ee9b', table='catalogue_resourcetag', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='resource',
                    trigger=pgtrigger.compiler.Trigger(name='moves_site', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        INSERT INTO catalogue_sitemove (transaction)\n        VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;\n        RETURN NULL;\n    ', hash='7c2a4a090875a46877bc38945c9ee36dc11e2fad', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_moves_site_82415', table='catalogue_resource', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='resource',
                    trigger=pgtrigger.compiler.Trigger(name='keeps_published', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."published_at" IS NOT NULL)', func="\n        IF TG_OP = 'DELETE' OR NEW.published_at IS NULL OR NEW.uid <> OLD.uid THEN\n            RAISE EXCEPTION 'This was public once: withdraw it, so that its address can say why.'\n            USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_TABLE_NAME || '_keeps_published';\n        END IF;\n        RETURN NEW;\n    ", hash='5eea0083b1dce42844c910ec2bc653f4c8cb230f', operation='DELETE OR UPDATE OF "published_at", "uid"', pgid='pgtrigger_keeps_published_96340', table='catalogue_resource', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='resource',
                    trigger=pgtrigger.compiler.Trigger(name='keeps_address', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."published_at" IS NOT NULL AND OLD."slug" IS DISTINCT FROM (NEW."slug"))', func='\n        DELETE FROM catalogue_formeraddress WHERE kind = TG_TABLE_NAME AND slug = NEW.slug;\n        INSERT INTO catalogue_formeraddress (kind, slug, uid, created)\n        VALUES (TG_TABLE_NAME, OLD.slug, OLD.uid, now())\n        ON CONFLICT (kind, slug) DO UPDATE SET uid = EXCLUDED.uid;\n        RETURN NULL;\n    ', hash='6b5e4691661430efd96722e36789e796e1a25382', operation='UPDATE OF "slug"', pgid='pgtrigger_keeps_address_2a3ca', table='catalogue_resource', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='resource',
                    trigger=pgtrigger.compiler.Trigger(name='avoids_former_address', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF EXISTS (\n            SELECT FROM catalogue_formeraddress\n            WHERE kind = TG_TABLE_NAME AND slug = NEW.slug AND uid <> NEW.uid\n        ) THEN\n            RAISE EXCEPTION 'The address % was another’s once and still leads there.', NEW.slug\n            USING ERRCODE = 'unique_violation', CONSTRAINT = TG_TABLE_NAME || '_former_address';\n        END IF;\n        RETURN NULL;\n    ", hash='b9fff4496e45ded7bcbf99ea456014e3efdaaad7', operation='INSERT OR UPDATE OF "slug"', pgid='pgtrigger_avoids_former_address_429a6', table='catalogue_resource', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='resource',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_resourceevent" ("access", "authors", "canonical_url", "cost", "created", "date_published", "description", "description_language", "description_source", "duration_minutes", "duration_source", "id", "languages", "licence", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proficiency", "provider_id", "published_at", "replaced_by", "resource_type", "reviewed_at", "slug", "status", "title", "uid", "url", "withdrawn_at", "withdrawn_reason") VALUES (NEW."access", NEW."authors", NEW."canonical_url", NEW."cost", NEW."created", NEW."date_published", NEW."description", NEW."description_language", NEW."description_source", NEW."duration_minutes", NEW."duration_source", NEW."id", NEW."languages", NEW."licence", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proficiency", NEW."provider_id", NEW."published_at", NEW."replaced_by", NEW."resource_type", NEW."reviewed_at", NEW."slug", NEW."status", NEW."title", NEW."uid", NEW."url", NEW."withdrawn_at", NEW."withdrawn_reason"); RETURN NULL;', hash='2d6004e0329e2e4968326b6bf3499e8f6f96484c', operation='INSERT', pgid='pgtrigger_insert_insert_7ba91', table='catalogue_resource', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='resource',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."access" IS DISTINCT FROM (NEW."access") OR OLD."authors" IS DISTINCT FROM (NEW."authors") OR OLD."canonical_url" IS DISTINCT FROM (NEW."canonical_url") OR OLD."cost" IS DISTINCT FROM (NEW."cost") OR OLD."created" IS DISTINCT FROM (NEW."created") OR OLD."date_published" IS DISTINCT FROM (NEW."date_published") OR OLD."description" IS DISTINCT FROM (NEW."description") OR OLD."description_language" IS DISTINCT FROM (NEW."description_language") OR OLD."description_source" IS DISTINCT FROM (NEW."description_source") OR OLD."duration_minutes" IS DISTINCT FROM (NEW."duration_minutes") OR OLD."duration_source" IS DISTINCT FROM (NEW."duration_source") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."languages" IS DISTINCT FROM (NEW."languages") OR OLD."licence" IS DISTINCT FROM (NEW."licence") OR OLD."proficiency" IS DISTINCT FROM (NEW."proficiency") OR OLD."provider_id" IS DISTINCT FROM (NEW."provider_id") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."replaced_by" IS DISTINCT FROM (NEW."replaced_by") OR OLD."resource_type" IS DISTINCT FROM (NEW."resource_type") OR OLD."reviewed_at" IS DISTINCT FROM (NEW."reviewed_at") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."uid" IS DISTINCT FROM (NEW."uid") OR OLD."url" IS DISTINCT FROM (NEW."url") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at") OR OLD."withdrawn_reason" IS DISTINCT FROM (NEW."withdrawn_reason"))', func='INSERT INTO "catalogue_resourceevent" ("access", "authors", "canonical_url", "cost", "created", "date_published", "description", "description_language", "description_source", "duration_minutes", "duration_source", "id", "languages", "licence", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proficiency", "provider_id", "published_at", "replaced_by", "resource_type", "reviewed_at", "slug", "status", "title", "uid", "url", "withdrawn_at", "withdrawn_reason") VALUES (NEW."access", NEW."authors", NEW."canonical_url", NEW."cost", NEW."created", NEW."date_published", NEW."description", NEW."description_language", NEW."description_source", NEW."duration_minutes", NEW."duration_source", NEW."id", NEW."languages", NEW."licence", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proficiency", NEW."provider_id", NEW."published_at", NEW."replaced_by", NEW."resource_type", NEW."reviewed_at", NEW."slug", NEW."status", NEW."title", NEW."uid", NEW."url", NEW."withdrawn_at", NEW."withdrawn_reason"); RETURN NULL;', hash='8dc1821ff0128397956b106feaf5b8b9613b2be9', operation='UPDATE', pgid='pgtrigger_update_update_aa577', table='catalogue_resource', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='resource',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_resourceevent" ("access", "authors", "canonical_url", "cost", "created", "date_published", "description", "description_language", "description_source", "duration_minutes", "duration_source", "id", "languages", "licence", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proficiency", "provider_id", "published_at", "replaced_by", "resource_type", "reviewed_at", "slug", "status", "title", "uid", "url", "withdrawn_at", "withdrawn_reason") VALUES (OLD."access", OLD."authors", OLD."canonical_url", OLD."cost", OLD."created", OLD."date_published", OLD."description", OLD."description_language", OLD."description_source", OLD."duration_minutes", OLD."duration_source", OLD."id", OLD."languages", OLD."licence", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."proficiency", OLD."provider_id", OLD."published_at", OLD."replaced_by", OLD."resource_type", OLD."reviewed_at", OLD."slug", OLD."status", OLD."title", OLD."uid", OLD."url", OLD."withdrawn_at", OLD."withdrawn_reason"); RETURN NULL;', hash='bcc574da78501e8667737bca6b829b3f8b977ec9', operation='DELETE', pgid='pgtrigger_delete_delete_93913', table='catalogue_resource', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='tagevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4003d4eb5a106edfd46901817a4bbd33f866bee6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8bada', table='catalogue_tagevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='questionresource',
                    trigger=pgtrigger.compiler.Trigger(name='moves_site', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        INSERT INTO catalogue_sitemove (transaction)\n        VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;\n        RETURN NULL;\n    ', hash='ab6e32722cdfefaa4a219b9b74d38959795c99f2', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_moves_site_b17c4', table='catalogue_question_resources', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='questionresource',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_questionresourceevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question_id", "resource_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."question_id", NEW."resource_id"); RETURN NULL;', hash='eed6e54a72bb5cc8a8f05112f944626ac85379c0', operation='INSERT', pgid='pgtrigger_insert_insert_15038', table='catalogue_question_resources', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='questionresource',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalogue_questionresourceevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question_id", "resource_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."question_id", NEW."resource_id"); RETURN NULL;', hash='a6c8dcb720930614cb3ec64404bbfcf2399e88b6', operation='UPDATE', pgid='pgtrigger_update_update_2b56f', table='catalogue_question_resources', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='questionresource',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_questionresourceevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question_id", "resource_id") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."question_id", OLD."resource_id"); RETURN NULL;', hash='40151dfdd44266d65c9c3d9760bc8d77ff5ed27d', operation='DELETE', pgid='pgtrigger_delete_delete_17c74', table='catalogue_question_resources', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='relatedskills',
                    trigger=pgtrigger.compiler.Trigger(name='moves_site', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        INSERT INTO catalogue_sitemove (transaction)\n        VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;\n        RETURN NULL;\n    ', hash='dee7cb38dad410cbba352588dfa168c113912264', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_moves_site_c1427', table='catalogue_skill_related', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='relatedskills',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_relatedskillsevent" ("from_skill_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "to_skill_id") VALUES (NEW."from_skill_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."to_skill_id"); RETURN NULL;', hash='8f149b5f25332dfc397480109a2673083ba721a2', operation='INSERT', pgid='pgtrigger_insert_insert_bfc79', table='catalogue_skill_related', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='relatedskills',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalogue_relatedskillsevent" ("from_skill_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "to_skill_id") VALUES (NEW."from_skill_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."to_skill_id"); RETURN NULL;', hash='aa2d1bc274ebbaff86e06c2b8d97e5f3d6aebb0c', operation='UPDATE', pgid='pgtrigger_update_update_06cd5', table='catalogue_skill_related', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='relatedskills',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_relatedskillsevent" ("from_skill_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "to_skill_id") VALUES (OLD."from_skill_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."to_skill_id"); RETURN NULL;', hash='815ae542eec0b1cfe79eac8f3eae6593c82702de', operation='DELETE', pgid='pgtrigger_delete_delete_44b04', table='catalogue_skill_related', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='questionskill',
                    trigger=pgtrigger.compiler.Trigger(name='moves_site', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        INSERT INTO catalogue_sitemove (transaction)\n        VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;\n        RETURN NULL;\n    ', hash='7b80eb91f777474d69bffa7a21318cf2b613dc25', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_moves_site_b7628', table='catalogue_question_skills', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='questionskill',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_questionskillevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question_id", "skill_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."question_id", NEW."skill_id"); RETURN NULL;', hash='4d42e66aa6128029496a9f260e93de6515787e1e', operation='INSERT', pgid='pgtrigger_insert_insert_2dac9', table='catalogue_question_skills', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='questionskill',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalogue_questionskillevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question_id", "skill_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."question_id", NEW."skill_id"); RETURN NULL;', hash='480bdedb4806f38f9bd952ca7dfd7fa82c34079c', operation='UPDATE', pgid='pgtrigger_update_update_c2e19', table='catalogue_question_skills', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='questionskill',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalogue_questionskillevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question_id", "skill_id") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."question_id", OLD."skill_id"); RETURN NULL;', hash='01a3f496c03e18e2ee859fe17bd8d4ce68d04fdc', operation='DELETE', pgid='pgtrigger_delete_delete_fb2ea', table='catalogue_question_skills', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='questionresourceevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='297f8cfc083f48273de8d3046e464266c83bbbcf', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_abdd1', table='catalogue_questionresourceevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='relatedskillsevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='038f4bca249d0d6ccc2aca2118e05a2de4e46c4e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3e18c', table='catalogue_relatedskillsevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='questionskillevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='20178f324cfc97e543a1b5d30c558a96c657c5fa', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2308c', table='catalogue_questionskillevent', when='BEFORE')),
                ),
            ],
        ),
    ]
