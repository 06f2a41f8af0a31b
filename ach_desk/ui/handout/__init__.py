"""Files for several analysts in the window: handed out, and collected when they come back."""
