"""Bills of what a project is built on, in the forms that other tools read: CycloneDX and OpenVEX."""
