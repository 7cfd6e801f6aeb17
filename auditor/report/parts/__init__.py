"""What a View is made of: findings in groups, targets in chapters, gaps, and the words for figures."""
