"""The program's own file: reading, writing, locking and recovering it. No Qt."""
