"""PDF files made by hand: pages of lines at their places, in one of the fonts that every reader of PDF has."""

from collections.abc import Mapping, Sequence

Line = tuple[float, float, float, str]  # x and y from the bottom left, and the size, in points; the words


def pdf(pages: Sequence[Sequence[Line]], info: Mapping[str, str] | None = None) -> bytes:
    """A PDF of Windows-1252 text; `info` is its metadata."""
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    told = " ".join(f"/{name} <feff{value.encode('utf-16-be').hex()}>" for name, value in (info or {}).items())
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>", f"<< {told} >>",
    ]
    for number, lines in enumerate(pages):
        shown = "\n".join(
            f"/F1 {size} Tf 1 0 0 1 {x} {y} Tm <{words.encode('cp1252').hex()}> Tj" for x, y, size, words in lines)
        stream = f"BT\n{shown}\nET"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * number} 0 R "
                       "/Resources << /Font << /F1 3 0 R >> >> >>")
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    return assembled(objects)


def assembled(objects: Sequence[str | bytes]) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue, the fourth the metadata."""
    held, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(held))
        held += f"{number} 0 obj\n".encode() + (content.encode() if isinstance(content, str) else content) + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return held + (f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} "
                   f"/Root 1 0 R /Info 4 0 R >>\nstartxref\n{len(held)}\n%%EOF\n").encode()
