"""The API's root: what the apps answer to programs under /api/v1/, how mistakes are told, and the page
that explains it."""

from config.api.answers import is_of_api, problem
from config.api.root import api

__all__ = ["api", "is_of_api", "problem"]
