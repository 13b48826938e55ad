"""How each source fares, told from what raw holds of it. Nothing is stored: the states follow from the rows."""
