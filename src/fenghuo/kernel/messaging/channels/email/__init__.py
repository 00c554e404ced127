from .channel import EmailChannel

__all__ = ["EmailChannel"]
