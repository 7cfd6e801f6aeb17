"""The dependencies as a software bill of materials."""
