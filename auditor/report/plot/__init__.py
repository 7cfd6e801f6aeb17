"""Charts that are drawn by Vega: as SVG that wears the page's colours, and as PNG for mails. The small bars are in chart.py."""
