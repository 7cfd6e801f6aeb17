"""What manifests ask for, one module a format. Files are read, never run; what can not be read is said."""
