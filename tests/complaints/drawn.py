"""Pictures that look like photos of a street, and what people do to a photo before they use it again."""

from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

SIZE = (1200, 900)
SHARED = 0.35  # how much of every picture is the same: sky over ground, as on any street


def scene(seed: int) -> Image.Image:
    """A street of its own: sky, ground, clouds of light as natural pictures have them, houses, poles and grain."""
    chance = np.random.default_rng(seed)
    width, height = SIZE
    base = np.linspace(210, 80, height)[:, None] * np.ones((1, width)) * SHARED + _light(chance) * (1 - SHARED)
    colours = np.stack([base * tint for tint in chance.uniform(0.8, 1.15, 3)], axis=2)
    picture = Image.fromarray(np.clip(colours, 0, 255).astype("uint8"))
    draw = ImageDraw.Draw(picture)
    for _ in range(int(chance.integers(5, 12))):
        _house(draw, chance)
    grain = chance.normal(0, 6, (height, width, 3))
    grainy = np.clip(np.asarray(picture.filter(ImageFilter.GaussianBlur(1.2))) + grain, 0, 255)
    return Image.fromarray(grainy.astype("uint8"))


def jpeg(picture: Image.Image, quality: int = 88) -> bytes:
    """As a phone would keep it."""
    kept = BytesIO()
    picture.convert("RGB").save(kept, "JPEG", quality=quality)
    return kept.getvalue()


def commented(picture: bytes, words: str) -> bytes:
    """The same JPEG as another file: with words in it that nobody sees."""
    return picture[:2] + b"\xff\xfe" + (len(words) + 2).to_bytes(2, "big") + words.encode("ascii") + picture[2:]


def pressed(picture: Image.Image, quality: int = 25) -> Image.Image:
    """As a messenger sends it on: smaller, and compressed hard."""
    smaller = picture.resize((picture.width // 2, picture.height // 2))
    return Image.open(BytesIO(jpeg(smaller, quality)))


def cropped(picture: Image.Image, share: float = 0.04) -> Image.Image:
    """A little cut off at every edge."""
    across, down = int(picture.width * share / 2), int(picture.height * share / 2)
    return picture.crop((across, down, picture.width - across, picture.height - down))


def brightened(picture: Image.Image, factor: float = 1.35) -> Image.Image:
    """Made to look like another hour of the day."""
    return ImageEnhance.Contrast(ImageEnhance.Brightness(picture).enhance(factor)).enhance(1.1)


def stamped(picture: Image.Image) -> Image.Image:
    """With the label that camera applications print on a photo."""
    marked = picture.copy()
    ImageDraw.Draw(marked).rectangle((20, picture.height - 90, 420, picture.height - 20), fill=(0, 0, 0))
    return marked


def _light(chance: np.random.Generator) -> Any:
    """Noise whose strength falls with its frequency, as in pictures of the world, from 0 to 255."""
    width, height = SIZE
    rows, columns = np.fft.fftfreq(height)[:, None], np.fft.rfftfreq(width)[None, :]
    strength = 1 / np.maximum(np.hypot(rows, columns), 1 / width) ** 1.4
    waves = strength * np.exp(2j * np.pi * chance.random((height, width // 2 + 1)))
    field = np.fft.irfft2(waves, s=(height, width))
    return (field - field.min()) / (field.max() - field.min()) * 255


def _house(draw: ImageDraw.ImageDraw, chance: np.random.Generator) -> None:
    width, height = SIZE
    left, top = int(chance.integers(0, width - 100)), int(chance.integers(height // 5, height * 3 // 4))
    right, bottom = left + int(chance.integers(40, 330)), top + int(chance.integers(60, 280))
    colour = tuple(int(value) for value in chance.integers(20, 235, 3))
    draw.rectangle((left, top, right, bottom), fill=colour)
    draw.polygon([(left - 15, top), (right + 15, top), ((left + right) // 2, top - 60)], fill=colour[::-1])
