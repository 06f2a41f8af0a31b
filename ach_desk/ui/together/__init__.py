"""Working with others in one file: analysts, whose sheet is in front, rounds, remarks, estimates and best cases."""
