"""What opens files that strangers wrote. Runs in a process of its own (`confined`), without Django."""
