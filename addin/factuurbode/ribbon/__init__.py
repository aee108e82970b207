"""The ribbon: factuurbode inside Excel, the face that the baker uses."""
