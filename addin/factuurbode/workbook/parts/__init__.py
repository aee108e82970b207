"""The parts of an .xlsx: the zip they lie in, how they lead to each other, and the XML of sheets and cells."""
