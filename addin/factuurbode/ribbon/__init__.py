"""The ribbon: factuurbode inside Excel, the face that the baker uses. `run` is what every button calls.

Only here are errors caught and told to a person, as in `cli`. What a button needs is imported after Excel has shown
that it was pressed, so that the first word comes at once.
"""

from __future__ import annotations


def run(command: str) -> None:
    """Do what the button with the tag *command* is for, on the workbook that Excel called from.

    Never raises: what goes wrong is told in the person's language.
    """
    from ..workbook.excel_call import calling_book

    book = calling_book()
    book.app.status_bar = "factuurbode …"
    from .pressing import pressed

    pressed(command, book)
