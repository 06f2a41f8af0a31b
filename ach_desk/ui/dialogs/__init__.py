"""The dialogs of the window. None of them asks "are you sure": every edit can be undone."""
