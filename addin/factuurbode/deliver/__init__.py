"""The ways out: mail, printer, folder."""
