"""Charts on screen: pictures that `reporting.charts` draws in a worker thread, with their hit boxes."""

from ach_desk.ui.charts.panel import ChartsPanel

__all__ = ["ChartsPanel"]
