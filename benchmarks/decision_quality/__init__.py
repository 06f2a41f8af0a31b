"""Does it help? Simulated cases with a known truth, rated by noisy analysts, judged by every method."""
