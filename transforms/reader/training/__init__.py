"""How the reader's weights are made. Needs the extra [train]; nothing of it is imported when the reader runs."""
