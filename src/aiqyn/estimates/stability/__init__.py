"""What an estimate owes to single lists, to unseen dependence and to errors of linkage."""
