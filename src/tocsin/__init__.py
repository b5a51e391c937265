"""Tocsin: the alarm bell. See docs/explanation/the-house.md for the floors and rooms."""
