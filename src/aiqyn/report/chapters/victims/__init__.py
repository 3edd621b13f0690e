"""Victims: of every ten, sex and age, children over the years, place, citizenship."""

from aiqyn.report.chapters.victims.chapter import victims

__all__ = ["victims"]
