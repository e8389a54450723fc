"""Upkeep: curators hear once of links that died or moved, and once a year they are asked for a yes.

`send_digests` and `ask_for_confirmation` mail what is due, each person for themselves: whom a mail
can't be sent to is told the next time, and keeps nobody else from theirs.
"""

from curators.mails import Sent
from pathways.upkeep.asking import ask_for_confirmation
from pathways.upkeep.digests import send_digests
from pathways.upkeep.news import News, news_for

__all__ = ["News", "Sent", "ask_for_confirmation", "news_for", "send_digests"]
