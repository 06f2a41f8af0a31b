"""What-ifs in the window: their panel, the comparison in it, and their actions."""
