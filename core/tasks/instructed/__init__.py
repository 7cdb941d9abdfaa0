"""The mini GPT-2 that learns to do as it is told: supervised fine-tuning on instructions and stories."""
