"""The dialog in which a report is composed, seen and saved."""
