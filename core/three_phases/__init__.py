"""Training in three phases: pretraining, supervised fine-tuning, alignment, on the mini GPT-2."""
