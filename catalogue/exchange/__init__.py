"""Brings content in from files: what `manage.py setup` loads, and the ground of the importers.

Each `load_…` function takes what a file says (parsed JSON, or rows of a CSV), adds what is not here
yet and leaves alone what is, since an editor may have changed it. Running one again changes nothing.
They answer how many rows they added. `LinkedData` and `row_of` read a single resource's values for
whoever has them from elsewhere than a file. What a file gets wrong raises ExchangeError; `find…`, `store`,
`publish` and `told_of` are there for the loaders of higher apps, which do the same.
"""

from catalogue.exchange.errors import ExchangeError
from catalogue.exchange.finding import (
    find,
    find_by_slug,
    present_slugs,
    rows_by_slug,
    skills_by_slug,
)
from catalogue.exchange.frameworks import (
    export_framework,
    import_framework,
    load_crosswalk,
    load_framework,
)
from catalogue.exchange.rejects import ChangesFile, RejectsFile
from catalogue.exchange.report import Changed, Rejected, Report
from catalogue.exchange.resources import (
    LinkedData,
    Row,
    Value,
    import_resources,
    load_resources,
    row_of,
    tag_rows,
)
from catalogue.exchange.sheets import sheet_of, take_sheet
from catalogue.exchange.skills import (
    load_organisations,
    load_questions,
    load_roles,
    load_skills,
    name_tags,
    relate_skills,
)
from catalogue.exchange.storing import publish, store, told_of

__all__ = [
    "Changed",
    "ChangesFile",
    "ExchangeError",
    "LinkedData",
    "Rejected",
    "RejectsFile",
    "Report",
    "Row",
    "Value",
    "export_framework",
    "find",
    "find_by_slug",
    "import_framework",
    "import_resources",
    "load_crosswalk",
    "load_framework",
    "load_organisations",
    "load_questions",
    "load_resources",
    "load_roles",
    "load_skills",
    "name_tags",
    "present_slugs",
    "publish",
    "relate_skills",
    "row_of",
    "rows_by_slug",
    "sheet_of",
    "skills_by_slug",
    "store",
    "tag_rows",
    "take_sheet",
    "told_of",
]
