"""Licences as files name them, and the SPDX identifiers that are stored (spdx.org/licenses).

A licence that is named without its version, as in “CC BY”, is kept so: to add a version would be a
guess about somebody's rights.
"""

import re
from functools import lru_cache

_VERSIONED = {
    "CC0": "1.0",
    "CC-BY": "1.0 2.0 2.5 3.0 4.0",
    "CC-BY-SA": "1.0 2.0 2.5 3.0 4.0",
    "CC-BY-ND": "1.0 2.0 2.5 3.0 4.0",
    "CC-BY-NC": "1.0 2.0 2.5 3.0 4.0",
    "CC-BY-NC-SA": "1.0 2.0 2.5 3.0 4.0",
    "CC-BY-NC-ND": "1.0 2.0 2.5 3.0 4.0",
    "OGL-UK": "1.0 2.0 3.0",
    "Apache": "1.0 1.1 2.0",
    "MPL": "1.1 2.0",
    "EUPL": "1.0 1.1 1.2",
    "GFDL": "1.1 1.2 1.3",
    "GPL": "1.0 2.0 3.0",
    "LGPL": "2.0 2.1 3.0",
    "AGPL": "1.0 3.0",
    "ODbL": "1.0",
    "ODC-By": "1.0",
    "PDDL": "1.0",
}
_SINGLE = (
    "CC-PDDC MIT ISC Unlicense BSD-2-Clause BSD-3-Clause Artistic-2.0 WTFPL Zlib "
    "GPL-2.0-only GPL-2.0-or-later GPL-3.0-only GPL-3.0-or-later LGPL-2.1-only LGPL-2.1-or-later "
    "LGPL-3.0-only LGPL-3.0-or-later AGPL-3.0-only AGPL-3.0-or-later GFDL-1.2-or-later "
    "GFDL-1.3-or-later OFL-1.1 etalab-2.0 NLOD-2.0 LAL-1.3"
).split()
_OTHER_NAMES = {
    "cczero": "CC0",
    "cc-zero": "CC0",
    "ogl": "OGL-UK",
    "open-government": "OGL-UK",
    "gnu-gpl": "GPL",
    "gnu-fdl": "GFDL",
    "fdl": "GFDL",
    "odc-odbl": "ODbL",
}
_WORDS = (
    (r"creative-commons", "cc"),
    (r"attribution", "by"),
    (r"non-?commercial", "nc"),
    (r"share-?alike", "sa"),
    (r"no-?deriv(ative)?s?(-works?)?", "nd"),
    (r"public-domain-dedication", "zero"),
    (r"-(international|unported|generic|license|licence|deed|universal|version)\b", ""),
    # gplv3, ogl-v3-0
    (r"-?v(?=\d)", "-"),
)
_COMMONS = re.compile(
    r"(?:https?://)?(?:www\.)?creativecommons\.org/"
    r"(?:licenses/(?P<kind>[a-z-]+)|(?P<zero>publicdomain/zero))/(?P<version>\d\.\d)"
)
_GOVERNMENT = re.compile(
    r"(?:https?://)?(?:www\.)?nationalarchives\.gov\.uk/doc/open-government-licence/version/(\d)"
)


def _table() -> dict[str, str]:
    found = {_plain(name): name for name in _SINGLE} | {"bsd": "BSD"}
    for name, versions in _VERSIONED.items():
        found[_plain(name)] = name
        found |= {_plain(f"{name}-{version}"): f"{name}-{version}" for version in versions.split()}
    # There is one version of it.
    found["cc0"] = "CC0-1.0"
    return found


@lru_cache(maxsize=4096)
def licence_of(said: str) -> str | None:
    """The identifier of the licence that a file names or links to; None where it is unknown."""
    text = said.strip().casefold()
    if found := _COMMONS.match(text):
        kind = "CC0" if found["zero"] else f"CC-{found['kind'].upper()}"
        return _known(f"{kind}-{found['version']}")
    if found := _GOVERNMENT.match(text):
        return _known(f"OGL-UK-{found[1]}.0")
    if "spdx.org/licenses/" in text:
        text = text.rpartition("/")[2].removesuffix(".html").removesuffix(".json")
    return _known(text)


def _known(text: str) -> str | None:
    plain = _plain(text)
    for pattern, word in _WORDS:
        plain = re.sub(pattern, word, plain)
    name, version = re.fullmatch(r"(.*?)((?:-\d+)*)", _plain(plain)).groups()
    name = _plain(_OTHER_NAMES.get(name, name))
    return _KNOWN.get(name + version) or _KNOWN.get(f"{name}{version}-0")


def _plain(name: str) -> str:
    """`name` as it is compared: small letters and digits with hyphens between them."""
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")


_KNOWN = _table()
