"""How wrong a linkage is: persons drawn by lot, searched for by hand in every list, and counted."""
