"""What the order rests on, in the window: the panel "Robustness" and the settings of the methods."""
