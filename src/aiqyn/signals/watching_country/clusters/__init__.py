"""Clusters of neighbouring regions that rise together, beside the series of a country."""
