"""Files of other programs in the window: taken into the open analysis or opened as new ones, and written."""
