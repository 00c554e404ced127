"""What may be asked of organisations; always of one actor."""
