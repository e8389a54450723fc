"""The desk's pages that bring files in: choose one, look at what it would do, then do it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.exchange import ExchangeError, Rejected, RejectsFile, Report
from catalogue.import_files import KeptFile, NotKept
from catalogue.standing import is_editor

# Bytes. What is larger would keep a browser waiting for minutes: there is a command for it.
LARGEST = 20 * 1024 * 1024
# How many of those that stay out a page shows; the CSV has all of them.
SHOWN = 200


class ImportForm(forms.Form):
    """The file, and how to bring it in. A subclass may ask for more.

    Each field but `file` is handed to `import_file` by its name, so its value has to be one that
    JSON can hold. `needs` tells the permission (of those that ModelAdmin has as `has_…_permission`)
    without which a field is not even asked.
    """

    file = forms.FileField(label=gettext_lazy("File"))
    update = forms.BooleanField(
        label=gettext_lazy("Change what is here already"),
        help_text=gettext_lazy("Otherwise only what is new is brought in."),
        required=False,
    )
    publish = forms.BooleanField(
        label=gettext_lazy("Publish what is new"),
        help_text=gettext_lazy("Otherwise it comes as a draft."),
        required=False,
    )

    needs = {"update": "change", "publish": "publish"}

    def __init__(
        self, *args: Any, may: Callable[[str], bool], formats: str, command: str, **kwargs: Any
    ) -> None:
        """`may(permission)` tells whether somebody has it; `command` brings in larger files."""
        super().__init__(*args, **kwargs)
        self.command = command
        self.fields["file"].help_text = format_lazy(
            "{formats} {limit}",
            formats=formats,
            limit=_("Up to %(largest)s; what is larger goes by “manage.py %(command)s”.")
            % {"largest": filesizeformat(LARGEST), "command": command},
        )
        for name, permission in self.needs.items():
            if name in self.fields and not may(permission):
                del self.fields[name]

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(
                _(
                    "This file has %(size)s, and the desk takes %(largest)s at most. "
                    "Whoever runs the site can bring it in with “manage.py %(command)s”."
                )
                % {
                    "size": filesizeformat(file.size),
                    "largest": filesizeformat(LARGEST),
                    "command": self.command,
                }
            )
        return file


class ImportsFiles:
    """Mixin of a ModelAdmin: an “Import” button on its list, and the pages behind it.

    Whoever may add rows may import. In a few lines::

        class ResourceAdmin(ImportsFiles, PublicAdmin):
            import_help = _("CSV, JSON Lines, …")
            import_command = "import_resources"

            def import_file(self, file, name, *, dry_run, by, report, **options):
                import_resources(file, name, dry_run=dry_run, by=by, report=report, **options)

    `import_file` is the one hook. It brings in `file`, a binary file that somebody called `name`,
    and counts in `report`; a dry run counts and leaves nothing behind. What is no such file at all
    raises ExchangeError, whose sentence is shown beside the field. `options` are the values of the
    other fields of `import_form` (`update` and `publish`, where that isn't replaced by a subclass);
    a field that somebody lacks the permission for is not among them, so give each a default.
    """

    import_form: type[ImportForm] = ImportForm
    import_help = ""  # Which formats are taken, in a sentence.
    import_command = ""  # The name of the command that takes larger files.
    change_list_template = "admin/import_change_list.html"

    def import_file(
        self,
        file: BinaryIO,
        name: str,
        *,
        dry_run: bool,
        by: Any,
        report: Report,
        **options: Any,
    ) -> None:
        raise NotImplementedError

    # Addresses

    def get_urls(self) -> list:
        wrap = self.admin_site.admin_view
        return [
            path("import/", wrap(self.import_view), name=self._import_name("import")),
            path(
                "import/<uuid:key>/",
                wrap(self.import_report_view),
                name=self._import_name("import_report"),
            ),
            path(
                "import/<uuid:key>/rejected.csv",
                wrap(self.import_rejects_view),
                name=self._import_name("import_rejects"),
            ),
            *super().get_urls(),
        ]

    def _import_name(self, role: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{role}"

    def _import_url(self, role: str, *args: Any) -> str:
        return reverse(f"{self.admin_site.name}:{self._import_name(role)}", args=args)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        context = {
            "import_url": self._import_url("import"),
            "may_import": self.may_import(request),
            **(extra_context or {}),
        }
        return super().changelist_view(request, context)

    # Pages

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """`form`. A file that can be read leads on to what it would do."""
        self._refuse_others(request)
        is_sent = request.method == "POST"
        form = self.import_form(
            request.POST if is_sent else None,
            request.FILES if is_sent else None,
            may=lambda permission: self._may(request, permission),
            formats=self.import_help,
            command=self.import_command,
        )
        if form.is_valid():
            options = dict(form.cleaned_data)
            kept = KeptFile.keep(
                options.pop("file"), user=request.user, kind=self._kind, options=options
            )
            if not (problem := self._look(kept, request)):
                return redirect(self._import_url("import_report", kept.key))
            kept.remove()
            form.add_error("file", problem)
        context = {"form": form, "title": self._import_title}
        return self._page(request, "admin/import_form.html", context)

    def import_report_view(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """What the file would do and, once it is brought in, what it did.

        `kept`, `report` (see _told), `choices`: (label, value) of the options; `is_done`.
        """
        self._refuse_others(request)
        try:
            kept = KeptFile.find(key, user=request.user, kind=self._kind)
        except NotKept:
            return self._choose_again(request)
        if request.method == "POST":
            return self._bring_in(kept, request)
        is_done = "done" in kept.note
        if not is_done and not kept.is_here:
            return self._choose_again(request)
        report = kept.note["done" if is_done else "would"]
        context = {
            "kept": kept,
            "report": report,
            "is_cut": report["rejected"] + report["left_out"] > SHOWN,
            "is_done": is_done,
            "choices": self._choices(kept),
            "import_url": self._import_url("import"),
            "rejects_url": self._import_url("import_rejects", key),
            "shown": SHOWN,
            "title": self._import_title,
        }
        return self._page(request, "admin/import_report.html", context)

    def import_rejects_view(self, request: HttpRequest, key: UUID) -> FileResponse:
        """All rejected rows as CSV."""
        self._refuse_others(request)
        try:
            kept = KeptFile.find(key, user=request.user, kind=self._kind)
            file = kept.rejects.open("rb")
        except (NotKept, FileNotFoundError) as error:
            raise Http404("nothing was rejected, or nobody knows any more") from error
        name = f"{Path(kept.note['name']).stem}.rejects.csv"
        return FileResponse(
            file, as_attachment=True, filename=name, content_type="text/csv; charset=utf-8"
        )

    # What they do

    def _look(self, kept: KeptFile, request: HttpRequest) -> str:
        """Tries the file and notes what it would do; answers what is wrong with it as a whole."""
        try:
            with kept.open() as file:
                kept.note["would"] = self._run(kept, file, request, dry_run=True)
        except ExchangeError as error:
            return str(error)
        kept.save()
        return ""

    def _bring_in(self, kept: KeptFile, request: HttpRequest) -> HttpResponse:
        for name, value in kept.note["options"].items():
            if value and not self._may(request, self.import_form.needs.get(name, "add")):
                raise PermissionDenied
        again = redirect(self._import_url("import_report", kept.key))
        if "done" in kept.note:
            return again
        try:
            with kept.take() as file:
                kept.note["done"] = self._run(kept, file, request, dry_run=False)
        except NotKept:
            return self._choose_again(request)
        except ExchangeError as error:
            self.message_user(request, str(error), messages.ERROR)
            return redirect(self._import_url("import"))
        kept.save()
        return again

    def _run(
        self, kept: KeptFile, file: BinaryIO, request: HttpRequest, *, dry_run: bool
    ) -> dict[str, Any]:
        first: list[Rejected] = []
        with RejectsFile(kept.rejects) as rejects:

            def on_rejected(rejected: Rejected) -> None:
                rejects.write(rejected)
                if len(first) < SHOWN:
                    first.append(rejected)

            report = Report(on_rejected=on_rejected)
            self.import_file(
                file,
                kept.note["name"],
                dry_run=dry_run,
                by=request.user,
                report=report,
                **kept.note["options"],
            )
        return _told(report, first)

    def _choose_again(self, request: HttpRequest) -> HttpResponse:
        told = _("That file is not kept here any more. Choose it again.")
        self.message_user(request, told, messages.WARNING)
        return redirect(self._import_url("import"))

    # Who may, and what stands on every page

    def _may(self, request: HttpRequest, permission: str) -> bool:
        asked = getattr(self, f"has_{permission}_permission", None)
        return asked is not None and asked(request)

    def may_import(self, request: HttpRequest) -> bool:
        """Who has the button and the pages: editors, since a file may say something of every row."""
        return self.has_add_permission(request) and is_editor(request.user)

    def _refuse_others(self, request: HttpRequest) -> None:
        if not self.may_import(request):
            raise PermissionDenied

    @property
    def _kind(self) -> str:
        return self.opts.label_lower

    @property
    def _import_title(self) -> str:
        return _("Import %(things)s") % {"things": self.opts.verbose_name_plural}

    def _choices(self, kept: KeptFile) -> list[tuple[str, Any]]:
        fields = self.import_form.base_fields
        return [(fields[name].label, value) for name, value in kept.note["options"].items()]

    def _page(self, request: HttpRequest, template: str, context: dict) -> TemplateResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, template, context)


def _told(report: Report, first: list[Rejected]) -> dict[str, Any]:
    """The report as JSON can hold it, with the `first` rows that were rejected."""
    counts = "added changed unchanged merged rejected left_out".split()
    return {
        **{name: getattr(report, name) for name in counts},
        "changes_nothing": report.changes_nothing,
        "notes": {str(sentence): number for sentence, number in report.notes.items()},
        "rows": [
            {
                "line": row.line,
                "value": row.value,
                "reason": str(row.reason),
                "is_kept": row.is_kept,
            }
            for row in first
        ],
    }
