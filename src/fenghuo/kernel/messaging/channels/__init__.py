from .channel import Accepted, Channel, NotSent, Outgoing
from .email import EmailChannel
from .in_app import InAppChannel
from .sms import SmsChannel

CHANNELS: dict[str, Channel] = {channel.name: channel for channel in (InAppChannel(), SmsChannel(), EmailChannel())}

__all__ = ["CHANNELS", "Accepted", "Channel", "NotSent", "Outgoing"]
