"""What a run must stand: checks that pass, need review or fail; one a file, limits in one table."""
