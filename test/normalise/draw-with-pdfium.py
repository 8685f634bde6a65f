# Draws the pages of PDFs as PDFium, the engine of Chrome and Edge, shows them, form fields included: PREFIX FILES…
# Writes PREFIX-<file>-<page>.ppm, counted from 0.
import sys

import pypdfium2

prefix, *files = sys.argv[1:]
for index, file in enumerate(files):
    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError:
        continue
    document.init_forms()
    for number, page in enumerate(document):
        bitmap = page.render(scale=1, may_draw_forms=True, rev_byteorder=True, prefer_bgrx=False)
        width, height, channels = bitmap.width, bitmap.height, bitmap.n_channels
        data = bytes(bitmap.buffer)
        rows = [data[row * bitmap.stride : row * bitmap.stride + width * channels] for row in range(height)]
        with open(f"{prefix}-{index}-{number}.ppm", "wb") as out:
            out.write(b"P6 %d %d %d\n" % (width, height, channels) + b"".join(rows))
