"""What rules may know of calls whose outcome somebody must look at."""

from auditor.knowledge.outcomes import Outcomes, outcomes

__all__ = ["Outcomes", "outcomes"]
