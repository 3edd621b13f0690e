"""How often the methods hold the truth: populations of known size, and tables drawn from them."""
