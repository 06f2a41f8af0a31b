"""The page of the conclusion, and what turned out to be so: the last steps of the method."""
