from .holds import Hold
from .orders import Item, ItemState, Order, OrderState

__all__ = ["Hold", "Item", "ItemState", "Order", "OrderState"]
