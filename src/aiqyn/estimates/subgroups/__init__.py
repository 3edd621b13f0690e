"""Estimates of the parts of a population, thin parts leaning on all the others."""
