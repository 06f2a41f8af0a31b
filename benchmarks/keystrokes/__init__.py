"""Keystrokes and clicks for one case, beside LibreOffice Calc; docs/keystrokes.md says how they are counted."""
