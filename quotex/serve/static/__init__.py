"""Pages, style and script of `quotex serve`."""
