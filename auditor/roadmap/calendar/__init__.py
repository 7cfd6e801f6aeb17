"""When: dates and spans as people write them, and the names of sprints."""
