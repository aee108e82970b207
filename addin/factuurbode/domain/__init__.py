"""What an invoice is and when it may go out. Standard library only."""
