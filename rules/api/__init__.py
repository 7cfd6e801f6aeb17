"""What those who call the application rely on: versions that stay, limits that hold, routes that do not vanish."""
