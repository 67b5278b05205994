"""Benchmarks: scripts that print tables; README.md says how to run them. None is a test."""
