"""Which pairs of records are one person, and how likely: the plan, its numbers, two engines."""
