"""What the pages are made of: the frame, a page's anatomy, figures, pictures that answer under the finger."""
