"""What each standing has to do with of the people. Accounts and groups are the administrators'."""

from catalogue.groups import Permissions, Standing

PERMISSIONS: Permissions = {
    # To erase somebody takes the permission to delete, which administrators have.
    Standing.EDITORS: [("view add change publish", "curator"), ("view", "user")],
    Standing.GUEST_CURATORS: [("view change", "curator")],
}
