"""The timeline on screen."""
