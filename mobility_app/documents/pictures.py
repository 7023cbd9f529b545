"""Pictures that come from outside: read with limits, drawn anew, so that nothing but their points is kept."""

from __future__ import annotations

import io
import warnings

from mobility_app.documents.emblem import MOST_BYTES, MOST_PIXELS

LARGEST = (1400, 700)  # more than a page needs


def safe_png(content: bytes) -> bytes | None:
    """A PNG or JPEG as a plain PNG without metadata; None when it is none of these, too large, or cannot be read."""
    from PIL import Image, ImageOps

    if len(content) > MOST_BYTES:
        return None
    try:
        with (
            warnings.catch_warnings(action="error"),  # a picture that swells is refused, not remarked upon
            Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as source,
        ):
            if source.width * source.height > MOST_PIXELS:
                return None
            picture = ImageOps.exif_transpose(source).convert("RGBA")
    except (OSError, SyntaxError, ValueError, Warning, Image.DecompressionBombError):
        return None
    picture.thumbnail(LARGEST)
    encoded = io.BytesIO()
    Image.frombytes("RGBA", picture.size, picture.tobytes()).save(encoded, "PNG", optimize=True)
    return encoded.getvalue()
