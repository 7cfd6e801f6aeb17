"""Figures about the code: size, complexity, marks left in comments, repetition."""
