"""The verbs of the story in `dispatch`: bring the truth together, make the PDF, deliver it, tell the outcome."""
