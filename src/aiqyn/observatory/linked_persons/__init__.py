"""Persons by names, as numbers: the answer of `aiqyn link` in the year's counts and estimates."""
