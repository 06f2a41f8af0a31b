"""Guided rating: one item at a time on a page of its own, without sight of the standing."""
