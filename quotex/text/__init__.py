"""Plain text: marks, names, phrases, paragraphs, markup. Functions over strings and tables for them, no spaCy."""
