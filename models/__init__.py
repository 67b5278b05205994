"""Trained models of quotex, installed as the package `quotex_models`."""
