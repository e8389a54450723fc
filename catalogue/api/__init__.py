"""What machines read of the catalogue: the same resources, search and facets as the pages, as JSON.

The one front door is `router`; config.api puts it under an address. docs/api.md tells readers of it.
"""

from catalogue.api.errors import AskedWrongly, Withdrawn
from catalogue.api.routes import router

__all__ = ["AskedWrongly", "Withdrawn", "router"]
