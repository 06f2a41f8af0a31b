"""Challenges in the window: marks in the matrix, the section of the inspector, the dialogs."""
