"""How the four figures that come from registers were calculated, with the entries behind them."""

from core import clock
from core.calendar import Month
from offices.access import staff_blueprint
from offices.roles import EVERYONE

desk = staff_blueprint("register_figures", __name__, EVERYONE)


@desk.app_template_global()
def newest_month() -> Month:
    """The newest month that has ended."""
    return Month.of(clock.now()).previous()
