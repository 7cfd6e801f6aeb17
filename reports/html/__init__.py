"""The audit as one page for people: it opens from a mail or a disk, asks nobody for anything, and prints."""
