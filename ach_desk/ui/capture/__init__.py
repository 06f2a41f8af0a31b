"""Capturing from the clipboard and by dropping, and the items that wait unsorted."""
