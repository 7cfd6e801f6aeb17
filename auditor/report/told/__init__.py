"""What reports tell, worked out before a template sees it: the brief of a week or a sprint, and the documents for programs."""
