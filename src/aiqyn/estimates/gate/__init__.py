"""The gate of publication: every check, the range that may be printed, the judgement."""
