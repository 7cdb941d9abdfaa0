"""The subject itself; no Streamlit, usable and tested without a browser."""
