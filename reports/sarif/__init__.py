"""The audit for code-scanning services and editors: SARIF 2.1.0, as GitHub, GitLab and IDEs read it."""
