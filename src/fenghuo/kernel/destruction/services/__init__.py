from .carrying_out import Part, carry_out_part
from .confirming import cancel_order, confirm_order
from .drafting import draft_order
from .holding import hold_record, lift_hold
from .reapplying import Again, read_orders, reapply, write_list, written_orders
from .retaining import apply_rules, give_up_cut_off, rules

__all__ = [
    "Again",
    "Part",
    "apply_rules",
    "cancel_order",
    "carry_out_part",
    "confirm_order",
    "draft_order",
    "give_up_cut_off",
    "hold_record",
    "lift_hold",
    "read_orders",
    "reapply",
    "rules",
    "write_list",
    "written_orders",
]
