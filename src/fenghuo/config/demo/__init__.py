from .loading import RealRecords, drop, is_loaded, load, sign_ins

__all__ = ["RealRecords", "drop", "is_loaded", "load", "sign_ins"]
