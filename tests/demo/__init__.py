"""The demo: two released applications audited against roadmaps written for it."""
