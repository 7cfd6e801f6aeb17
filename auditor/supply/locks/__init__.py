"""What locks pin, one module a family of formats, transitive packages included."""
