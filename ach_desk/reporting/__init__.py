"""Pictures and documents: returns pages, pictures and bytes, and never writes a file."""
