"""What a site asks of robots: robots.txt (RFC 9309), read for the one name that visits go by.

Python's own reader takes the first rule that fits and knows no `*`; the standard has the longest
win, and sites write for that.
"""

import re
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

# The standard asks for 500 KiB at least.
BYTES = 512 * 1024
# A site may ask for pauses so long that its links would never be visited.
LONGEST_PAUSE = 10.0

_LINE = re.compile(r"\s*([A-Za-z-]+)\s*:\s*(.*?)\s*(?:#.*)?\Z")


@dataclass(frozen=True)
class Rules:
    """`rules` are (pattern, whether it allows); `pause` is what the site asks for, in seconds."""

    rules: tuple[tuple[str, bool], ...] = ()
    pause: float = 0

    def allow(self, url: str) -> bool:
        """Whether `url` may be asked: the longest pattern that fits decides, and of two alike the
        one that allows."""
        parts = urlsplit(url)
        path = _normal(f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}")
        if path == "/robots.txt":
            return True
        fitting = [(len(said), allows) for said, allows in self.rules if _fits(said, path)]
        return max(fitting, default=(0, True))[1]


ALL = Rules()
NONE = Rules((("/", False),))


@dataclass
class _Group:
    names: list[str] = field(default_factory=list)
    rules: list[tuple[str, bool]] = field(default_factory=list)
    pause: float = 0
    is_open: bool = True


def read_rules(text: str, name: str) -> Rules:
    """What `text` says to the robot `name`: all groups that name it, else those for everybody."""
    groups = _groups(text)
    own = [group for group in groups if _names(group, name)]
    own = own or [group for group in groups if "*" in group.names]
    return Rules(
        rules=tuple(rule for group in own for rule in group.rules),
        pause=min(max((group.pause for group in own), default=0), LONGEST_PAUSE),
    )


def _names(group: _Group, name: str) -> bool:
    return any(name.casefold() == said for said in group.names)


def _groups(text: str) -> list[_Group]:
    groups: list[_Group] = []
    for line in text.removeprefix("\ufeff").splitlines():
        found = _LINE.fullmatch(line)
        if not found:
            continue
        key, value = found[1].lower(), found[2]
        if key == "user-agent":
            if not groups or not groups[-1].is_open:
                groups.append(_Group())
            # As in `Waymark/1.0`: what follows the name is none of it.
            groups[-1].names.append(re.split(r"[/\s]", value.casefold())[0])
        elif groups and key in ("allow", "disallow", "crawl-delay"):
            groups[-1].is_open = False
            _take(groups[-1], key, value)
    return groups


def _take(group: _Group, key: str, value: str) -> None:
    if key == "crawl-delay":
        if re.fullmatch(r"[0-9]{1,5}(\.[0-9]{1,3})?", value):
            group.pause = float(value)
    elif value:
        # An empty Disallow allows everything, as does having no rule.
        group.rules.append((_normal(value), key == "allow"))


def _normal(path: str) -> str:
    """With what has to be encoded encoded, and letters of escapes large, so that texts compare."""
    encoded = quote(path, safe="%/:?#[]@!$&'()*+,;=-._~")
    return re.sub("%[0-9a-fA-F]{2}", lambda found: found[0].upper(), encoded)


def _fits(pattern: str, path: str) -> bool:
    """`*` stands for anything, a `$` at the end for the end. No pattern makes it slow."""
    is_whole = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    if not rest:
        return at == len(path) if is_whole else True
    *between, last = rest
    for part in between:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    if is_whole:
        return len(path) - len(last) >= at and path.endswith(last)
    return path.find(last, at) >= 0
