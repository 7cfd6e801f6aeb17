"""What a project is built on: packages with known holes, packages nobody uses or asked for, and versions nobody chose."""
