"""Each check in a file of its own, which offers it as `CHECK`."""
