"""The desk's pages that bring files in: choose one, look at what it would do, then do it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat, yesno
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.exchange import Changed, ChangesFile, ExchangeError, Rejected, RejectsFile, Report
from catalogue.exchange.report import excerpts, shown
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


@dataclass(frozen=True)
class Way:
    """One way to bring files in: its addresses and words, and the ModelAdmin's methods behind it.

    `brings_in` is called as `ImportsFiles.import_file` is, `may` as `may_import`. A field of `form`
    takes `permission`, unless its `needs` say otherwise.
    """

    name: str  # Of its addresses.
    label: Promise | str  # On the button that leads here.
    title: Promise | str
    explains: Promise | str
    formats: Promise | str
    command: str
    form: type[ImportForm]
    brings_in: str = "import_file"
    may: str = "may_import"
    permission: str = "add"
    tells_changes: bool = False


EXPLAINS = gettext_lazy(
    "Choose a file. The next page tells what it would do; nothing changes before you agree there."
)


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

    def ways(self) -> list[Way]:
        """The ways to bring files in; each has a button on the list, for those who may."""
        return [
            Way(
                name="import",
                label=gettext_lazy("Import"),
                title=format_lazy(
                    gettext_lazy("Import {things}"), things=self.opts.verbose_name_plural
                ),
                explains=EXPLAINS,
                formats=self.import_help,
                command=self.import_command,
                form=self.import_form,
            )
        ]

    # Addresses

    def get_urls(self) -> list:
        own = [pattern for way in self.ways() for pattern in self._urls_of(way)]
        return [*own, *super().get_urls()]

    def _urls_of(self, way: Way) -> list:
        pages = {
            "": ("", self.import_view),
            "report": ("<uuid:key>/", self.import_report_view),
            "rejects": ("<uuid:key>/rejected.csv", self.import_rejects_view),
        }
        if way.tells_changes:
            pages["changes"] = ("<uuid:key>/changes.csv", self.import_changes_view)
        wrap = self.admin_site.admin_view
        return [
            path(
                f"{way.name}/{route}",
                wrap(partial(view, way=way)),
                name=self._import_name(way, role),
            )
            for role, (route, view) in pages.items()
        ]

    def _import_name(self, way: Way, role: str) -> str:
        name = f"{way.name}_{role}" if role else way.name
        return f"{self.opts.app_label}_{self.opts.model_name}_{name}"

    def _import_url(self, way: Way, role: str = "", *args: Any) -> str:
        return reverse(f"{self.admin_site.name}:{self._import_name(way, role)}", args=args)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        ways = [way for way in self.ways() if getattr(self, way.may)(request)]
        buttons = [(way.label, self._import_url(way)) for way in ways]
        return super().changelist_view(request, {"import_ways": buttons, **(extra_context or {})})

    # Pages

    def import_view(self, request: HttpRequest, *, way: Way) -> HttpResponse:
        """`form`. A file that can be read leads on to what it would do."""
        self._refuse_others(request, way)
        is_sent = request.method == "POST"
        form = way.form(
            request.POST if is_sent else None,
            request.FILES if is_sent else None,
            may=lambda permission: self._may(request, permission),
            formats=way.formats,
            command=way.command,
        )
        if form.is_valid():
            options = dict(form.cleaned_data)
            kept = KeptFile.keep(
                options.pop("file"), user=request.user, kind=self._kind(way), options=options
            )
            if not (problem := self._look(way, kept, request)):
                return redirect(self._import_url(way, "report", kept.key))
            kept.remove()
            form.add_error("file", problem)
        context = {"form": form, "title": way.title}
        return self._page(request, way, "admin/import_form.html", context)

    def import_report_view(self, request: HttpRequest, key: UUID, *, way: Way) -> HttpResponse:
        """What the file would do and, once it is brought in, what it did.

        `kept`, `report` (see _told), `choices`: (label, value) of the options; `is_done`.
        """
        self._refuse_others(request, way)
        try:
            kept = KeptFile.find(key, user=request.user, kind=self._kind(way))
        except NotKept:
            return self._choose_again(request, way)
        if request.method == "POST":
            return self._bring_in(way, kept, request)
        is_done = "done" in kept.note
        if not is_done and not kept.is_here:
            return self._choose_again(request, way)
        report = kept.note["done" if is_done else "would"]
        context = {
            "kept": kept,
            "report": report,
            "is_cut": report["rejected"] + report["left_out"] > SHOWN,
            "is_done": is_done,
            "choices": self._choices(way, kept),
            "import_url": self._import_url(way),
            "rejects_url": self._import_url(way, "rejects", key),
            "changes_url": self._import_url(way, "changes", key) if way.tells_changes else "",
            "shown": SHOWN,
            "title": way.title,
        }
        return self._page(request, way, "admin/import_report.html", context)

    def import_rejects_view(self, request: HttpRequest, key: UUID, *, way: Way) -> FileResponse:
        """All rejected rows as CSV."""
        return self._kept_csv(request, key, way, "rejects")

    def import_changes_view(self, request: HttpRequest, key: UUID, *, way: Way) -> FileResponse:
        """All changed cells as CSV."""
        return self._kept_csv(request, key, way, "changes")

    def _kept_csv(self, request: HttpRequest, key: UUID, way: Way, what: str) -> FileResponse:
        self._refuse_others(request, way)
        try:
            kept = KeptFile.find(key, user=request.user, kind=self._kind(way))
            file = getattr(kept, what).open("rb")
        except (NotKept, FileNotFoundError) as error:
            raise Http404("there is nothing in it, or nobody knows any more") from error
        name = f"{Path(kept.note['name']).stem}.{what}.csv"
        return FileResponse(
            file, as_attachment=True, filename=name, content_type="text/csv; charset=utf-8"
        )

    # What they do

    def _look(self, way: Way, kept: KeptFile, request: HttpRequest) -> str:
        """Tries the file and notes what it would do; answers what is wrong with it as a whole."""
        try:
            with kept.open() as file:
                kept.note["would"] = self._run(way, kept, file, request, dry_run=True)
        except ExchangeError as error:
            return str(error)
        kept.save()
        return ""

    def _bring_in(self, way: Way, kept: KeptFile, request: HttpRequest) -> HttpResponse:
        for name, value in kept.note["options"].items():
            if value and not self._may(request, way.form.needs.get(name, way.permission)):
                raise PermissionDenied
        again = redirect(self._import_url(way, "report", kept.key))
        if "done" in kept.note:
            return again
        try:
            with kept.take() as file:
                kept.note["done"] = self._run(way, kept, file, request, dry_run=False)
        except NotKept:
            return self._choose_again(request, way)
        except ExchangeError as error:
            self.message_user(request, str(error), messages.ERROR)
            return redirect(self._import_url(way))
        kept.save()
        return again

    def _run(
        self, way: Way, kept: KeptFile, file: BinaryIO, request: HttpRequest, *, dry_run: bool
    ) -> dict[str, Any]:
        first: list[Rejected] = []
        cells: list[Changed] = []
        with RejectsFile(kept.rejects) as rejects, ChangesFile(kept.changes) as changes:

            def on_rejected(rejected: Rejected) -> None:
                rejects.write(rejected)
                if len(first) < SHOWN:
                    first.append(rejected)

            def on_changed(changed: Changed) -> None:
                changes.write(changed)
                if len(cells) < SHOWN:
                    cells.append(changed)

            report = Report(on_rejected=on_rejected, on_changed=on_changed)
            getattr(self, way.brings_in)(
                file,
                kept.note["name"],
                dry_run=dry_run,
                by=request.user,
                report=report,
                **kept.note["options"],
            )
        return {**_told(report, first), "cells": [_cell(one) for one in cells]}

    def _choose_again(self, request: HttpRequest, way: Way) -> HttpResponse:
        told = _("That file is not kept here any more. Choose it again.")
        self.message_user(request, told, messages.WARNING)
        return redirect(self._import_url(way))

    # Who may, and what stands on every page

    def _may(self, request: HttpRequest, permission: str) -> bool:
        asked = getattr(self, f"has_{permission}_permission", None)
        return asked is not None and asked(request)

    def may_import(self, request: HttpRequest) -> bool:
        """Who has the button and the pages: editors, since a file may say something of every row."""
        return self.has_add_permission(request) and is_editor(request.user)

    def _refuse_others(self, request: HttpRequest, way: Way) -> None:
        if not getattr(self, way.may)(request):
            raise PermissionDenied

    def _kind(self, way: Way) -> str:
        return f"{self.opts.label_lower}.{way.name}"

    def _choices(self, way: Way, kept: KeptFile) -> list[tuple[str, Any]]:
        """(label, what was chosen or written there) for each option that has something."""
        fields = way.form.base_fields
        return [
            (fields[name].label, yesno(value) if isinstance(value, bool) else value)
            for name, value in kept.note["options"].items()
            if value != ""
        ]

    def _page(
        self, request: HttpRequest, way: Way, template: str, context: dict
    ) -> TemplateResponse:
        common = {**self.admin_site.each_context(request), "opts": self.opts, "way": way}
        return TemplateResponse(request, template, {**common, **context})


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


def _cell(changed: Changed) -> dict[str, Any]:
    """A changed cell as JSON can hold it, its texts as a page shows them."""
    before, after = excerpts(changed.before, changed.after)
    return {
        "line": changed.line,
        "title": shown(changed.title),
        "column": changed.column,
        "before": before,
        "after": after,
    }
