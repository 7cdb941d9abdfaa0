"""The lab notebook: experiments keep themselves, page by page, in the student's own browser."""
