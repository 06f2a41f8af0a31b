"""Changes since: an earlier moment, a baseline, a print or another file beside the present state."""

from ach_desk.ui.since.panel import SincePanel

__all__ = ["SincePanel"]
