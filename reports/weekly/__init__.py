"""The Friday page for those who decide: on track or not, what changed and why, what waits for a decision; then the evidence."""
