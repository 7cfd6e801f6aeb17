"""What a project limits requests with: limiters of libraries, and guards that it wrote itself."""
