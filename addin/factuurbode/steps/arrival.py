"""Ending a doubt: somebody knows that a mail arrived, or the mailbox shows that the server took it."""

from __future__ import annotations

from dataclasses import replace

from ..domain.addressees import together
from ..domain.states import State
from ..journal import Dispatch, Journal


def arrived(journal: Journal, run: str, dispatch: Dispatch, code: str) -> Dispatch:
    """*dispatch*, which was in doubt, after its mail turned out to have arrived; *code* says who found out.

    Who was refused before the doubt arose is still without: then it is PARTLY sent, or LATER for those who were
    refused only for the moment.
    """
    known = journal.addressees(dispatch.intent.id)
    found = [replace(one, state=State.SENT, code=code) for one in known if one.state is State.IN_DOUBT]
    others = [one for one in known if one.state is not State.IN_DOUBT]
    state = together([*found, *others], dispatch.intent.recipients) if known else State.SENT
    if state is State.SENT:
        return journal.advance(run, dispatch.intent.id, state, code=code, addressees=found)
    detail = "; ".join(one.told for one in others if one.state in (State.FAILED, State.LATER))
    partly = "mail_partly_later" if state is State.LATER else "mail_partly"
    return journal.advance(run, dispatch.intent.id, state, code=partly, detail=detail, addressees=found)
