"""Tables with suppressed cells: what is known only as a range enters as P(low <= n <= high)."""
