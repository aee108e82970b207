"""`factuurbode numbers` and `factuurbode void`: the invoice numbers, and those that are cancelled (L4)."""

from __future__ import annotations

from argparse import Namespace

from .. import intake
from ..domain.series import Gap, Why
from . import import_machine
from .opened import opened
from .voice import Voice


def numbers(options: Namespace, voice: Voice) -> int:
    """Show gaps, doubles and voids of each series: 1 when there is a gap or a double."""
    with opened(options.book, voice) as office:
        voice.speak(office.book.read().language)
        found = intake.numbers(office)
    wrong = any(one.gaps or one.doubles for one in found.series)
    if voice.as_json:
        import_machine.write_numbers(found)
        return int(wrong)
    if not found.series:
        voice.say("intake.numbers.none")
    for one in found.series:
        voice.say("intake.numbers.series", first=one.first, last=one.last, used=one.used, voids=len(one.voids))
        for gap in one.gaps:
            voice.say(_key(gap), first=gap.first, last=gap.last, count=gap.count)
        for number in one.doubles:
            voice.say("intake.numbers.double", number=number)
    for void_one in found.voids:
        moment = f"{void_one.at.astimezone():%d-%m-%Y}"
        voice.say("intake.numbers.void", number=void_one.number, moment=moment, reason=void_one.reason)
    if found.series and not wrong:
        voice.say("intake.numbers.fine")
    return int(wrong)


def void(options: Namespace, voice: Voice) -> int:
    """Make a number void, or take that back, with its reason."""
    with opened(options.book, voice) as office:
        voice.speak(office.book.read().language)
        done = (intake.take_back if options.take_back else intake.void)(office, options.number, options.reason)
    key = "void_no_more" if options.take_back else "now_void"
    voice.say(f"intake.numbers.{key}", number=done.number, reason=done.reason)
    if done.untold:
        voice.mention(done.untold)
    return 0


def _key(gap: Gap) -> str:
    one_or_more = "gap" if gap.count == 1 else "gaps"
    because = {Why.UNDONE: "_undone", Why.ROW_GONE: "_row_gone"}.get(gap.why, "")
    return f"intake.numbers.{one_or_more}{because}"
