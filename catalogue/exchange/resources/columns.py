"""The table of names: what files call columns, types, levels, licences, costs, and what we do.

docs/importing.md shows it to whoever prepares a file, and a test holds the two together.
"""

from collections.abc import Mapping

COLUMNS = (
    "url title description description_language description_source provider authors resource_type "
    "proficiency language licence cost duration_minutes duration_source published access skills "
    "competences tags"
).split()
# Several values in one cell are separated by `;`.
MANY = frozenset("authors language access skills competences tags".split())

# How others call them; compared in small letters, with `_` for blanks and hyphens.
HEADERS: Mapping[str, str] = {
    **{name: name for name in COLUMNS},
    **dict.fromkeys("link links address web_address website href uri location source_url".split(), "url"),
    **dict.fromkeys("name resource_title resource heading headline".split(), "title"),
    **dict.fromkeys("summary abstract notes note extract excerpt".split(), "description"),
    **dict.fromkeys("publisher organisation organization provided_by host".split(), "provider"),
    **dict.fromkeys("author creator creators by".split(), "authors"),
    **dict.fromkeys("type kind format learning_resource_type material_type".split(), "resource_type"),
    **dict.fromkeys("level difficulty educational_level".split(), "proficiency"),
    **dict.fromkeys("languages lang in_language".split(), "language"),
    **dict.fromkeys("license licences licenses rights".split(), "licence"),
    **dict.fromkeys("price pricing".split(), "cost"),
    **dict.fromkeys("minutes duration time_required length time".split(), "duration_minutes"),
    **dict.fromkeys("date_published publication_date date year".split(), "published"),
    **dict.fromkeys("accessibility accessibility_feature".split(), "access"),
    **dict.fromkeys("skill teaches".split(), "skills"),
    **dict.fromkeys("competence competency competencies".split(), "competences"),
    **dict.fromkeys(
        "tag keyword keywords subject subjects topic topics section subsection folder".split(),
        "tags",
    ),
}  # fmt: skip

TYPES: Mapping[str, str] = {
    **dict.fromkeys(("mooc", "online course", "module", "lesson", "e-learning", "training"), "course"),
    **dict.fromkeys(
        ("interactive tutorial", "walkthrough", "how-to", "howto", "exercise", "worksheet"), "tutorial"
    ),
    **dict.fromkeys(
        ("blog post", "blogposting", "blog", "web page", "webpage", "scholarlyarticle", "newsarticle",
         "techarticle", "paper", "report"), "article"
    ),
    **dict.fromkeys(("videoobject", "screencast", "film", "animation", "playlist"), "video"),
    **dict.fromkeys(
        ("podcast or screencast", "audio", "audioobject", "podcastepisode", "podcastseries"), "podcast"
    ),
    **dict.fromkeys(
        ("guidance", "handbook", "cheat sheet", "checklist", "manual", "documentation", "reference",
         "fact sheet", "factsheet"), "guide"
    ),
    **dict.fromkeys(("kit", "pack", "template", "templates", "lesson plan", "teaching pack"), "toolkit"),
    **dict.fromkeys(
        ("software", "softwareapplication", "webapplication", "app", "playground", "website",
         "web site"), "tool"
    ),
    **dict.fromkeys(("case studies", "example"), "case-study"),
    **dict.fromkeys(
        ("webinar", "webinar recording", "talk", "lecture", "presentation", "slides",
         "recording of an event"), "recording"
    ),
    **dict.fromkeys(("e-book", "ebook", "textbook", "book chapter"), "book"),
    **dict.fromkeys(("problem set", "test", "assessment", "self-assessment", "game"), "quiz"),
    **dict.fromkeys(("forum", "network", "mailing list", "group"), "community"),
    **dict.fromkeys(("data", "data set", "datasets"), "dataset"),
}  # fmt: skip

PROFICIENCIES: Mapping[str, str] = {
    **dict.fromkeys(
        ("foundation", "beginner", "beginners", "novice", "introductory", "introduction", "entry",
         "entry level", "elementary", "easy", "all"), "basic"
    ),
    **dict.fromkeys(("improver", "medium", "independent", "practitioner"), "intermediate"),
    **dict.fromkeys(("hard", "proficient"), "advanced"),
    **dict.fromkeys(("specialised", "specialized", "highly specialised", "specialist", "master"), "expert"),
}  # fmt: skip

COSTS: Mapping[str, str] = {
    **dict.fromkeys(("yes", "true", "0", "gratis", "open", "free of charge", "no cost"), "free"),
    **dict.fromkeys(
        ("free with registration", "registration", "free account", "free, sign-up", "sign-up"),
        "free-sign-up",
    ),
    **dict.fromkeys(("freemium", "partly free", "free trial", "free to audit", "free in part"), "free-limited"),
    **dict.fromkeys(("no", "false", "fee", "subscription", "not free"), "paid"),
}  # fmt: skip

ACCESS: Mapping[str, str] = {
    **dict.fromkeys(
        ("closedcaptions", "opencaptions", "subtitles", "subtitled", "closed captions"), "captions"
    ),
    **dict.fromkeys(("transcripts",), "transcript"),
    **dict.fromkeys(("works without sound", "no sound", "silent"), "no-sound-needed"),
    **dict.fromkeys(("mobile", "works on a phone", "responsive"), "phone"),
    **dict.fromkeys(("pdf", "only pdf"), "pdf-only"),
}  # fmt: skip

# Frameworks whose slug others write in another way.
FRAMEWORKS: Mapping[str, str] = {
    "digcomp22": "digcomp-2.2",
    "digcomp2.2": "digcomp-2.2",
    "digcomp-22": "digcomp-2.2",
    "digcomp30": "digcomp-3.0",
    "digcomp3": "digcomp-3.0",
    "digcomp3.0": "digcomp-3.0",
    "digcomp-30": "digcomp-3.0",
    "digcomp-3": "digcomp-3.0",
    "eds": "essential-digital-skills",
    "dcf": "digital-competence-framework-2016",
}
