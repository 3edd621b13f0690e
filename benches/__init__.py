"""Speed and memory in one run, as ratios where a ratio can be had: `make bench`."""
