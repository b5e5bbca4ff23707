"""From results to Report documents, one package per program over one mechanism."""
