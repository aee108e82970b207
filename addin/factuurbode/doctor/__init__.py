"""What is installed, what will be used, and what is missing, before anybody needs it."""

from .computer import examine_computer
from .finding import Finding, Standing
from .practice import examine_practice

__all__ = ["Finding", "Standing", "examine_computer", "examine_practice"]
