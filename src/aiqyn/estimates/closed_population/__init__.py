"""Estimators of closed populations without a log-linear model: Chapman, Chao, M0 to Mth."""
