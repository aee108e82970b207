"""A made-up bakery with a month of work, to try everything on."""

from .book import demo_contents
from .logo import LOGO_NAME, draw_logo, save_logo

__all__ = ["LOGO_NAME", "demo_contents", "draw_logo", "save_logo"]
