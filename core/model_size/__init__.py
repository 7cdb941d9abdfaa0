"""The size of language models: what a configuration weighs, costs and reaches. Torch in `learning`, `replayed` only."""
