"""Doubt in the window: what holds only if an assumption does, readings as deceptive, and the checklist on deception."""
