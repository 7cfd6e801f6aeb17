"""The audit on a screen: what to mend first, what is not known, and the verdict on the last line."""
