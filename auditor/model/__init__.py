"""The nouns of the house: frozen values that cross every floor. Nothing here reads, decides or prints."""
