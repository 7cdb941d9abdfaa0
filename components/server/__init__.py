"""The server itself: what it prepares before it answers, what it frees behind a closed tab, how it serves a room."""
