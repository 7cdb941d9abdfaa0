"""The page on the three phases of training: one instruction, three models, and each phase tried live."""
