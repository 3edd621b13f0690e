"""The registered programmes, evaluated for the report."""
