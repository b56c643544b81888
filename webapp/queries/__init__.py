"""The only complex reads: nouns, typed rows; never change anything."""
