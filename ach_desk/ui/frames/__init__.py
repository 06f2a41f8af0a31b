"""How hypotheses stand to each other, how probable each is beforehand, and P(e|H) of cells, in the window."""
