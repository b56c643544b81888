"""What pages of all audiences share: access rules, forms from schemas, formats, navigation."""
