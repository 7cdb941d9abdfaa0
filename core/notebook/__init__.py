"""The lab notebook: what an experiment is, its file, what differs between several, and the report of some."""
