"""What cells mean: exact numbers, days, texts, and numbers that are names, with what a whole column tells of them."""
