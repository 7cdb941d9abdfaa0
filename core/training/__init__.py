"""The one training loop: settings in, frames out."""
