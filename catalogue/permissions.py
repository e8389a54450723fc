"""What each standing has to do with of the catalogue."""

from catalogue.groups import Permissions, Standing

WITH_A_PAGE = "organisation framework skill role question tag resource"
PARTS = (
    "level competence statement crosswalk skillstatement skillcompetence roleskill resourceskill "
    "resourcecompetence"
)
# What the site writes by itself, for editors to look at.
WRITTEN = "linkhealth formeraddress decision merge"

PERMISSIONS: Permissions = {
    Standing.EDITORS: [
        ("view add change delete", f"{WITH_A_PAGE} {PARTS}"),
        ("publish", WITH_A_PAGE),
        ("view change", "proposal"),
        ("view", WRITTEN),
    ],
    Standing.GUEST_CURATORS: [
        # To choose from.
        ("view", "organisation skill role question tag competence"),
        ("view add change delete", "resource resourceskill resourcecompetence"),
        ("view add", "proposal"),
    ],
    Standing.PARTNERS: [("view change", "organisation")],
}
