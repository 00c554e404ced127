from .channel import SmsChannel

__all__ = ["SmsChannel"]
