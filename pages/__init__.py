"""The pages, thin: settings in, core called, components out."""
