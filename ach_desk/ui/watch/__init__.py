"""What to look for: the panels of expectations and indicators, and how one comes to them."""
