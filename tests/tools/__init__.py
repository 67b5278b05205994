"""Tools that the tests and the developers use; none is part of the package."""
