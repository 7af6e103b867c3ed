"""Event tables as Altair charts."""

from timeline.charts.timeline import timeline_chart

__all__ = ["timeline_chart"]
