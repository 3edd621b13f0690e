"""The watch over a country: every series at once, neighbouring regions, new combinations."""
