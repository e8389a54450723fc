"""What a file can get wrong."""

from catalogue.errors import CatalogueError


class ExchangeError(CatalogueError):
    """A file names something that is not there, or says something that can't be stored."""
