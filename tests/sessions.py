"""The cookie of somebody who has signed in, for a browser."""

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from curators.accounts.second_factor import ENTERED
from curators.models import User


def session_of(user: User) -> str:
    """The key of a new session of `user`, who has shown a second factor where one is demanded."""
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store[ENTERED] = True
    store.save()
    return store.session_key
