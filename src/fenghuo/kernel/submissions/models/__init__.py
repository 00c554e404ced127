from .batches import Batch, BatchItem
from .receipts import ReceiptCode
from .rounds import Enclosure, Remark, Review, Round, Way
from .submissions import State, Submission

__all__ = ["Batch", "BatchItem", "Enclosure", "ReceiptCode", "Remark", "Review", "Round", "State", "Submission", "Way"]
