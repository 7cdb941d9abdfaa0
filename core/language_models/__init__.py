"""Language models and writing with them: ours, SmolLM2, GPT-2."""
