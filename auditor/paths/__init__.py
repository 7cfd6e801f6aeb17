"""All files together: what rules about the whole project look at."""
