"""The command line: one of the faces. Only here are errors caught and told to a person.

Exit codes: 0 all delivered or nothing to do, 1 something was not delivered, 2 nothing could be done; 130 after Ctrl-C.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence

from ..texts.own import own_language
from .arguments import parser
from .language import asked_language


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what *arguments* (default: the command line) ask for, and return the exit code."""
    # imported here, so that --help and --version answer at once
    from ..errors import FactuurError
    from ..mishap import written_down
    from ..texts import texts_in

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks a letter is no reason to stop
    given = list(sys.argv[1:] if arguments is None else arguments)
    asked = asked_language(given)
    options = parser(texts_in(asked or own_language())).parse_args(given)
    from .commands import COMMANDS
    from .voice import Voice

    voice = Voice(asked or own_language(), fixed=asked is not None, as_json=getattr(options, "json", False))
    try:
        return COMMANDS[options.command](options, voice)
    except FactuurError as error:
        voice.error(error)
        return 2
    except KeyboardInterrupt:
        voice.interrupted()
        return 130
    except BrokenPipeError:
        # the reader (such as `head`) has gone; nothing more can be told, and nothing was lost
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        # a mistake in this program: no person should have to read a traceback, and no maker do without one
        voice.error(written_down(error, given))
        return 2
