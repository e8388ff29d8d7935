"""Where staff open an attachment."""

from io import BytesIO
from uuid import UUID

from flask import Response, current_app, send_file

from core.db import reader
from offices import attachments
from offices.access import signed_in, staff_blueprint
from offices.attachments import Kind
from offices.rights import Action

desk = staff_blueprint("offices_attachments", __name__, Action.OPEN_ATTACHMENTS)
MIME_TYPES = {Kind.PICTURE: "image/jpeg", Kind.PDF: "application/pdf"}


@desk.get("/petugas/lampiran/<uuid:attachment_id>")
def show(attachment_id: UUID) -> Response:
    """A picture in its page; a PDF, which may hold a script, as a file to be saved."""
    found = attachments.readable(reader(), attachment_id, signed_in())
    content = BytesIO(attachments.read(current_app.config["SETTINGS"].data_dir, found))
    kind = Kind(found.kind)
    as_file = kind is Kind.PDF
    answer = send_file(content, mimetype=MIME_TYPES[kind], as_attachment=as_file, download_name=found.file_name)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.headers["Cache-Control"] = "no-store"
    return answer
