"""Estimates from Markov chains, and whether their chains tell the same."""
