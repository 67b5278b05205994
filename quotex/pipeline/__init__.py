"""The stages a text flows through, one spaCy component a module: segment, marks, attribute, speakers."""
