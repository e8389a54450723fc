"""What a page tells of how typed words were read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reading:
    """How typed words were read, where that is not simply as they were typed.

    `shown_for`: the words that were searched instead of what was typed, else ""; `verbatim_address`
    then asks for exactly what was typed. `did_you_mean`: (words, address) of what else may have been
    meant. `ignored`: words so common that they tell nothing; `unknown_words`: those that stand nowhere
    in the catalogue; `left_out`: those that alone are asked for, by leaving out what holds them; all as
    they were typed.
    """

    shown_for: str = ""
    verbatim_address: str = ""
    did_you_mean: tuple[tuple[str, str], ...] = ()
    ignored: tuple[str, ...] = ()
    unknown_words: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
