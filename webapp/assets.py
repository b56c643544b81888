"""Takes front-end parts out of node_modules and builds the fonts of the papers: `python -m webapp.assets`.

The folders it fills are git-ignored and made anew each time, so that nothing of an older version stays.
"""

import re
import shutil
import unicodedata
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.merge import Merger
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

PACKAGE = Path(__file__).parent
PARTS = PACKAGE.parent / "node_modules"
VENDOR = PACKAGE / "static" / "vendor"
FONTS = PACKAGE / "documents" / "fonts"

# place under static/vendor → file in node_modules; the licence of each part goes with it
FILES = {
    "bootstrap/bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
    "bootstrap/bootstrap.bundle.min.js": "bootstrap/dist/js/bootstrap.bundle.min.js",
    "bootstrap/LICENSE": "bootstrap/LICENSE",
    "bootstrap-icons/bootstrap-icons.min.css": "bootstrap-icons/font/bootstrap-icons.min.css",
    "bootstrap-icons/fonts/bootstrap-icons.woff2": "bootstrap-icons/font/fonts/bootstrap-icons.woff2",
    "bootstrap-icons/LICENSE": "bootstrap-icons/LICENSE",
    "htmx/htmx.min.js": "htmx.org/dist/htmx.min.js",
    "htmx/LICENSE": "htmx.org/LICENSE",
    "bpmn-js/bpmn-navigated-viewer.min.js": "bpmn-js/dist/bpmn-navigated-viewer.production.min.js",
    "bpmn-js/diagram-js.css": "bpmn-js/dist/assets/diagram-js.css",
    "bpmn-js/bpmn-js.css": "bpmn-js/dist/assets/bpmn-js.css",
    "bpmn-js/LICENSE": "bpmn-js/LICENSE",
    "pdfjs/pdf.min.mjs": "pdfjs-dist/legacy/build/pdf.min.mjs",
    "pdfjs/pdf.worker.min.mjs": "pdfjs-dist/legacy/build/pdf.worker.min.mjs",
    "pdfjs/LICENSE": "pdfjs-dist/LICENSE",
    "pdfjs/wasm/openjpeg_nowasm_fallback.js": "pdfjs-dist/wasm/openjpeg_nowasm_fallback.js",
    "pdfjs/wasm/LICENSE_OPENJPEG": "pdfjs-dist/wasm/LICENSE_OPENJPEG",
    "be-vietnam-pro/LICENSE": "@fontsource/be-vietnam-pro/LICENSE",
}
STANDARD_FONTS = PARTS / "pdfjs-dist" / "standard_fonts"
"""What a PDF without its own fonts is shown in, with their licences."""

SCREEN_FONT = PARTS / "@fontsource" / "be-vietnam-pro"
SCREEN_FACES = ("400", "400-italic", "500", "600", "700")

PAPER_FONT = PARTS / "@fontsource" / "tinos"
PAPER_FACES = {
    "Regular": "400-normal",
    "Bold": "700-normal",
    "Italic": "400-italic",
    "BoldItalic": "700-italic",
}
SUBSETS = ("latin", "latin-ext", "vietnamese")
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
LOWER = "đ" + "".join(
    unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in TONES
)
VIETNAMESE = LOWER + LOWER.upper() + "₫"


def build() -> None:
    """Fill `static/vendor/` and `documents/fonts/`. Raises FileNotFoundError where `npm ci` has not run."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    for target, source in FILES.items():
        place = VENDOR / target
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(PARTS / source, place)
    shutil.copytree(STANDARD_FONTS, VENDOR / "pdfjs" / "fonts")
    _copy_screen_font()
    shutil.rmtree(FONTS, ignore_errors=True)
    FONTS.mkdir(parents=True)
    for face, style in PAPER_FACES.items():
        _merged(style).save(FONTS / f"Tinos-{face}.ttf")
    shutil.copyfile(PAPER_FONT / "LICENSE", FONTS / "LICENSE")


def _copy_screen_font() -> None:
    """One style sheet with the faces that pages use, and the files it names; browsers load what they need."""
    rules = "\n".join((SCREEN_FONT / f"{face}.css").read_text(encoding="utf-8") for face in SCREEN_FACES)
    rules = re.sub(r", url\([^)]*\.woff\) format\('woff'\)", "", rules)
    folder = VENDOR / "be-vietnam-pro"
    (folder / "files").mkdir()
    (folder / "be-vietnam-pro.css").write_text(rules, encoding="utf-8")
    for name in re.findall(r"url\(\./(files/[^)]+)\)", rules):
        shutil.copyfile(SCREEN_FONT / name, folder / name)


def _merged(style: str) -> TTFont:
    """The subsets of a style of Tinos as one font; WeasyPrint draws wrong letters from several."""
    files = [PAPER_FONT / "files" / f"tinos-{subset}-{style}.woff2" for subset in SUBSETS]
    parts = [TTFont(file, recalcTimestamp=False) for file in files]
    with TemporaryDirectory() as folder:
        plain = []
        for number, part in enumerate(parts):
            part.flavor = None
            plain.append(str(Path(folder) / f"{number}.ttf"))
            part.save(plain[-1])
        font = Merger().merge(plain)
    # Equal parts give equal bytes: papers embed the font, and their digests are kept.
    font.recalcTimestamp = False
    font["head"].created = font["head"].modified = parts[0]["head"].modified
    _compare_letters(font, parts)
    return font


def _compare_letters(font: TTFont, parts: list[TTFont]) -> None:
    """Raise ValueError unless each letter is drawn in the merged font as in the part it came from."""
    wrong = []
    for part in parts:
        wrong += [chr(code) for code in part.getBestCmap() if _outline(font, code) != _outline(part, code)]
    missing = [letter for letter in VIETNAMESE if ord(letter) not in font.getBestCmap()]
    if wrong or missing:
        raise ValueError(f"merged font: wrong letters {wrong}, missing letters {missing}")


def _outline(font: TTFont, code: int) -> list[object]:
    pen = DecomposingRecordingPen(font.getGlyphSet())
    name = font.getBestCmap().get(code)
    if name is None:
        return []
    font.getGlyphSet()[name].draw(pen)
    return [font["hmtx"][name][0], *pen.value]


if __name__ == "__main__":
    build()
