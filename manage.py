#!/usr/bin/env python3
"""Waymark's commands: `python manage.py help` lists them."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError as error:
        if error.name not in {"django", "asgiref", "sqlparse"}:
            raise
        sys.exit(
            "error: Django is not installed for this Python: run “make run” once, "
            "then use .venv/bin/python manage.py."
        )
    try:
        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        if not is_for_the_person(error):
            raise
        sys.exit(f"error: {error}")


def is_for_the_person(error: Exception) -> bool:
    """Whether its text tells the whole of what to mend, so that a traceback would only hide it."""
    from django.core.exceptions import ImproperlyConfigured

    from config.localdb.errors import LocalDatabaseError

    return isinstance(error, ImproperlyConfigured | LocalDatabaseError)


if __name__ == "__main__":
    main()
