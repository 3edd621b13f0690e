"""The watch over an observatory: signals with numbers, cards, what became of them."""
