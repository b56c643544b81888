"""Certificates with typst: reads ground, size, fonts and pages as JSON, prints the seconds for one document of all."""

import json
import sys
import tempfile
import time
from pathlib import Path

import typst

given = json.load(sys.stdin)
width, height = given["size"]
with tempfile.TemporaryDirectory() as folder:
    (Path(folder) / "ground.svg").write_text(given["svg"], "utf-8")
    pages = [
        "\n".join(
            f"#place(top + left, dx: {line['left']}mm, dy: {line['top']}mm, block(width: {line['width']}mm, "
            f"align({line['align']}, text(size: {line['size']}pt, weight: {json.dumps(line['weight'])}, "
            f"style: {json.dumps(line['style'])}, fill: rgb({json.dumps(line['colour'])}), "
            f"{json.dumps(line['text'], ensure_ascii=False)}))))"
            for line in page
        )
        for page in given["pages"]
    ]
    source = (
        f'#set page(width: {width}mm, height: {height}mm, margin: 0mm, background: image("ground.svg"))\n'
        '#set text(font: "Tinos", lang: "vi")\n' + "\n#pagebreak()\n".join(pages)
    )
    file = Path(folder) / "main.typ"
    file.write_text(source, "utf-8")
    began = time.perf_counter()
    pdf = typst.compile(str(file), font_paths=[given["fonts"]])
    sys.stdout.write(json.dumps({"seconds": time.perf_counter() - began, "bytes": len(pdf)}))
