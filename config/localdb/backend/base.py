"""Django's PostgreSQL, with a server that starts when a connection finds none."""

from pathlib import Path

from django.db import OperationalError
from django.db.backends.postgresql import base, client

from config.localdb.errors import LocalDatabaseError
from config.localdb.places import Place, place_of

# Another process may stop the server just when this one has found it ready.
ATTEMPTS = 3


class LocalDatabaseUnavailable(LocalDatabaseError, OperationalError):
    """A LocalDatabaseError where Django expects a database's errors."""


class DatabaseClient(client.DatabaseClient):
    """`manage.py dbshell`, with the psql that comes with the server."""

    def runshell(self, parameters: list[str]) -> None:
        from config.localdb import server

        server.ensure(self.connection.place)
        type(self).executable_name = str(server.tool(self.connection.place, "psql"))
        super().runshell(parameters)


class DatabaseWrapper(base.DatabaseWrapper):
    client_class = DatabaseClient

    @property
    def place(self) -> Place:
        return place_of(Path(self.settings_dict["PROJECT"]))

    def get_new_connection(self, conn_params: dict):
        """Any failure asks for the server: `ensure` finds out at once when it is not to blame."""
        # Imported late: loading this module is part of every start of Django.
        from config.localdb import owner, server

        try:
            for _attempt in range(ATTEMPTS - 1):
                try:
                    owner.refuse_trap(self.place)
                    return super().get_new_connection(conn_params)
                except self.Database.OperationalError:
                    server.ensure(self.place)
        except LocalDatabaseError as error:
            raise LocalDatabaseUnavailable(str(error)) from error
        return super().get_new_connection(conn_params)
