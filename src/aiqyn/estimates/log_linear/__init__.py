"""Log-linear models of capture histories: fit, existence, choice, and the estimates they give."""
