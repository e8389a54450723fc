"""Signing in, and what belongs to an account: django-allauth in Waymark's words."""
