"""The audit for programs: one JSON document whose schema `auditor schema` prints."""
