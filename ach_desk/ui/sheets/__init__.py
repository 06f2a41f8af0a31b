"""Spreadsheets in and out of the window: the import dialog, the report, the export."""
