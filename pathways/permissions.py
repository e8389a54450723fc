"""What each standing has to do with of the pathways."""

from catalogue.groups import Permissions, Standing

PARTS = "stage step revisionskill revisionrole credit maintainer questionpathway"

PERMISSIONS: Permissions = {
    Standing.EDITORS: [
        ("view add change delete", f"pathway revision {PARTS}"),
        ("publish", "pathway revision"),
    ],
    Standing.GUEST_CURATORS: [("view add change delete", f"pathway revision {PARTS}")],
}
