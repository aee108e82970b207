"""A small window of our own: the progress of a run with a Cancel button, a question for a line of text, or a message.

    python window_script.py progress|ask|files|tell ORDER

ORDER is JSON with the words to show. This script runs in a process of its own under any Python that has tkinter, so
that Excel and the run need not wait for it; it imports nothing of this package.

progress: a line on standard input is JSON with `done`, `total` and `text`; the end of the input closes the window.
    `cancel` is written on standard output when the person presses Cancel or closes the window.
tell: a message to read.
files: the chosen files are written as one line of JSON on standard output, an empty list when the person cancels.
ask: what was typed is written as one line of JSON on standard output, or null when the person cancels.
"""

from __future__ import annotations

import json
import queue
import sys
import threading
import tkinter
from tkinter import filedialog, ttk
from typing import Any

_POLL = 50  # milliseconds between two looks at what the run has said


def progress(order: dict[str, Any]) -> None:
    """Show how far a run is, until it ends."""
    root = _window(order["title"])
    text = tkinter.StringVar(value=order["text"])
    ttk.Label(root, textvariable=text, width=52).grid(row=0, column=0, columnspan=2, padx=16, pady=(16, 8), sticky="w")
    bar = ttk.Progressbar(root, length=380, maximum=max(1, order["total"]))
    bar.grid(row=1, column=0, columnspan=2, padx=16, sticky="we")
    button = ttk.Button(root, text=order["cancel"])
    if order["cancel"]:
        button.grid(row=2, column=1, padx=16, pady=12, sticky="e")
    else:
        bar.grid_configure(pady=(0, 16))

    def cancel(_: object = None) -> None:
        if order["cancel"] and button.instate(["!disabled"]):
            button.state(["disabled"])
            text.set(order["cancelling"])
            print("cancel", flush=True)

    button.configure(command=cancel)
    root.protocol("WM_DELETE_WINDOW", cancel)
    root.bind("<Escape>", cancel)
    said: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(said,), daemon=True).start()

    def show() -> None:
        while not said.empty():
            line = said.get()
            if not line:
                root.destroy()
                return
            news = json.loads(line)
            bar.configure(maximum=max(1, news["total"]), value=news["done"])
            if button.instate(["!disabled"]):
                text.set(news["text"])
        root.after(_POLL, show)

    show()
    _place(root)
    root.mainloop()


def ask(order: dict[str, Any]) -> None:
    """Ask for one line of text; with `hidden` it is not shown while it is typed."""
    root = _window(order["title"])
    typed = tkinter.StringVar()
    ttk.Label(root, text=order["text"], wraplength=380, justify="left").grid(
        row=0, column=0, columnspan=2, padx=16, pady=(16, 8), sticky="w"
    )
    entry = ttk.Entry(root, textvariable=typed, width=48, show="\N{BULLET}" if order["hidden"] else "")
    entry.grid(row=1, column=0, columnspan=2, padx=16, sticky="we")
    answer: list[str | None] = [None]

    def accept(_: object = None) -> None:
        answer[0] = typed.get()
        root.destroy()

    def cancel(_: object = None) -> None:
        root.destroy()

    ttk.Button(root, text=order["accept"], command=accept, default="active").grid(row=2, column=0, pady=12, sticky="e")
    ttk.Button(root, text=order["cancel"], command=cancel).grid(row=2, column=1, padx=16, pady=12, sticky="w")
    root.columnconfigure(0, weight=1)
    root.bind("<Return>", accept)
    root.bind("<Escape>", cancel)
    _place(root)
    entry.focus_set()
    root.mainloop()
    print(json.dumps(answer[0]), flush=True)


def files(order: dict[str, Any]) -> None:
    """Let the person choose files."""
    root = _window(order["title"])
    root.attributes("-topmost", True)
    kinds = [(name, pattern.split()) for name, pattern in order["kinds"]]
    chosen = filedialog.askopenfilenames(parent=root, title=order["title"], filetypes=kinds)
    root.destroy()
    print(json.dumps(list(chosen or ())), flush=True)


def tell(order: dict[str, Any]) -> None:
    """Show a message until the person has read it."""
    root = _window(order["title"])
    ttk.Label(root, text=order["text"], wraplength=480, justify="left").grid(row=0, column=0, padx=16, pady=(16, 8))
    button = ttk.Button(root, text=order["accept"], command=root.destroy, default="active")
    button.grid(row=1, column=0, padx=16, pady=12, sticky="e")
    root.bind("<Return>", lambda _: root.destroy())
    root.bind("<Escape>", lambda _: root.destroy())
    _place(root)
    button.focus_set()
    root.mainloop()


def _window(title: str) -> tkinter.Tk:
    root = tkinter.Tk(className="factuurbode")
    root.title(title)
    root.resizable(False, False)
    root.withdraw()
    style = ttk.Style(root)
    if root.tk.call("tk", "windowingsystem") == "x11":  # elsewhere the system's own look is the default
        style.theme_use("clam")
        style.configure("TProgressbar", background="#217346", troughcolor="#f4f4f2", bordercolor="#b5b5b0")
    root.configure(background=style.lookup("TFrame", "background"))
    return root


def _place(root: tkinter.Tk) -> None:
    """In the middle of the screen, before the spreadsheet."""
    root.update_idletasks()
    left = (root.winfo_screenwidth() - root.winfo_reqwidth()) // 2
    top = (root.winfo_screenheight() - root.winfo_reqheight()) // 3
    root.geometry(f"+{left}+{top}")
    root.deiconify()
    root.attributes("-topmost", True)
    root.lift()
    root.focus_force()


def _listen(said: queue.SimpleQueue[str]) -> None:
    for line in sys.stdin:
        said.put(line)
    said.put("")


if __name__ == "__main__":
    {"progress": progress, "ask": ask, "files": files, "tell": tell}[sys.argv[1]](json.loads(sys.argv[2]))
