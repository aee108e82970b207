"""The made-up bakery's logo: a loaf with three cuts, drawn large and made smaller so that its edges are smooth."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

LOGO_NAME = "logo-demo.png"

_CRUST, _LIGHT, _CUT, _STEAM = (181, 118, 58, 255), (214, 158, 92, 255), (250, 233, 200, 255), (156, 132, 104, 255)
_SIZE = (480, 300)
_LARGER = 4


def draw_logo() -> Image.Image:
    """The logo, 480 × 300 points on a transparent ground."""
    large = Image.new("RGBA", (_SIZE[0] * _LARGER, _SIZE[1] * _LARGER), (255, 255, 255, 0))
    draw = ImageDraw.Draw(large)

    def scaled(*points: float) -> list[float]:
        return [point * _LARGER for point in points]

    for left in (158, 228, 298):
        draw.arc(scaled(left, 14, left + 30, 54), 90, 270, _STEAM, 7 * _LARGER)
        draw.arc(scaled(left, 47, left + 30, 87), 270, 90, _STEAM, 7 * _LARGER)
    draw.rounded_rectangle(scaled(36, 108, 444, 282), 86 * _LARGER, _CRUST)
    draw.rounded_rectangle(scaled(54, 118, 426, 236), 58 * _LARGER, _LIGHT)
    for left in (128, 216, 304):
        draw.polygon(scaled(left + 40, 128, left + 62, 136, left + 18, 226, left - 4, 218), _CUT)
    return large.resize(_SIZE, Image.Resampling.LANCZOS)


def save_logo(path: Path) -> None:
    """Write the logo as a PNG at *path*."""
    draw_logo().save(path, "PNG", optimize=True)
