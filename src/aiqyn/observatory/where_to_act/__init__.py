"""Where to act: an observatory's printed counts ranked, safe to share."""
