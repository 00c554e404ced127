"""What a room can count towards a promise. A protocol and a registration; nothing is stored here (decision 22)."""
