"""Pure judgement: what is measured, held against what was promised and what is allowed."""
