"""The size of language models: what a configuration weighs, costs and reaches. No torch at import, but in `learning`."""
