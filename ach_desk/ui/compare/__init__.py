"""Several analysts beside each other in the window; nothing of it is imported while one works alone."""
