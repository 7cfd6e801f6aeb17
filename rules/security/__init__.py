"""Promises about security that stand in the code itself: work put off, and risks accepted for a time."""
