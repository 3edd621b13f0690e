"""Years beside one another: how much was detected, and what changed: the crime or detection."""
