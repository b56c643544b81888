"""Digital signatures of papers: keys, places, stamps, signing, validating. Loading a part loads pyHanko."""
