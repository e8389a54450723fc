"""The frame: what joins the apps."""

from django.apps import AppConfig


class FrameConfig(AppConfig):
    name = "config"
