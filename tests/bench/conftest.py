"""The modules of bench/ stand by themselves, as when they are run: no package holds them."""

import sys

from django.conf import settings

sys.path.append(str(settings.BASE_DIR / "bench"))
