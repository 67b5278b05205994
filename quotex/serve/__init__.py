"""Serve: the page on which quotes are checked and corrected, and the REST interface."""
