"""The site's drawings: lines on a ground of 24 by 24, in the colour of the text beside them.

They stand in the page itself: under a policy of `default-src 'none'`, Firefox before 132 refuses
symbols that are kept in a file of their own, and they would come later than their words.
"""

from functools import cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

DRAWINGS = {
    # Types of resources, named as their vocabulary has them.
    "article": '<path d="M6 3.5h8.5L18.5 8v12.5H6zM9 11.5h6.5M9 15.5h6.5M14 3.8v4.5h4.3"/>',
    "book": ('<path d="M19 17V4H7a2 2 0 0 0-2 2v12.6M19 17v3.5H6.8a1.8 1.8 0 0 1 0-3.5zM9 8h6"/>'),
    "case-study": (
        '<path d="M11 20.5H5.5v-17h12V11M8.5 7.5h6m-6 4H12"/>'
        '<circle cx="15.5" cy="16" r="3.3"/><path d="m18 18.5 2.6 2.6"/>'
    ),
    "community": (
        '<circle cx="8.5" cy="9" r="3"/><circle cx="16.5" cy="10" r="2.4"/>'
        '<path d="M2.8 19c.4-6.3 11-6.3 11.4 0M15 14.8c3.5-.7 6 .9 6.2 4.2"/>'
    ),
    "course": '<path d="m2.5 9 9.5-4.5L21.5 9 12 13.5zM6.5 11v5c3.5 2.7 7.5 2.7 11 0v-5M21.5 9v6"/>',
    "dataset": (
        '<ellipse cx="12" cy="6" rx="7.5" ry="2.7"/>'
        '<path d="M4.5 6v12c0 3.6 15 3.6 15 0V6m-15 6c0 3.6 15 3.6 15 0"/>'
    ),
    "guide": (
        '<path d="M12 6.5C9.5 4.8 6.5 4.5 3.5 5v13.5c3-.5 6-.2 8.5 1.5 2.5-1.7 5.5-2 '
        '8.5-1.5V5c-3-.5-6-.2-8.5 1.5V20"/>'
    ),
    "podcast": (
        '<path d="M12 3.5a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0v-5a3 3 0 0 1 3-3zM6 11.5a6 6 0 0 0 12 0'
        'M12 17.5v3m-3.5 0h7"/>'
    ),
    "quiz": (
        '<path d="M4.5 4h15v13h-8L7 20.5V17H4.5zM10 9c.3-2.6 4.3-2.4 4 .1-.2 1.5-2 1.5-2 3m0 2v.1"/>'
    ),
    "recording": '<path d="M3.5 4.5h17m-15.5 0v10h14v-10M12 14.5v3m-4 3 4-3 4 3"/>',
    "tool": (
        '<path d="M14.5 6.5A4.2 4.2 0 0 1 19.8 5L17 7.8l.5 2 2 .4L22 7.6a4.2 4.2 0 0 1-6 4.7'
        'l-7.8 7.9a1.9 1.9 0 0 1-3-2.7l7.9-8a4.2 4.2 0 0 1 1.4-3z"/>'
    ),
    "toolkit": '<path d="M3.5 9h17v10.5h-17zM8.5 9V5.5h7V9m-12 4.5h17M12 12v3"/>',
    "tutorial": '<path d="M4 6h2m-2 6h2m-2 6h2M10 6h10M10 12h10M10 18h10"/>',
    "video": '<path d="M3.5 5.5h17v13h-17zM10 9v6l5-3z"/>',
    # Kinds of steps.
    "activity": '<path d="m4 20 1-4.5L16.5 4 20 7.5 8.5 19zM14 6.5l3.5 3.5"/>',
    "pathway": (
        '<circle cx="6" cy="18.5" r="2"/><circle cx="18" cy="5.5" r="2"/>'
        '<path d="M8 18.5h6.5a3.25 3.25 0 0 0 0-6.5h-5a3.25 3.25 0 0 1 0-6.5H16"/>'
    ),
    "reflection": '<path d="M12 20.5V15m-3.5 5.5h7M7 15a7 7 0 1 1 10 0z"/>',
    # Facts.
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.2l3.4 2"/>',
    "free": (
        '<circle cx="12" cy="12" r="8.5"/>'
        '<path d="M15 8.8a3 3 0 0 0-5.6 1.5c0 2.7.8 3.5-.9 6h6.8M8.5 12.6h5"/>'
    ),
    "link": (
        '<path d="M10 14a4 4 0 0 0 6 .4l2.8-2.8a4 4 0 0 0-5.7-5.7L12 7m2 3a4 4 0 0 0-6-.4l-2.8 2.8'
        'a4 4 0 0 0 5.7 5.7L12 17"/>'
    ),
    "people": ('<circle cx="12" cy="8" r="3.7"/><path d="M4.8 20c.5-8 13.9-8 14.4 0"/>'),
    "tongue": '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c5 5 5 12 0 17-5-5-5-12 0-17"/>',
    "unlink": (
        '<path d="m14 17-1.1 1.1a4 4 0 0 1-5.7-5.7L8.5 11M10 7l1.1-1.1a4 4 0 0 1 5.7 5.7L15.5 13'
        'M4 4l16 16"/>'
    ),
    # Signs on what can be pressed, and beside what is said.
    "check": '<path d="m5 12.5 4.6 4.6L19.2 7"/>',
    "close": '<path d="m6 6 12 12M18 6 6 18"/>',
    "download": '<path d="M12 4v11m-5-5 5 5 5-5M5 20h14"/>',
    "embed": '<path d="m8 7-5 5 5 5m8-10 5 5-5 5"/>',
    "feed": '<path d="M5 5a14 14 0 0 1 14 14M5 11a8 8 0 0 1 8 8"/><circle cx="6.5" cy="17.5" r="1.5"/>',
    "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v6m0-9.5v.1"/>',
    "left": '<path d="M20 12H5m6-6-6 6 6 6"/>',
    "out": '<path d="M13.5 4.5h6v6m0-6L11 13M18 13.5v6H4.5V6h6"/>',
    "print": '<path d="M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z"/>',
    "right": '<path d="M4 12h15m-6-6 6 6-6 6"/>',
    "save": '<path d="M7 4h10v16l-5-4-5 4z"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>',
    "warn": '<path d="M12 4 2.8 20h18.4zM12 10v5m0 2.4v.1"/>',
}


@cache
def draw(name: str) -> SafeString:
    """The drawing as SVG, hidden from those who listen: its word stands beside it.

    Raises KeyError for a name that has no drawing.
    """
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{}</svg>',
        mark_safe(DRAWINGS[name]),
    )
