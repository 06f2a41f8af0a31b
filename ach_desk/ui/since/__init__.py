"""Changes since: an earlier moment, a baseline, a print or another file beside the present state."""
