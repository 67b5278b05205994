"""How a model is made, or goes on from one: needs the extra `train`, and nothing else of quotex needs it."""
