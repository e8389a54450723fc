"""Invitations: how somebody gets an account, a page, and something to do here.

An editor invites by mail. The link works once and for three weeks; of its token only a keyed hash
is kept, so that nobody who reads the database can use it. Whoever accepts gives a licence for what
they put together.
"""

from curators.invitations.licences import licence_given_by

__all__ = ["licence_given_by"]
