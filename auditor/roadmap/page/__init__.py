"""A Markdown page: its blocks, ticks, what its headings are about, and what stands under what."""
