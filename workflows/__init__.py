"""The procedure: values in, values out. No web, no database, no clock and no environment of its own."""
