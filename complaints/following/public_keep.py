"""The receipt as a picture to keep."""

from flask import Blueprint, Response, request

from complaints import receipts
from complaints.following import keeping, tracking_queries
from complaints.following.keeping import whatsapp_link
from complaints.reporting import entrance
from core.db import reader
from core.errors import Missing
from offices import qr
from offices.current import current_office

public = Blueprint("complaints_keep", __name__)
public.add_app_template_global(whatsapp_link)
public.add_app_template_global(qr.svg_inline, "inline_code")


@public.post("/lacak/gambar")
def picture() -> Response:
    """The picture of the receipt that was posted. By POST, so that no list of addresses holds the code; it changes
    nothing, so it needs no token.
    """
    typed = request.form.get("receipt", "")
    opened = entrance.opened(typed)
    receipt = receipts.parse(typed, current_office().prefix)
    if receipt is None:
        raise Missing("Kode ini tidak kami temukan.")
    found = tracking_queries.traced(reader(), opened.office_id, opened.complaint_id)
    code = str(receipt)
    image = keeping.picture(current_office().name, found.number, code, entrance.track_url(code))
    headers = {"Content-Disposition": f'attachment; filename="tanda-terima-{found.number}.png"'}
    return Response(image, mimetype="image/png", headers=headers)
