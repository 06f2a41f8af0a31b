"""Files attached to items: kept beside the analysis, shown with their state, opened only on request."""
