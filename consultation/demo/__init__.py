"""A believable consultation to look at: what residents of these villages might write, and what became of it."""
