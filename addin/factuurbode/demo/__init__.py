"""What `factuurbode demo` runs on instead of the world outside."""
