"""PDF files made by hand, so that nothing but their format's rules stands between a test and what pypdf reads."""

from __future__ import annotations

import zlib
from collections.abc import Sequence


def pdf(pages: Sequence[str], kids: str | None = None, stream: bytes | None = None) -> bytes:
    """Return a PDF whose pages say these lines.

    Args:
        pages: the text of each; an empty one draws a line and says nothing, as a scanned page does.
        kids: what stands for the list of pages, in place of a true one.
        stream: the packed bytes of each page's content, in place of the text.
    """
    count = len(pages)
    listed = kids if kids is not None else " ".join(f"{3 + 2 * at} 0 R" for at in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {count} /Kids [{listed}] >>".encode(),
    ]
    for at, text in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {4 + 2 * at} 0 R /Resources "
            "<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> "
            ">> >> >>".encode()
        )
        packed = zlib.compress(_content(text)) if stream is None else stream
        head = f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode()
        objects.append(head + packed + b"\nendstream")
    return _file(objects)


def _content(text: str) -> bytes:
    if not text:
        return b"10 10 m 500 700 l S"
    lines = [line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in text.split("\n")]
    shown = "\n".join(f"({line}) Tj T*" for line in lines)
    return f"BT /F1 11 Tf 14 TL 50 740 Td\n{shown}\nET".encode("cp1252")


def _file(objects: Sequence[bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    begins = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    for place in places:
        out += f"{place:010d} 00000 n \n".encode()
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{begins}\n%%EOF\n".encode()
    return bytes(out)
