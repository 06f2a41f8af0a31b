"""Small widgets that several panels, pages and dialogs are made of."""
