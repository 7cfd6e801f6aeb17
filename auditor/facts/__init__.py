"""From the bytes of one file to what the rest of the house knows of it; no rule and no report is known here."""
