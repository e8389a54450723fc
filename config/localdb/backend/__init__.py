"""Django's database backend of the embedded Postgres (named in DATABASES by this path)."""
