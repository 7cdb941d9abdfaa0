"""Stories: the mini GPT-2 that this project trained."""
