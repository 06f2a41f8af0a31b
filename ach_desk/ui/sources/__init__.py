"""The sources of an analysis in the window: the list, one source in full, and what is done with them."""
