"""From the columns of a file to the fields that we know: by their names, by a saved mapping, by a ready one."""
