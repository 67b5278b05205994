"""Batch: one run over many articles, by one process or several, which can be killed and go on."""
