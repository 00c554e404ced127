from .receipts import ReceiptCode
from .rounds import Enclosure, Remark, Review, Round, Way
from .submissions import State, Submission

__all__ = ["Enclosure", "ReceiptCode", "Remark", "Review", "Round", "State", "Submission", "Way"]
