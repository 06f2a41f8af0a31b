"""Other people's files: matrices as CSV. No Qt, and nothing of our own file format."""
