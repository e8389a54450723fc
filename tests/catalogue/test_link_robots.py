"""robots.txt as its standard has it (RFC 9309)."""

import pytest

from catalogue.links.robots import read_rules


def allows(text: str, path: str, name: str = "Waymark") -> bool:
    return read_rules(text, name).allow(f"https://example.org{path}")


@pytest.mark.parametrize(
    ("text", "path", "is_allowed"),
    [
        ("", "/", True),
        ("<html>not found</html>", "/", True),
        ("User-agent: *\nDisallow: /", "/", False),
        ("User-agent: *\nDisallow:", "/", True),
        ("User-agent: *\nDisallow: /private", "/private/one", False),
        ("User-agent: *\nDisallow: /private", "/public", True),
        ("\ufeffuser-AGENT : *  # all\r\n DISALLOW:/private # here\r\n", "/private", False),
        # The longest rule wins, whichever stands first; of two alike the one that allows.
        ("User-agent: *\nDisallow: /\nAllow: /courses", "/courses/1", True),
        ("User-agent: *\nAllow: /courses\nDisallow: /courses/old", "/courses/old/1", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        # Our own group instead of everybody's; several of them together.
        ("User-agent: *\nDisallow: /\n\nUser-agent: waymark\nAllow: /", "/x", True),
        ("User-agent: Waymark/1.0\nDisallow: /x\n\nUser-agent: *\nAllow: /", "/x", False),
        ("User-agent: other\nUser-agent: Waymark\nDisallow: /x", "/x", False),
        ("User-agent: Waymark\nDisallow: /a\nUser-agent: Waymark\nDisallow: /x", "/x", False),
        ("User-agent: Waymarker\nDisallow: /", "/x", True),
        ("Disallow: /", "/x", True),
        # Signs.
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x=1", True),
        ("User-agent: *\nDisallow: /*/edit", "/a/b/edit/1", False),
        ("User-agent: *\nDisallow: /*?", "/a?x=1", False),
        ("User-agent: *\nDisallow: /a$", "/a", False),
        ("User-agent: *\nDisallow: /a$", "/ab", True),
        ("User-agent: *\nDisallow: /caf\u00e9", "/caf%c3%a9/1", False),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
    ],
)
def test_each_rule(text: str, path: str, is_allowed: bool) -> None:
    assert allows(text, path) is is_allowed


def test_no_pattern_takes_long() -> None:
    pattern = "/" + "*a" * 2000

    assert allows(f"User-agent: *\nDisallow: {pattern}b", "/" + "a" * 5000)


@pytest.mark.parametrize(
    ("said", "pause"),
    [("3", 3), ("0.5", 0.5), ("86400", 10), ("soon", 0), ("-1", 0), ("", 0)],
)
def test_a_pause_is_kept_unless_it_would_never_end(said: str, pause: float) -> None:
    assert read_rules(f"User-agent: *\nCrawl-delay: {said}", "Waymark").pause == pause
