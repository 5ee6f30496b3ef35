"""A run's folder: written whole or not at all, read back, reproduced, summarised."""
