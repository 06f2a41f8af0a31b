"""What leaves the window for other eyes: a clean copy, the projector, the chart gallery."""
