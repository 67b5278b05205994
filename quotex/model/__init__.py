"""What the tagger runs on: words in, probabilities out. Arrays only, no spaCy, no torch."""
