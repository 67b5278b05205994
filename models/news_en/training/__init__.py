"""Training of the news_en model: `python -m models.news_en.training --help`, from the repository's root."""
