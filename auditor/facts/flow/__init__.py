"""What happens in a file, scope by scope, as values: the search over the whole project never opens a syntax tree."""
