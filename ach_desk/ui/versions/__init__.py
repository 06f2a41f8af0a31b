"""Another version of the open analysis merged into it: conflicts side by side, one step that undo takes back."""
