"""Small PDFs, as somebody sends them."""


def pdf(catalogue: str = "", after: bytes = b"") -> bytes:
    """One empty page; `catalogue` stands in its catalogue, `after` behind it."""
    parts = [
        f"1 0 obj<</Type/Catalog/Pages 2 0 R{catalogue}>>endobj\n",
        "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n",
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n",
    ]
    head = "%PDF-1.4\n"
    starts = [len(head) + len("".join(parts[:n])) for n in range(len(parts))]
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    body = head + "".join(parts)
    end = f"xref\n0 4\n0000000000 65535 f \n{table}trailer<</Size 4/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF\n"
    return (body + end).encode() + after


PDF = pdf()
