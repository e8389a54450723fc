import catalogue.constraints
import catalogue.languages
import catalogue.operations
import django.db.models.deletion
import modeltrans.fields
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalogue', '0002_decisions_history_triggers'),
        ('curators', '0001_users_and_curators'),
        ('curators', '__first__'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Credit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('author', 'Put together by'), ('contributor', 'With help from'), ('reviewer', 'Reviewed by')], default='author', max_length=11, verbose_name='kind')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='position')),
                ('curator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='credits', to='curators.curator')),
            ],
            options={
                'verbose_name': 'credit',
                'verbose_name_plural': 'credits',
                'ordering': ['pathway', 'position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Maintainer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='maintainer_links', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'maintainer',
                'verbose_name_plural': 'maintainers',
            },
        ),
        migrations.CreateModel(
            name='Pathway',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='permanent identifier')),
                ('slug', models.SlugField(blank=True, help_text='The last part of the page’s address. Left empty, it is made from the title.', max_length=60, unique=True, verbose_name='address')),
                ('sort_key', models.CharField(db_index=True, editable=False, max_length=200)),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('in-review', 'In review'), ('published', 'Published'), ('withdrawn', 'Withdrawn')], db_index=True, default='draft', editable=False, max_length=10, verbose_name='status')),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='first published')),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='withdrawn')),
                ('withdrawn_reason', models.CharField(blank=True, editable=False, max_length=300, verbose_name='why it was withdrawn')),
                ('replaced_by', models.UUIDField(blank=True, editable=False, help_text='The permanent identifier of what takes its place.', null=True, verbose_name='replaced by')),
                ('created', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('modified', models.DateTimeField(auto_now=True, verbose_name='last changed')),
                ('title', models.CharField(help_text='Publishing a revision sets it to the revision’s own title.', max_length=200, verbose_name='working title')),
                ('ordered', models.BooleanField(default=True, help_text='Whether its steps build on one another.', verbose_name='order matters')),
                ('duration_minutes', models.PositiveIntegerField(editable=False, null=True, verbose_name='minutes')),
                ('last_n', models.PositiveIntegerField(default=0, editable=False)),
                ('curators', models.ManyToManyField(related_name='pathways', through='pathways.Credit', to='curators.curator')),
                ('maintainers', models.ManyToManyField(related_name='maintained_pathways', through='pathways.Maintainer', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pathways', to='catalogue.organisation', verbose_name='organisation that answers for it')),
            ],
            options={
                'verbose_name': 'pathway',
                'verbose_name_plural': 'pathways',
                'abstract': False,
                'default_permissions': ('add', 'change', 'delete', 'view', 'publish'),
            },
        ),
        migrations.CreateModel(
            name='MaintainerEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='pathways.maintainer')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pathway', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pathways.pathway')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='maintainer',
            name='pathway',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='maintainer_links', to='pathways.pathway'),
        ),
        migrations.CreateModel(
            name='CreditEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('author', 'Put together by'), ('contributor', 'With help from'), ('reviewer', 'Reviewed by')], default='author', max_length=11, verbose_name='kind')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='position')),
                ('curator', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='curators.curator')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='pathways.credit')),
                ('pathway', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pathways.pathway')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='credit',
            name='pathway',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='credits', to='pathways.pathway'),
        ),
        migrations.CreateModel(
            name='QuestionPathway',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='position')),
                ('pathway', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='question_links', to='pathways.pathway')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pathway_links', to='catalogue.question')),
            ],
            options={
                'verbose_name': 'pathway that answers the question',
                'verbose_name_plural': 'pathways that answer the question',
            },
        ),
        migrations.CreateModel(
            name='QuestionPathwayEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='position')),
                ('pathway', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pathways.pathway')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='pathways.questionpathway')),
                ('question', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.question')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('in-review', 'In review'), ('published', 'Published'), ('withdrawn', 'Withdrawn')], db_index=True, default='draft', max_length=10, verbose_name='status')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('summary', models.CharField(blank=True, help_text='One or two sentences, for cards.', max_length=400, verbose_name='summary')),
                ('introduction', models.TextField(blank=True, help_text='Markdown.', verbose_name='introduction')),
                ('outcomes', models.TextField(blank=True, help_text='What people can do afterwards: one on each line.', verbose_name='outcomes')),
                ('audience', models.TextField(blank=True, verbose_name='who it is for')),
                ('licence', models.CharField(default='CC-BY-4.0', help_text='SPDX identifier.', max_length=60, verbose_name='licence')),
                ('proficiency_from', models.CharField(blank=True, choices=[('basic', 'Basic'), ('intermediate', 'Intermediate'), ('advanced', 'Advanced'), ('expert', 'Expert')], max_length=12, verbose_name='from proficiency')),
                ('proficiency_to', models.CharField(blank=True, choices=[('basic', 'Basic'), ('intermediate', 'Intermediate'), ('advanced', 'Advanced'), ('expert', 'Expert')], help_text='Left empty when it stays at one.', max_length=12, verbose_name='to proficiency')),
                ('change_summary', models.CharField(blank=True, help_text='For readers, in a sentence.', max_length=400, verbose_name='what changed')),
                ('created', models.DateTimeField(auto_now_add=True, verbose_name='started')),
                ('modified', models.DateTimeField(auto_now=True, verbose_name='last changed')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='submitted')),
                ('publish_at', models.DateTimeField(blank=True, help_text='Left empty, it is published at once.', null=True, verbose_name='publish at')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published')),
                ('i18n', modeltrans.fields.TranslationField(fields=('title', 'summary', 'introduction', 'outcomes', 'audience', 'change_summary'), required_languages=(), virtual_fields=True)),
                ('based_on', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='pathways.revision', verbose_name='based on')),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='started by')),
                ('pathway', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='pathways.pathway', verbose_name='pathway')),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='published by')),
            ],
            options={
                'verbose_name': 'revision',
                'verbose_name_plural': 'revisions',
                'default_permissions': ('add', 'change', 'delete', 'view', 'publish'),
            },
            bases=(catalogue.languages.Worded, models.Model),
        ),
        migrations.CreateModel(
            name='PathwayEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='permanent identifier')),
                ('slug', models.SlugField(blank=True, db_index=False, help_text='The last part of the page’s address. Left empty, it is made from the title.', max_length=60, verbose_name='address')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('in-review', 'In review'), ('published', 'Published'), ('withdrawn', 'Withdrawn')], default='draft', editable=False, max_length=10, verbose_name='status')),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='first published')),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='withdrawn')),
                ('withdrawn_reason', models.CharField(blank=True, editable=False, max_length=300, verbose_name='why it was withdrawn')),
                ('replaced_by', models.UUIDField(blank=True, editable=False, help_text='The permanent identifier of what takes its place.', null=True, verbose_name='replaced by')),
                ('created', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('title', models.CharField(help_text='Publishing a revision sets it to the revision’s own title.', max_length=200, verbose_name='working title')),
                ('ordered', models.BooleanField(default=True, help_text='Whether its steps build on one another.', verbose_name='order matters')),
                ('organisation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.organisation', verbose_name='organisation that answers for it')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='pathways.pathway')),
                ('published_revision', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pathways.revision', verbose_name='published revision')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='pathway',
            name='published_revision',
            field=models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pathways.revision', verbose_name='published revision'),
        ),
        migrations.CreateModel(
            name='RevisionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('in-review', 'In review'), ('published', 'Published'), ('withdrawn', 'Withdrawn')], default='draft', max_length=10, verbose_name='status')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('summary', models.CharField(blank=True, help_text='One or two sentences, for cards.', max_length=400, verbose_name='summary')),
                ('introduction', models.TextField(blank=True, help_text='Markdown.', verbose_name='introduction')),
                ('outcomes', models.TextField(blank=True, help_text='What people can do afterwards: one on each line.', verbose_name='outcomes')),
                ('audience', models.TextField(blank=True, verbose_name='who it is for')),
                ('licence', models.CharField(default='CC-BY-4.0', help_text='SPDX identifier.', max_length=60, verbose_name='licence')),
                ('proficiency_from', models.CharField(blank=True, choices=[('basic', 'Basic'), ('intermediate', 'Intermediate'), ('advanced', 'Advanced'), ('expert', 'Expert')], max_length=12, verbose_name='from proficiency')),
                ('proficiency_to', models.CharField(blank=True, choices=[('basic', 'Basic'), ('intermediate', 'Intermediate'), ('advanced', 'Advanced'), ('expert', 'Expert')], help_text='Left empty when it stays at one.', max_length=12, verbose_name='to proficiency')),
                ('change_summary', models.CharField(blank=True, help_text='For readers, in a sentence.', max_length=400, verbose_name='what changed')),
                ('created', models.DateTimeField(auto_now_add=True, verbose_name='started')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='submitted')),
                ('publish_at', models.DateTimeField(blank=True, help_text='Left empty, it is published at once.', null=True, verbose_name='publish at')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published')),
                ('i18n', modeltrans.fields.TranslationField(fields=('title', 'summary', 'introduction', 'outcomes', 'audience', 'change_summary'), required_languages=(), virtual_fields=True)),
                ('based_on', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pathways.revision', verbose_name='based on')),
                ('created_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='started by')),
                ('pathway', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pathways.pathway', verbose_name='pathway')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='pathways.revision')),
                ('published_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='published by')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RevisionRole',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='role_links', to='pathways.revision')),
                ('role', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revision_links', to='catalogue.role')),
            ],
            options={
                'verbose_name': 'role it is for',
                'verbose_name_plural': 'roles it is for',
            },
        ),
        migrations.AddField(
            model_name='revision',
            name='roles',
            field=models.ManyToManyField(related_name='+', through='pathways.RevisionRole', to='catalogue.role'),
        ),
        migrations.CreateModel(
            name='RevisionRoleEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='pathways.revisionrole')),
                ('revision', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pathways.revision')),
                ('role', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.role')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RevisionSkill',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('proficiency', models.CharField(choices=[('basic', 'Basic'), ('intermediate', 'Intermediate'), ('advanced', 'Advanced'), ('expert', 'Expert')], max_length=12, verbose_name='proficiency')),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='skill_links', to='pathways.revision')),
                ('skill', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revision_links', to='catalogue.skill')),
            ],
            options={
                'verbose_name': 'skill practised',
                'verbose_name_plural': 'skills practised',
            },
        ),
        migrations.AddField(
            model_name='revision',
            name='skills',
            field=models.ManyToManyField(related_name='+', through='pathways.RevisionSkill', to='catalogue.skill'),
        ),
        migrations.CreateModel(
            name='RevisionSkillEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('proficiency', models.CharField(choices=[('basic', 'Basic'), ('intermediate', 'Intermediate'), ('advanced', 'Advanced'), ('expert', 'Expert')], max_length=12, verbose_name='proficiency')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='pathways.revisionskill')),
                ('revision', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pathways.revision')),
                ('skill', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.skill')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Stage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False, verbose_name='permanent identifier')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='position')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('introduction', models.TextField(blank=True, help_text='Markdown.', verbose_name='introduction')),
                ('i18n', modeltrans.fields.TranslationField(fields=('title', 'introduction'), required_languages=(), virtual_fields=True)),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stages', to='pathways.revision', verbose_name='revision')),
            ],
            options={
                'verbose_name': 'stage',
                'verbose_name_plural': 'stages',
                'ordering': ['revision', 'position', 'pk'],
            },
            bases=(catalogue.languages.Worded, models.Model),
        ),
        migrations.CreateModel(
            name='StageEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='permanent identifier')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='position')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('introduction', models.TextField(blank=True, help_text='Markdown.', verbose_name='introduction')),
                ('i18n', modeltrans.fields.TranslationField(fields=('title', 'introduction'), required_languages=(), virtual_fields=True)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='pathways.stage')),
                ('revision', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pathways.revision', verbose_name='revision')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False, verbose_name='permanent identifier')),
                ('n', models.PositiveIntegerField(help_text='Part of its address. It stays when the step moves, and is never used again.', verbose_name='public number')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='position')),
                ('kind', models.CharField(choices=[('resource', 'Resource'), ('activity', 'Activity at work'), ('reflection', 'Reflection'), ('pathway', 'Another pathway')], default='resource', max_length=10, verbose_name='kind')),
                ('requirement', models.CharField(choices=[('core', 'Core'), ('optional', 'Optional'), ('choose-one', 'Choose one')], default='core', max_length=10, verbose_name='core, optional, or one of several')),
                ('choice', models.PositiveSmallIntegerField(blank=True, help_text='Steps of a stage with the same number are ways to the same place.', null=True, verbose_name='set')),
                ('title', models.CharField(blank=True, help_text='Left empty, it is the title of the resource or pathway.', max_length=200, verbose_name='title')),
                ('note', models.TextField(blank=True, help_text='In your own voice; public.', verbose_name='why this')),
                ('instructions', models.TextField(blank=True, help_text='For activities and reflections. Markdown.', verbose_name='what to do')),
                ('duration_minutes', models.PositiveIntegerField(blank=True, help_text='Left empty, they are the resource’s own.', null=True, verbose_name='minutes')),
                ('i18n', modeltrans.fields.TranslationField(fields=('title', 'note', 'instructions'), required_languages=(), virtual_fields=True)),
                ('pathway', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='steps_here', to='pathways.pathway', verbose_name='pathway')),
                ('resource', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='catalogue.resource', verbose_name='resource')),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='pathways.revision', verbose_name='revision')),
                ('stage', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='pathways.stage', verbose_name='stage')),
                ('stand_in', models.ForeignKey(blank=True, help_text='Takes over when the resource dies.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stand_in_steps', to='catalogue.resource', verbose_name='stand-in')),
            ],
            options={
                'verbose_name': 'step',
                'verbose_name_plural': 'steps',
                'ordering': ['revision', 'position', 'pk'],
            },
            bases=(catalogue.languages.Worded, models.Model),
        ),
        migrations.CreateModel(
            name='StepEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='permanent identifier')),
                ('n', models.PositiveIntegerField(help_text='Part of its address. It stays when the step moves, and is never used again.', verbose_name='public number')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='position')),
                ('kind', models.CharField(choices=[('resource', 'Resource'), ('activity', 'Activity at work'), ('reflection', 'Reflection'), ('pathway', 'Another pathway')], default='resource', max_length=10, verbose_name='kind')),
                ('requirement', models.CharField(choices=[('core', 'Core'), ('optional', 'Optional'), ('choose-one', 'Choose one')], default='core', max_length=10, verbose_name='core, optional, or one of several')),
                ('choice', models.PositiveSmallIntegerField(blank=True, help_text='Steps of a stage with the same number are ways to the same place.', null=True, verbose_name='set')),
                ('title', models.CharField(blank=True, help_text='Left empty, it is the title of the resource or pathway.', max_length=200, verbose_name='title')),
                ('note', models.TextField(blank=True, help_text='In your own voice; public.', verbose_name='why this')),
                ('instructions', models.TextField(blank=True, help_text='For activities and reflections. Markdown.', verbose_name='what to do')),
                ('duration_minutes', models.PositiveIntegerField(blank=True, help_text='Left empty, they are the resource’s own.', null=True, verbose_name='minutes')),
                ('i18n', modeltrans.fields.TranslationField(fields=('title', 'note', 'instructions'), required_languages=(), virtual_fields=True)),
                ('pathway', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pathways.pathway', verbose_name='pathway')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='pathways.step')),
                ('resource', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.resource', verbose_name='resource')),
                ('revision', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pathways.revision', verbose_name='revision')),
                ('stage', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pathways.stage', verbose_name='stage')),
                ('stand_in', models.ForeignKey(blank=True, db_constraint=False, help_text='Takes over when the resource dies.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.resource', verbose_name='stand-in')),
            ],
            options={
                'abstract': False,
            },
        ),
        catalogue.operations.Together(
            operations=[
                migrations.AddConstraint(
                    model_name='maintainer',
                    constraint=models.UniqueConstraint(fields=('pathway', 'user'), name='pathways_maintainer_unique', violation_error_message='This user maintains the pathway already.'),
                ),
                migrations.AddConstraint(
                    model_name='credit',
                    constraint=models.UniqueConstraint(fields=('pathway', 'curator', 'kind'), name='pathways_credit_unique', violation_error_message='The curator is credited for this already.'),
                ),
                migrations.AddConstraint(
                    model_name='credit',
                    constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['author', 'contributor', 'reviewer'])), name='pathways_credit_kind_known', violation_error_message='A credit is for an author, a contributor or a reviewer.'),
                ),
                migrations.AddConstraint(
                    model_name='questionpathway',
                    constraint=models.UniqueConstraint(fields=('question', 'pathway'), name='pathways_questionpathway_unique', violation_error_message='The pathway answers this question already.'),
                ),
                migrations.AddConstraint(
                    model_name='pathway',
                    constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'in-review', 'published', 'withdrawn'])), name='pathways_pathway_status_known', violation_error_message='This status is none that Waymark knows.'),
                ),
                migrations.AddConstraint(
                    model_name='pathway',
                    constraint=models.CheckConstraint(condition=models.Q(('slug__regex', '^[a-z0-9]+(-[a-z0-9]+)*$')), name='pathways_pathway_slug_plain', violation_error_message='An address is small letters a to z, digits, and hyphens between them.'),
                ),
                migrations.AddConstraint(
                    model_name='pathway',
                    constraint=models.CheckConstraint(condition=models.Q(('slug__in', ['add', 'all', 'api', 'atom', 'change', 'coverage', 'csv', 'data', 'delete', 'draft', 'edit', 'embed', 'export', 'feed', 'feeds', 'history', 'id', 'import', 'index', 'json', 'jsonld', 'markdown', 'md', 'new', 'preview', 'print', 'qr', 'record', 'search', 'suggest']), _negated=True), name='pathways_pathway_slug_free', violation_error_message='This address is kept for another page; choose another.'),
                ),
                migrations.AddConstraint(
                    model_name='pathway',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', True), ('status__in', ['draft', 'in-review'])), models.Q(('published_at__isnull', False), ('status__in', ['published', 'withdrawn'])), _connector='OR'), name='pathways_pathway_published_dated', violation_error_message='What is public has the date when it was first published, and a draft has none.'),
                ),
                migrations.AddConstraint(
                    model_name='pathway',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'withdrawn'), ('withdrawn_at__isnull', False), models.Q(('withdrawn_reason', ''), _negated=True)), models.Q(models.Q(('status', 'withdrawn'), _negated=True), ('withdrawn_at__isnull', True), ('withdrawn_reason', '')), _connector='OR'), name='pathways_pathway_withdrawn_explained', violation_error_message='Say why it is withdrawn: its address will tell readers.'),
                ),
                migrations.AddConstraint(
                    model_name='pathway',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['draft', 'in-review']), ('published_revision__isnull', True)), models.Q(('status__in', ['published', 'withdrawn']), ('published_revision__isnull', False)), _connector='OR'), name='pathways_pathway_published_has_revision', violation_error_message='A pathway is public by a published revision: publish that.'),
                ),
                migrations.AddConstraint(
                    model_name='pathway',
                    constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='pathways_pathway_title_given', violation_error_message='Give the pathway a working title.'),
                ),
                migrations.AddConstraint(
                    model_name='revisionrole',
                    constraint=models.UniqueConstraint(fields=('revision', 'role'), name='pathways_revisionrole_unique', violation_error_message='The pathway is for this role already.'),
                ),
                migrations.AddConstraint(
                    model_name='revisionskill',
                    constraint=models.UniqueConstraint(fields=('revision', 'skill'), name='pathways_revisionskill_unique', violation_error_message='The pathway practises this skill already.'),
                ),
                migrations.AddConstraint(
                    model_name='revisionskill',
                    constraint=models.CheckConstraint(condition=models.Q(('proficiency__in', ['basic', 'intermediate', 'advanced', 'expert'])), name='pathways_revisionskill_proficiency_known', violation_error_message='Choose one of these: basic, intermediate, advanced, expert.'),
                ),
                migrations.AddConstraint(
                    model_name='revision',
                    constraint=models.UniqueConstraint(fields=('pathway', 'number'), name='pathways_revision_number_unique', violation_error_message='The pathway has a revision of this number already.'),
                ),
                migrations.AddConstraint(
                    model_name='revision',
                    constraint=models.UniqueConstraint(fields=('id', 'pathway'), name='pathways_revision_of_pathway'),
                ),
                migrations.AddConstraint(
                    model_name='revision',
                    constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'in-review', 'published', 'withdrawn'])), name='pathways_revision_status_known', violation_error_message='Choose one of these: draft, in-review, published, withdrawn.'),
                ),
                migrations.AddConstraint(
                    model_name='revision',
                    constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='pathways_revision_number_positive', violation_error_message='Revisions count from 1.'),
                ),
                migrations.AddConstraint(
                    model_name='revision',
                    constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='pathways_revision_title_given', violation_error_message='Give the pathway a title.'),
                ),
                migrations.AddConstraint(
                    model_name='revision',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), models.Q(('published_at__isnull', False), models.Q(('summary', ''), _negated=True), models.Q(('licence', ''), _negated=True)), _connector='OR'), name='pathways_revision_published_complete', violation_error_message='A public revision needs a summary, a licence and its date.'),
                ),
                migrations.AddConstraint(
                    model_name='revision',
                    constraint=models.CheckConstraint(condition=models.Q(('proficiency_from__in', ['', 'basic', 'intermediate', 'advanced', 'expert'])), name='pathways_revision_proficiency_from_known', violation_error_message='Choose one of these: basic, intermediate, advanced, expert.'),
                ),
                migrations.AddConstraint(
                    model_name='revision',
                    constraint=models.CheckConstraint(condition=models.Q(('proficiency_to', ''), models.Q(('proficiency_from', 'basic'), ('proficiency_to__in', ['intermediate', 'advanced', 'expert'])), models.Q(('proficiency_from', 'intermediate'), ('proficiency_to__in', ['advanced', 'expert'])), models.Q(('proficiency_from', 'advanced'), ('proficiency_to', 'expert')), _connector='OR'), name='pathways_revision_proficiency_climbs', violation_error_message='It leads from a proficiency to a higher one; leave “to” empty if it stays at one.'),
                ),
                migrations.AddConstraint(
                    model_name='stage',
                    constraint=models.UniqueConstraint(fields=('revision', 'uid'), name='pathways_stage_uid_unique'),
                ),
                migrations.AddConstraint(
                    model_name='stage',
                    constraint=models.UniqueConstraint(fields=('id', 'revision'), name='pathways_stage_of_revision'),
                ),
                migrations.AddConstraint(
                    model_name='stage',
                    constraint=models.CheckConstraint(condition=models.Q(('position__gte', 1)), name='pathways_stage_position_positive', violation_error_message='Positions count from 1.'),
                ),
                migrations.AddConstraint(
                    model_name='stage',
                    constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='pathways_stage_title_given', violation_error_message='Give the stage a title.'),
                ),
                migrations.AddConstraint(
                    model_name='step',
                    constraint=models.UniqueConstraint(fields=('revision', 'uid'), name='pathways_step_uid_unique'),
                ),
                migrations.AddConstraint(
                    model_name='step',
                    constraint=models.UniqueConstraint(fields=('revision', 'n'), name='pathways_step_number_unique', violation_error_message='Another step of the pathway has this number.'),
                ),
                migrations.AddConstraint(
                    model_name='step',
                    constraint=models.CheckConstraint(condition=models.Q(('n__gte', 1)), name='pathways_step_number_positive', violation_error_message='Steps count from 1.'),
                ),
                migrations.AddConstraint(
                    model_name='step',
                    constraint=models.CheckConstraint(condition=models.Q(('position__gte', 1)), name='pathways_step_position_positive', violation_error_message='Positions count from 1.'),
                ),
                migrations.AddConstraint(
                    model_name='step',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'resource'), ('pathway__isnull', True), ('resource__isnull', False)), models.Q(('kind', 'pathway'), ('pathway__isnull', False), ('resource__isnull', True)), models.Q(('kind__in', ['activity', 'reflection']), ('pathway__isnull', True), ('resource__isnull', True)), _connector='OR'), name='pathways_step_exactly_one', violation_error_message='A step is exactly one of: a resource, another pathway, an activity, a reflection.'),
                ),
                migrations.AddConstraint(
                    model_name='step',
                    constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['resource', 'pathway']), models.Q(('title', ''), _negated=True), _connector='OR'), name='pathways_step_activity_titled', violation_error_message='An activity or reflection needs a title.'),
                ),
                migrations.AddConstraint(
                    model_name='step',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('choice__isnull', True), ('requirement__in', ['core', 'optional'])), models.Q(('choice__gte', 1), ('choice__isnull', False), ('requirement', 'choose-one')), _connector='OR'), name='pathways_step_choice_numbered', violation_error_message='One of several steps to choose from carries the set’s number.'),
                ),
                migrations.AddConstraint(
                    model_name='step',
                    constraint=models.CheckConstraint(condition=models.Q(('stand_in__isnull', True), models.Q(('kind', 'resource'), models.Q(('stand_in', models.F('resource')), _negated=True)), _connector='OR'), name='pathways_step_stand_in_differs', violation_error_message='A stand-in is another resource, for a step that is a resource.'),
                ),
                migrations.AddConstraint(
                    model_name='step',
                    constraint=models.CheckConstraint(condition=models.Q(('duration_minutes__isnull', True), models.Q(('duration_minutes__gte', 1), ('duration_minutes__lte', 60000)), _connector='OR'), name='pathways_step_minutes_sensible', violation_error_message='Minutes are a number from 1 to 60,000; leave it empty if unknown.'),
                ),
                migrations.AddConstraint(
                    model_name='pathway',
                    constraint=catalogue.constraints.SameOwner(field='published_revision', name='pathways_pathway_published_own_revision', owner='id', target_owner='pathway', violation_error_message='A pathway shows a revision of its own.'),
                ),
                migrations.AddConstraint(
                    model_name='step',
                    constraint=catalogue.constraints.SameOwner(field='stage', name='pathways_step_stage_same_revision', owner='revision', target_owner='revision', violation_error_message='A step’s stage belongs to the same revision.'),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='maintainerevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='61c44f4d5f508feaed45eec26fd8b4315faa6757', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_63585', table='pathways_maintainerevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='maintainer',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pathways_maintainerevent" ("id", "pathway_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."id", NEW."pathway_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."user_id"); RETURN NULL;', hash='4467b3dd1c9c25c8a2c7453d9ac47d2619aa0e7d', operation='INSERT', pgid='pgtrigger_insert_insert_93641', table='pathways_maintainer', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='maintainer',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "pathways_maintainerevent" ("id", "pathway_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."id", NEW."pathway_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."user_id"); RETURN NULL;', hash='4dddf7fe8c0339eae8e8a687d05b670fe21395f9', operation='UPDATE', pgid='pgtrigger_update_update_21845', table='pathways_maintainer', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='maintainer',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pathways_maintainerevent" ("id", "pathway_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (OLD."id", OLD."pathway_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."user_id"); RETURN NULL;', hash='540e25cd629b6eb9c72d4e1d9dc2b5c6094800a0', operation='DELETE', pgid='pgtrigger_delete_delete_64fbf', table='pathways_maintainer', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='creditevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0ed813b1e0d0f7927c339c3b4ee6123ac664c8f5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fd4a6', table='pathways_creditevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='credit',
                    trigger=pgtrigger.compiler.Trigger(name='moves_site', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        INSERT INTO catalogue_sitemove (transaction)\n        VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;\n        RETURN NULL;\n    ', hash='cbdc1a8601bd84b6fc4a6a20008ebe3773145815', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_moves_site_6e025', table='pathways_credit', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='credit',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pathways_creditevent" ("curator_id", "id", "kind", "pathway_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (NEW."curator_id", NEW."id", NEW."kind", NEW."pathway_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position"); RETURN NULL;', hash='c2fba290dda3d32ec526aad8ddd5821cf44db57f', operation='INSERT', pgid='pgtrigger_insert_insert_80038', table='pathways_credit', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='credit',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "pathways_creditevent" ("curator_id", "id", "kind", "pathway_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (NEW."curator_id", NEW."id", NEW."kind", NEW."pathway_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position"); RETURN NULL;', hash='4e5e8ce7ae3deddb3ac3a8e45dec853b1705e93f', operation='UPDATE', pgid='pgtrigger_update_update_a4bdc', table='pathways_credit', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='credit',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pathways_creditevent" ("curator_id", "id", "kind", "pathway_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (OLD."curator_id", OLD."id", OLD."kind", OLD."pathway_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position"); RETURN NULL;', hash='34e69f4d276f94b97ed6be5cf96743fd3b0d276f', operation='DELETE', pgid='pgtrigger_delete_delete_8de6b', table='pathways_credit', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='questionpathway',
                    trigger=pgtrigger.compiler.Trigger(name='moves_site', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        INSERT INTO catalogue_sitemove (transaction)\n        VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;\n        RETURN NULL;\n    ', hash='903bd493756c1e6355688f35552fbee94d9949aa', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_moves_site_3dac0', table='pathways_questionpathway', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='questionpathway',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pathways_questionpathwayevent" ("id", "pathway_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "question_id") VALUES (NEW."id", NEW."pathway_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."question_id"); RETURN NULL;', hash='61dad096f6af5f4d324639ccfe2b77ed5a338526', operation='INSERT', pgid='pgtrigger_insert_insert_4d61b', table='pathways_questionpathway', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='questionpathway',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "pathways_questionpathwayevent" ("id", "pathway_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "question_id") VALUES (NEW."id", NEW."pathway_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."question_id"); RETURN NULL;', hash='4df97221e995535c839561a9ebdb8d5c4ae5f4b1', operation='UPDATE', pgid='pgtrigger_update_update_7798d', table='pathways_questionpathway', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='questionpathway',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pathways_questionpathwayevent" ("id", "pathway_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "question_id") VALUES (OLD."id", OLD."pathway_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."question_id"); RETURN NULL;', hash='eeab1093fa2bccdf83525c1f0408b8ad971f48a8', operation='DELETE', pgid='pgtrigger_delete_delete_31b56', table='pathways_questionpathway', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='questionpathwayevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1666c593e3665dd98e86c0524ae3a8cf07e64dda', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8a1d9', table='pathways_questionpathwayevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='pathwayevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ae7dfe365be0a0beca9ed9f5723d479668bb5d38', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9315f', table='pathways_pathwayevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='pathway',
                    trigger=pgtrigger.compiler.Trigger(name='moves_site', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        INSERT INTO catalogue_sitemove (transaction)\n        VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;\n        RETURN NULL;\n    ', hash='80d584cd685f89a14826cc0ccc7339db6e050655', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_moves_site_83945', table='pathways_pathway', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='pathway',
                    trigger=pgtrigger.compiler.Trigger(name='keeps_published', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."published_at" IS NOT NULL)', func="\n        IF TG_OP = 'DELETE' OR NEW.published_at IS NULL OR NEW.uid <> OLD.uid THEN\n            RAISE EXCEPTION 'This was public once: withdraw it, so that its address can say why.'\n            USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_TABLE_NAME || '_keeps_published';\n        END IF;\n        RETURN NEW;\n    ", hash='027b6ecc87bb404eba2f490da19b0fcc1fdcc97c', operation='DELETE OR UPDATE OF "published_at", "uid"', pgid='pgtrigger_keeps_published_96b7a', table='pathways_pathway', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='pathway',
                    trigger=pgtrigger.compiler.Trigger(name='keeps_address', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."published_at" IS NOT NULL AND OLD."slug" IS DISTINCT FROM (NEW."slug"))', func='\n        DELETE FROM catalogue_formeraddress WHERE kind = TG_TABLE_NAME AND slug = NEW.slug;\n        INSERT INTO catalogue_formeraddress (kind, slug, uid, created)\n        VALUES (TG_TABLE_NAME, OLD.slug, OLD.uid, now())\n        ON CONFLICT (kind, slug) DO UPDATE SET uid = EXCLUDED.uid;\n        RETURN NULL;\n    ', hash='291c9c061c98c3e864d69f08737569c0bd837ed4', operation='UPDATE OF "slug"', pgid='pgtrigger_keeps_address_759e3', table='pathways_pathway', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='pathway',
                    trigger=pgtrigger.compiler.Trigger(name='avoids_former_address', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF EXISTS (\n            SELECT FROM catalogue_formeraddress\n            WHERE kind = TG_TABLE_NAME AND slug = NEW.slug AND uid <> NEW.uid\n        ) THEN\n            RAISE EXCEPTION 'The address % was another’s once and still leads there.', NEW.slug\n            USING ERRCODE = 'unique_violation', CONSTRAINT = TG_TABLE_NAME || '_former_address';\n        END IF;\n        RETURN NULL;\n    ", hash='7b1b2009b1e76f8a3709026c62473d12313b427f', operation='INSERT OR UPDATE OF "slug"', pgid='pgtrigger_avoids_former_address_d171d', table='pathways_pathway', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='pathway',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pathways_pathwayevent" ("created", "id", "ordered", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_revision_id", "replaced_by", "slug", "status", "title", "uid", "withdrawn_at", "withdrawn_reason") VALUES (NEW."created", NEW."id", NEW."ordered", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_at", NEW."published_revision_id", NEW."replaced_by", NEW."slug", NEW."status", NEW."title", NEW."uid", NEW."withdrawn_at", NEW."withdrawn_reason"); RETURN NULL;', hash='40dc68ed18ef6f3b25d272c9d41d701a79705f75', operation='INSERT', pgid='pgtrigger_insert_insert_14969', table='pathways_pathway', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='pathway',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created" IS DISTINCT FROM (NEW."created") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."ordered" IS DISTINCT FROM (NEW."ordered") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."published_revision_id" IS DISTINCT FROM (NEW."published_revision_id") OR OLD."replaced_by" IS DISTINCT FROM (NEW."replaced_by") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."uid" IS DISTINCT FROM (NEW."uid") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at") OR OLD."withdrawn_reason" IS DISTINCT FROM (NEW."withdrawn_reason"))', func='INSERT INTO "pathways_pathwayevent" ("created", "id", "ordered", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_revision_id", "replaced_by", "slug", "status", "title", "uid", "withdrawn_at", "withdrawn_reason") VALUES (NEW."created", NEW."id", NEW."ordered", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_at", NEW."published_revision_id", NEW."replaced_by", NEW."slug", NEW."status", NEW."title", NEW."uid", NEW."withdrawn_at", NEW."withdrawn_reason"); RETURN NULL;', hash='2fe605d40b7142cfdbbbe42dc866921bbd19a479', operation='UPDATE', pgid='pgtrigger_update_update_2dbe9', table='pathways_pathway', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='pathway',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pathways_pathwayevent" ("created", "id", "ordered", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_revision_id", "replaced_by", "slug", "status", "title", "uid", "withdrawn_at", "withdrawn_reason") VALUES (OLD."created", OLD."id", OLD."ordered", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_at", OLD."published_revision_id", OLD."replaced_by", OLD."slug", OLD."status", OLD."title", OLD."uid", OLD."withdrawn_at", OLD."withdrawn_reason"); RETURN NULL;', hash='8e0ba74be5d09581804d36e1e3256dec5fdf67ae', operation='DELETE', pgid='pgtrigger_delete_delete_fdd8f', table='pathways_pathway', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='revisionevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='20f53c466a1e4f3957fbfb4c9dd2a1040816daf0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9473a', table='pathways_revisionevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='revisionrole',
                    trigger=pgtrigger.compiler.Trigger(name='only_in_draft', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        PERFORM FROM pathways_revision WHERE id IN (OLD.revision_id, NEW.revision_id)\n        FOR NO KEY UPDATE;\n        IF EXISTS (\n            SELECT FROM pathways_revision\n            WHERE id IN (OLD.revision_id, NEW.revision_id) AND status <> 'draft'\n        ) THEN\n            RAISE EXCEPTION 'Only a draft can be edited: start a new revision of the pathway.'\n            USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_TABLE_NAME || '_only_in_draft';\n        END IF;\n        IF TG_OP = 'DELETE' THEN\n            RETURN OLD;\n        END IF;\n        RETURN NEW;\n    ", hash='0b9166d50ae7255aeee0042d9237e7770de21750', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_only_in_draft_46cb8', table='pathways_revisionrole', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='revisionrole',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pathways_revisionroleevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision_id", "role_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."revision_id", NEW."role_id"); RETURN NULL;', hash='a5996bb67b10815b96479d24d7705f0b37ef228d', operation='INSERT', pgid='pgtrigger_insert_insert_4f3cb', table='pathways_revisionrole', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='revisionrole',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "pathways_revisionroleevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision_id", "role_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."revision_id", NEW."role_id"); RETURN NULL;', hash='7e79544533c039300d8c74005b95bf93b753f732', operation='UPDATE', pgid='pgtrigger_update_update_3ea09', table='pathways_revisionrole', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='revisionrole',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pathways_revisionroleevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision_id", "role_id") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."revision_id", OLD."role_id"); RETURN NULL;', hash='e6736a2cdc8c1d59302c40568119f9834364b6a5', operation='DELETE', pgid='pgtrigger_delete_delete_f0e7c', table='pathways_revisionrole', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='revisionroleevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='37e29840ff0c41d52463361720c48d9a61c2386f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d4b89', table='pathways_revisionroleevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='revisionskill',
                    trigger=pgtrigger.compiler.Trigger(name='only_in_draft', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        PERFORM FROM pathways_revision WHERE id IN (OLD.revision_id, NEW.revision_id)\n        FOR NO KEY UPDATE;\n        IF EXISTS (\n            SELECT FROM pathways_revision\n            WHERE id IN (OLD.revision_id, NEW.revision_id) AND status <> 'draft'\n        ) THEN\n            RAISE EXCEPTION 'Only a draft can be edited: start a new revision of the pathway.'\n            USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_TABLE_NAME || '_only_in_draft';\n        END IF;\n        IF TG_OP = 'DELETE' THEN\n            RETURN OLD;\n        END IF;\n        RETURN NEW;\n    ", hash='c83a93fa6a4792878a8880105727b37eff9889a0', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_only_in_draft_78311', table='pathways_revisionskill', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='revisionskill',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pathways_revisionskillevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proficiency", "revision_id", "skill_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proficiency", NEW."revision_id", NEW."skill_id"); RETURN NULL;', hash='e54fb3a0e2c11e383dd8662a008efc387f70a083', operation='INSERT', pgid='pgtrigger_insert_insert_fe251', table='pathways_revisionskill', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='revisionskill',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "pathways_revisionskillevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proficiency", "revision_id", "skill_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proficiency", NEW."revision_id", NEW."skill_id"); RETURN NULL;', hash='bfc8bc4729227b3ffc02bb21b25c01f298c9481d', operation='UPDATE', pgid='pgtrigger_update_update_5860b', table='pathways_revisionskill', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='revisionskill',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pathways_revisionskillevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proficiency", "revision_id", "skill_id") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."proficiency", OLD."revision_id", OLD."skill_id"); RETURN NULL;', hash='00827f19b28c90401390cb2a06af50c87683ce06', operation='DELETE', pgid='pgtrigger_delete_delete_a9726', table='pathways_revisionskill', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='revision',
                    trigger=pgtrigger.compiler.Trigger(name='only_in_draft', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (OLD."status" = \'draft\'))', func="\n        IF TG_OP = 'DELETE' OR (\n            (to_jsonb(OLD) - ARRAY['status', 'submitted_at', 'published_at', 'published_by_id', 'publish_at', 'modified', 'created_by_id']) IS DISTINCT FROM (to_jsonb(NEW) - ARRAY['status', 'submitted_at', 'published_at', 'published_by_id', 'publish_at', 'modified', 'created_by_id'])\n        ) OR (\n            OLD.published_at IS NOT NULL\n            AND (NEW.published_at IS NULL OR NEW.status IN ('draft', 'in-review'))\n        ) THEN\n            RAISE EXCEPTION 'Only a draft can be edited: start a new revision of the pathway.'\n            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'pathways_revision_only_in_draft';\n        END IF;\n        RETURN NEW;\n    ", hash='f796213b6401c528acda8d47c71a92c40d500a0c', operation='UPDATE OR DELETE', pgid='pgtrigger_only_in_draft_30b7c', table='pathways_revision', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='revision',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pathways_revisionevent" ("audience", "based_on_id", "change_summary", "created", "created_by_id", "i18n", "id", "introduction", "licence", "number", "outcomes", "pathway_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proficiency_from", "proficiency_to", "publish_at", "published_at", "published_by_id", "status", "submitted_at", "summary", "title") VALUES (NEW."audience", NEW."based_on_id", NEW."change_summary", NEW."created", NEW."created_by_id", NEW."i18n", NEW."id", NEW."introduction", NEW."licence", NEW."number", NEW."outcomes", NEW."pathway_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proficiency_from", NEW."proficiency_to", NEW."publish_at", NEW."published_at", NEW."published_by_id", NEW."status", NEW."submitted_at", NEW."summary", NEW."title"); RETURN NULL;', hash='cecc90f27998263f41c114b4ea90947712b611c1', operation='INSERT', pgid='pgtrigger_insert_insert_466f2', table='pathways_revision', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='revision',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."audience" IS DISTINCT FROM (NEW."audience") OR OLD."based_on_id" IS DISTINCT FROM (NEW."based_on_id") OR OLD."change_summary" IS DISTINCT FROM (NEW."change_summary") OR OLD."created" IS DISTINCT FROM (NEW."created") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."i18n" IS DISTINCT FROM (NEW."i18n") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."introduction" IS DISTINCT FROM (NEW."introduction") OR OLD."licence" IS DISTINCT FROM (NEW."licence") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."outcomes" IS DISTINCT FROM (NEW."outcomes") OR OLD."pathway_id" IS DISTINCT FROM (NEW."pathway_id") OR OLD."proficiency_from" IS DISTINCT FROM (NEW."proficiency_from") OR OLD."proficiency_to" IS DISTINCT FROM (NEW."proficiency_to") OR OLD."publish_at" IS DISTINCT FROM (NEW."publish_at") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."published_by_id" IS DISTINCT FROM (NEW."published_by_id") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."submitted_at" IS DISTINCT FROM (NEW."submitted_at") OR OLD."summary" IS DISTINCT FROM (NEW."summary") OR OLD."title" IS DISTINCT FROM (NEW."title"))', func='INSERT INTO "pathways_revisionevent" ("audience", "based_on_id", "change_summary", "created", "created_by_id", "i18n", "id", "introduction", "licence", "number", "outcomes", "pathway_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proficiency_from", "proficiency_to", "publish_at", "published_at", "published_by_id", "status", "submitted_at", "summary", "title") VALUES (NEW."audience", NEW."based_on_id", NEW."change_summary", NEW."created", NEW."created_by_id", NEW."i18n", NEW."id", NEW."introduction", NEW."licence", NEW."number", NEW."outcomes", NEW."pathway_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proficiency_from", NEW."proficiency_to", NEW."publish_at", NEW."published_at", NEW."published_by_id", NEW."status", NEW."submitted_at", NEW."summary", NEW."title"); RETURN NULL;', hash='07ad8aef759fcd6e5bc8c96b25ae366c73473e22', operation='UPDATE', pgid='pgtrigger_update_update_ff002', table='pathways_revision', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='revision',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pathways_revisionevent" ("audience", "based_on_id", "change_summary", "created", "created_by_id", "i18n", "id", "introduction", "licence", "number", "outcomes", "pathway_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proficiency_from", "proficiency_to", "publish_at", "published_at", "published_by_id", "status", "submitted_at", "summary", "title") VALUES (OLD."audience", OLD."based_on_id", OLD."change_summary", OLD."created", OLD."created_by_id", OLD."i18n", OLD."id", OLD."introduction", OLD."licence", OLD."number", OLD."outcomes", OLD."pathway_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."proficiency_from", OLD."proficiency_to", OLD."publish_at", OLD."published_at", OLD."published_by_id", OLD."status", OLD."submitted_at", OLD."summary", OLD."title"); RETURN NULL;', hash='b1eb9c419cdbae47ae19a15dba7a680520bdc4a8', operation='DELETE', pgid='pgtrigger_delete_delete_9d59d', table='pathways_revision', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='revisionskillevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e14bb21af497e522ae51f1b49684cbd377a3a680', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ee1f1', table='pathways_revisionskillevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='stage',
                    trigger=pgtrigger.compiler.Trigger(name='only_in_draft', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        PERFORM FROM pathways_revision WHERE id IN (OLD.revision_id, NEW.revision_id)\n        FOR NO KEY UPDATE;\n        IF EXISTS (\n            SELECT FROM pathways_revision\n            WHERE id IN (OLD.revision_id, NEW.revision_id) AND status <> 'draft'\n        ) THEN\n            RAISE EXCEPTION 'Only a draft can be edited: start a new revision of the pathway.'\n            USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_TABLE_NAME || '_only_in_draft';\n        END IF;\n        IF TG_OP = 'DELETE' THEN\n            RETURN OLD;\n        END IF;\n        RETURN NEW;\n    ", hash='30f058ae506cbafc917c0b0f211cf7020ab2246d', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_only_in_draft_560a6', table='pathways_stage', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='stage',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pathways_stageevent" ("i18n", "id", "introduction", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "revision_id", "title", "uid") VALUES (NEW."i18n", NEW."id", NEW."introduction", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."revision_id", NEW."title", NEW."uid"); RETURN NULL;', hash='96c1845ab1020771860b5114ba1c7901ccc27af8', operation='INSERT', pgid='pgtrigger_insert_insert_78130', table='pathways_stage', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='stage',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "pathways_stageevent" ("i18n", "id", "introduction", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "revision_id", "title", "uid") VALUES (NEW."i18n", NEW."id", NEW."introduction", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."revision_id", NEW."title", NEW."uid"); RETURN NULL;', hash='ce1e527f772dfaa6a1129b7a73fce144ff688059', operation='UPDATE', pgid='pgtrigger_update_update_d1ce2', table='pathways_stage', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='stage',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pathways_stageevent" ("i18n", "id", "introduction", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "revision_id", "title", "uid") VALUES (OLD."i18n", OLD."id", OLD."introduction", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."revision_id", OLD."title", OLD."uid"); RETURN NULL;', hash='2faf250f43c7d643634f7887a047c5e435f48779', operation='DELETE', pgid='pgtrigger_delete_delete_6db6e', table='pathways_stage', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='stageevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='348f63fabd93cf53894a28c78404451792606c38', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f0f94', table='pathways_stageevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='step',
                    trigger=pgtrigger.compiler.Trigger(name='only_in_draft', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        PERFORM FROM pathways_revision WHERE id IN (OLD.revision_id, NEW.revision_id)\n        FOR NO KEY UPDATE;\n        IF EXISTS (\n            SELECT FROM pathways_revision\n            WHERE id IN (OLD.revision_id, NEW.revision_id) AND status <> 'draft'\n        ) THEN\n            RAISE EXCEPTION 'Only a draft can be edited: start a new revision of the pathway.'\n            USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_TABLE_NAME || '_only_in_draft';\n        END IF;\n        IF TG_OP = 'DELETE' THEN\n            RETURN OLD;\n        END IF;\n        RETURN NEW;\n    ", hash='1245f19356a082c792957ed741b6e8603ddeab6d', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_only_in_draft_1958b', table='pathways_step', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='step',
                    trigger=pgtrigger.compiler.Trigger(name='number_stays', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE whole bigint;', func="\n        SELECT pathway_id INTO whole FROM pathways_revision WHERE id = NEW.revision_id;\n        PERFORM FROM pathways_pathway WHERE id = whole FOR NO KEY UPDATE;\n        IF EXISTS (\n            SELECT FROM pathways_step other\n            JOIN pathways_revision theirs ON theirs.id = other.revision_id\n            WHERE theirs.pathway_id = whole AND other.id <> NEW.id\n                AND theirs.id <> NEW.revision_id\n                AND (other.n = NEW.n) <> (other.uid = NEW.uid)\n        ) THEN\n            RAISE EXCEPTION 'Number % is another step’s for ever, or this step has another.', NEW.n\n            USING ERRCODE = 'unique_violation', CONSTRAINT = 'pathways_step_number_stays';\n        END IF;\n        RETURN NEW;\n    ", hash='7a6e84177b09bd3308fee5c83c2e36ae8903ac70', operation='INSERT OR UPDATE OF "n", "uid", "revision_id"', pgid='pgtrigger_number_stays_5d7af', table='pathways_step', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='step',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pathways_stepevent" ("choice", "duration_minutes", "i18n", "id", "instructions", "kind", "n", "note", "pathway_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "requirement", "resource_id", "revision_id", "stage_id", "stand_in_id", "title", "uid") VALUES (NEW."choice", NEW."duration_minutes", NEW."i18n", NEW."id", NEW."instructions", NEW."kind", NEW."n", NEW."note", NEW."pathway_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."requirement", NEW."resource_id", NEW."revision_id", NEW."stage_id", NEW."stand_in_id", NEW."title", NEW."uid"); RETURN NULL;', hash='3400d63ee7e2e87e27aa82cd26f89a05320c4065', operation='INSERT', pgid='pgtrigger_insert_insert_c076f', table='pathways_step', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='step',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "pathways_stepevent" ("choice", "duration_minutes", "i18n", "id", "instructions", "kind", "n", "note", "pathway_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "requirement", "resource_id", "revision_id", "stage_id", "stand_in_id", "title", "uid") VALUES (NEW."choice", NEW."duration_minutes", NEW."i18n", NEW."id", NEW."instructions", NEW."kind", NEW."n", NEW."note", NEW."pathway_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."requirement", NEW."resource_id", NEW."revision_id", NEW."stage_id", NEW."stand_in_id", NEW."title", NEW."uid"); RETURN NULL;', hash='d4e2bb22999168cbc788de25db440f0078deb400', operation='UPDATE', pgid='pgtrigger_update_update_6ae75', table='pathways_step', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='step',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pathways_stepevent" ("choice", "duration_minutes", "i18n", "id", "instructions", "kind", "n", "note", "pathway_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "requirement", "resource_id", "revision_id", "stage_id", "stand_in_id", "title", "uid") VALUES (OLD."choice", OLD."duration_minutes", OLD."i18n", OLD."id", OLD."instructions", OLD."kind", OLD."n", OLD."note", OLD."pathway_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."requirement", OLD."resource_id", OLD."revision_id", OLD."stage_id", OLD."stand_in_id", OLD."title", OLD."uid"); RETURN NULL;', hash='fd2e9567d84508d996e2eb5af554555931bb3efe', operation='DELETE', pgid='pgtrigger_delete_delete_5b090', table='pathways_step', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='stepevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c29a9ecb4ea4c14e34dd4c43e656a90794d4995a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_df4b0', table='pathways_stepevent', when='BEFORE')),
                ),
            ],
        ),
    ]
