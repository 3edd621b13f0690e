"""The estimates of an observatory: whose lists are their own, and what they say together."""
