"""The forms in which other tools write their figures, one a file. All of it is untrusted text: bounded, and never run."""
