"""Licences by their SPDX identifiers, as far as texts and data are put under them."""

import re

# https://spdx.org/licenses/: Creative Commons, Open Government, Open Data Commons, and those that
# instructions and examples in code come under; LicenseRef- is SPDX's own way out for any other.
_KNOWN = re.compile(
    r"CC0-1\.0|CC-PDDC|CC-BY(-NC)?(-SA|-ND)?-(1\.0|2\.0|2\.5|3\.0|4\.0)(-[A-Z]{2,3})?"
    r"|OGL-UK-[123]\.0|OGL-Canada-2\.0|PDDL-1\.0|ODC-By-1\.0|ODbL-1\.0|etalab-2\.0"
    r"|GFDL-1\.[123]-(invariants-|no-invariants-)?(only|or-later)|FAL-1\.3"
    r"|MIT|MIT-0|ISC|Apache-2\.0|BSD-[23]-Clause|MPL-2\.0|Unlicense"
    r"|(A|L)?GPL-[23](\.[01])?-(only|or-later)|LicenseRef-[A-Za-z0-9.-]+"
)


def is_licence(identifier: str) -> bool:
    """Whether `identifier` is one that Waymark knows."""
    return _KNOWN.fullmatch(identifier) is not None
