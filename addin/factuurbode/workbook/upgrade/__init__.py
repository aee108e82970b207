"""Giving a workbook that an earlier version made what later versions added, in a new file.

Everything that is in it stays as it is, byte for byte where nothing is added.
"""
