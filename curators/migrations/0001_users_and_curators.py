import catalogue.fields
import catalogue.languages
import catalogue.operations
import curators.models
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import modeltrans.fields
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('catalogue', '0001_resources_skills_frameworks'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(error_messages={'unique': 'Somebody signs in with this address already.'}, max_length=254, unique=True, verbose_name='e-mail address')),
                ('name', models.CharField(blank=True, help_text='As colleagues see it at the desk.', max_length=120, verbose_name='name')),
                ('is_staff', models.BooleanField(default=False, help_text='Curators, editors and administrators.', verbose_name='may use the desk')),
                ('is_active', models.BooleanField(default=True, help_text='Take it away instead of deleting the account.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='since')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'user',
                'verbose_name_plural': 'users',
            },
            managers=[
                ('objects', curators.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name='Curator',
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
                ('name', models.CharField(help_text='As it is to be credited.', max_length=120, verbose_name='name')),
                ('is_team', models.BooleanField(default=False, verbose_name='a team')),
                ('headline', models.CharField(blank=True, help_text='What they know about, in a few words.', max_length=160, verbose_name='headline')),
                ('biography', models.TextField(blank=True, help_text='Markdown. It is public.', verbose_name='about')),
                ('homepage', catalogue.fields.AddressField(blank=True, max_length=2000, verbose_name='own site')),
                ('orcid', models.CharField(blank=True, help_text='As in 0000-0002-1825-0097.', max_length=19, verbose_name='ORCID')),
                ('erased_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='erased')),
                ('i18n', modeltrans.fields.TranslationField(fields=('headline', 'biography'), required_languages=(), virtual_fields=True)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='curators', to='catalogue.organisation', verbose_name='works for')),
                ('user', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='curator', to=settings.AUTH_USER_MODEL, verbose_name='signs in as')),
            ],
            options={
                'verbose_name': 'curator',
                'verbose_name_plural': 'curators',
                'abstract': False,
                'default_permissions': ('add', 'change', 'delete', 'view', 'publish'),
            },
            bases=(catalogue.languages.Worded, models.Model),
        ),
        migrations.CreateModel(
            name='CuratorEvent',
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
                ('name', models.CharField(help_text='As it is to be credited.', max_length=120, verbose_name='name')),
                ('is_team', models.BooleanField(default=False, verbose_name='a team')),
                ('headline', models.CharField(blank=True, help_text='What they know about, in a few words.', max_length=160, verbose_name='headline')),
                ('biography', models.TextField(blank=True, help_text='Markdown. It is public.', verbose_name='about')),
                ('homepage', catalogue.fields.AddressField(blank=True, max_length=2000, verbose_name='own site')),
                ('orcid', models.CharField(blank=True, help_text='As in 0000-0002-1825-0097.', max_length=19, verbose_name='ORCID')),
                ('erased_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='erased')),
                ('i18n', modeltrans.fields.TranslationField(fields=('headline', 'biography'), required_languages=(), virtual_fields=True)),
                ('organisation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.organisation', verbose_name='works for')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='curators.curator')),
                ('user', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='signs in as')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='catalogue.organisation', verbose_name='organisation')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL, verbose_name='user')),
            ],
            options={
                'verbose_name': 'membership',
                'verbose_name_plural': 'memberships',
            },
        ),
        migrations.CreateModel(
            name='MembershipEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.organisation', verbose_name='organisation')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='curators.membership')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='user')),
            ],
            options={
                'abstract': False,
            },
        ),
        catalogue.operations.Together(
            operations=[
                migrations.AddConstraint(
                    model_name='user',
                    constraint=models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='curators_user_email_small', violation_error_message='Write the e-mail address in small letters.'),
                ),
                migrations.AddConstraint(
                    model_name='user',
                    constraint=models.CheckConstraint(condition=models.Q(('email', ''), _negated=True), name='curators_user_email_given', violation_error_message='Give the e-mail address.'),
                ),
                migrations.AddConstraint(
                    model_name='curator',
                    constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'in-review', 'published', 'withdrawn'])), name='curators_curator_status_known', violation_error_message='This status is none that Waymark knows.'),
                ),
                migrations.AddConstraint(
                    model_name='curator',
                    constraint=models.CheckConstraint(condition=models.Q(('slug__regex', '^[a-z0-9]+(-[a-z0-9]+)*$')), name='curators_curator_slug_plain', violation_error_message='An address is small letters a to z, digits, and hyphens between them.'),
                ),
                migrations.AddConstraint(
                    model_name='curator',
                    constraint=models.CheckConstraint(condition=models.Q(('slug__in', ['add', 'all', 'api', 'atom', 'change', 'coverage', 'csv', 'data', 'delete', 'draft', 'edit', 'embed', 'export', 'feed', 'feeds', 'history', 'id', 'import', 'index', 'json', 'jsonld', 'markdown', 'md', 'new', 'preview', 'print', 'qr', 'record', 'search', 'suggest']), _negated=True), name='curators_curator_slug_free', violation_error_message='This address is kept for another page; choose another.'),
                ),
                migrations.AddConstraint(
                    model_name='curator',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', True), ('status__in', ['draft', 'in-review'])), models.Q(('published_at__isnull', False), ('status__in', ['published', 'withdrawn'])), _connector='OR'), name='curators_curator_published_dated', violation_error_message='What is public has the date when it was first published, and a draft has none.'),
                ),
                migrations.AddConstraint(
                    model_name='curator',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'withdrawn'), ('withdrawn_at__isnull', False), models.Q(('withdrawn_reason', ''), _negated=True)), models.Q(models.Q(('status', 'withdrawn'), _negated=True), ('withdrawn_at__isnull', True), ('withdrawn_reason', '')), _connector='OR'), name='curators_curator_withdrawn_explained', violation_error_message='Say why it is withdrawn: its address will tell readers.'),
                ),
                migrations.AddConstraint(
                    model_name='curator',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), ('erased_at__isnull', False), _connector='OR'), name='curators_curator_name_given', violation_error_message='Give the name to be credited.'),
                ),
                migrations.AddConstraint(
                    model_name='curator',
                    constraint=models.CheckConstraint(condition=models.Q(('orcid', ''), ('orcid__regex', '^[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]$'), _connector='OR'), name='curators_curator_orcid_shape', violation_error_message='An ORCID looks like 0000-0002-1825-0097.'),
                ),
                migrations.AddConstraint(
                    model_name='curator',
                    constraint=models.CheckConstraint(condition=models.Q(('erased_at__isnull', True), models.Q(models.Q(('status', 'published'), _negated=True), ('biography', ''), ('headline', ''), ('homepage', ''), ('name', ''), ('orcid', ''), ('user__isnull', True)), _connector='OR'), name='curators_curator_erased_whole', violation_error_message='Of an erased person nothing is kept.'),
                ),
                migrations.AddConstraint(
                    model_name='membership',
                    constraint=models.UniqueConstraint(fields=('user', 'organisation'), name='curators_membership_unique', violation_error_message='This user looks after the organisation already.'),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='curator',
                    trigger=pgtrigger.compiler.Trigger(name='moves_site', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        INSERT INTO catalogue_sitemove (transaction)\n        VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;\n        RETURN NULL;\n    ', hash='ae9d52212fb938be5d69a4eb28c58e9707086fb4', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_moves_site_13af7', table='curators_curator', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='curator',
                    trigger=pgtrigger.compiler.Trigger(name='keeps_published', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."published_at" IS NOT NULL)', func="\n        IF TG_OP = 'DELETE' OR NEW.published_at IS NULL OR NEW.uid <> OLD.uid THEN\n            RAISE EXCEPTION 'This was public once: withdraw it, so that its address can say why.'\n            USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_TABLE_NAME || '_keeps_published';\n        END IF;\n        RETURN NEW;\n    ", hash='4d694692c81f3794405d85d1f9c19821163a6d68', operation='DELETE OR UPDATE OF "published_at", "uid"', pgid='pgtrigger_keeps_published_5b39f', table='curators_curator', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='curator',
                    trigger=pgtrigger.compiler.Trigger(name='keeps_address', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."published_at" IS NOT NULL AND OLD."slug" IS DISTINCT FROM (NEW."slug"))', func='\n        DELETE FROM catalogue_formeraddress WHERE kind = TG_TABLE_NAME AND slug = NEW.slug;\n        INSERT INTO catalogue_formeraddress (kind, slug, uid, created)\n        VALUES (TG_TABLE_NAME, OLD.slug, OLD.uid, now())\n        ON CONFLICT (kind, slug) DO UPDATE SET uid = EXCLUDED.uid;\n        RETURN NULL;\n    ', hash='73f54d0cff189d103438e680785cf3886552b5cc', operation='UPDATE OF "slug"', pgid='pgtrigger_keeps_address_eeaa2', table='curators_curator', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='curator',
                    trigger=pgtrigger.compiler.Trigger(name='avoids_former_address', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF EXISTS (\n            SELECT FROM catalogue_formeraddress\n            WHERE kind = TG_TABLE_NAME AND slug = NEW.slug AND uid <> NEW.uid\n        ) THEN\n            RAISE EXCEPTION 'The address % was another’s once and still leads there.', NEW.slug\n            USING ERRCODE = 'unique_violation', CONSTRAINT = TG_TABLE_NAME || '_former_address';\n        END IF;\n        RETURN NULL;\n    ", hash='877f62100c450e00f4579a6337ae3a2ef7c85b9a', operation='INSERT OR UPDATE OF "slug"', pgid='pgtrigger_avoids_former_address_79202', table='curators_curator', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='curator',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "curators_curatorevent" ("biography", "created", "erased_at", "headline", "homepage", "i18n", "id", "is_team", "name", "orcid", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "replaced_by", "slug", "status", "uid", "user_id", "withdrawn_at", "withdrawn_reason") VALUES (NEW."biography", NEW."created", NEW."erased_at", NEW."headline", NEW."homepage", NEW."i18n", NEW."id", NEW."is_team", NEW."name", NEW."orcid", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_at", NEW."replaced_by", NEW."slug", NEW."status", NEW."uid", NEW."user_id", NEW."withdrawn_at", NEW."withdrawn_reason"); RETURN NULL;', hash='264f3c6bd456823955f0584b7de0e54ada9e5991', operation='INSERT', pgid='pgtrigger_insert_insert_91f5f', table='curators_curator', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='curator',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."biography" IS DISTINCT FROM (NEW."biography") OR OLD."created" IS DISTINCT FROM (NEW."created") OR OLD."erased_at" IS DISTINCT FROM (NEW."erased_at") OR OLD."headline" IS DISTINCT FROM (NEW."headline") OR OLD."homepage" IS DISTINCT FROM (NEW."homepage") OR OLD."i18n" IS DISTINCT FROM (NEW."i18n") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_team" IS DISTINCT FROM (NEW."is_team") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."orcid" IS DISTINCT FROM (NEW."orcid") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."replaced_by" IS DISTINCT FROM (NEW."replaced_by") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."uid" IS DISTINCT FROM (NEW."uid") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at") OR OLD."withdrawn_reason" IS DISTINCT FROM (NEW."withdrawn_reason"))', func='INSERT INTO "curators_curatorevent" ("biography", "created", "erased_at", "headline", "homepage", "i18n", "id", "is_team", "name", "orcid", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "replaced_by", "slug", "status", "uid", "user_id", "withdrawn_at", "withdrawn_reason") VALUES (NEW."biography", NEW."created", NEW."erased_at", NEW."headline", NEW."homepage", NEW."i18n", NEW."id", NEW."is_team", NEW."name", NEW."orcid", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_at", NEW."replaced_by", NEW."slug", NEW."status", NEW."uid", NEW."user_id", NEW."withdrawn_at", NEW."withdrawn_reason"); RETURN NULL;', hash='1d5586a502da21ebeae68150d7342bca03614400', operation='UPDATE', pgid='pgtrigger_update_update_0fd28', table='curators_curator', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='curator',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "curators_curatorevent" ("biography", "created", "erased_at", "headline", "homepage", "i18n", "id", "is_team", "name", "orcid", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "replaced_by", "slug", "status", "uid", "user_id", "withdrawn_at", "withdrawn_reason") VALUES (OLD."biography", OLD."created", OLD."erased_at", OLD."headline", OLD."homepage", OLD."i18n", OLD."id", OLD."is_team", OLD."name", OLD."orcid", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_at", OLD."replaced_by", OLD."slug", OLD."status", OLD."uid", OLD."user_id", OLD."withdrawn_at", OLD."withdrawn_reason"); RETURN NULL;', hash='fc6008c7886aae17f36857a5fc6952b2115bfbdd', operation='DELETE', pgid='pgtrigger_delete_delete_be4a3', table='curators_curator', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='curatorevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='59d754ea82c4ea4c1bd6b7c3fdf7c798f428a44f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_72d6e', table='curators_curatorevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='membership',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "curators_membershipevent" ("id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."user_id"); RETURN NULL;', hash='fe9cb7e90e302574a39d2747008979bf508c7d38', operation='INSERT', pgid='pgtrigger_insert_insert_0bf42', table='curators_membership', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='membership',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "curators_membershipevent" ("id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."user_id"); RETURN NULL;', hash='e7a2ec355b5885af1c15aababc2e415c0558c20a', operation='UPDATE', pgid='pgtrigger_update_update_1fd05', table='curators_membership', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='membership',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "curators_membershipevent" ("id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (OLD."id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."user_id"); RETURN NULL;', hash='75540e16a63f85236cd52457a274dac1508003f3', operation='DELETE', pgid='pgtrigger_delete_delete_cfe60', table='curators_membership', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='membershipevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d7e317bea3285cde36e49a72e62da5185cc578cf', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4c69a', table='curators_membershipevent', when='BEFORE')),
                ),
            ],
        ),
    ]
